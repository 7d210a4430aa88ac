#pragma once

#include "sim/wire/link_type.h"
#include "tests/sim/wire/octets.h"

#include <ostream>
#include <string>
#include <vector>

namespace tcplab::test {

/// A frame put together by hand, one header after the other. tshark finds all but the jumbo frame
/// well formed, and their checksums right.
struct Sample {
    std::string name;
    OctetVector octets;
    wire::LinkType link = wire::LinkType::Ethernet;
};
inline void PrintTo(const Sample& sample, std::ostream* out) {
    *out << sample.name;
}

Sample syn();                ///< IPv4, all options of a SYN.
Sample paddedAck();          ///< IPv4, six octets of padding after the datagram.
Sample ipOptionsAndSack();   ///< IPv4 with a router alert, TCP with two SACK blocks.
Sample ipv4LaterFragment();  ///< The second part of a fragmented datagram.
Sample ipv6Extensions();     ///< Hop-by-hop and destination options before TCP; urgent data.
Sample ipv6FirstFragment();  ///< Its TCP payload goes on in another fragment.
Sample ipv6Routing();        ///< A routing header with one more address to visit.
Sample ipv6Jumbo();          ///< The jumbo option, though RFC 2675 keeps it for more octets.
Sample ieee8023();           ///< A spanning tree message: a length instead of an EtherType.
Sample rawIpv4();            ///< The SYN without its Ethernet header.

/// All of the above, and those of layer_samples.h.
std::vector<Sample> samples();

}  // namespace tcplab::test
