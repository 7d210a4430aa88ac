#pragma once

#include "sim/wire/link_type.h"
#include "tests/sim/wire/octets.h"
#include "tests/support/pcap_maker.h"

#include <string>
#include <vector>

namespace tcplab::test {

/// A capture file of these frames.
inline std::string pcapOf(const std::vector<OctetVector>& frames, wire::LinkType link) {
    PcapMaker pcap{std::endian::big, {.link = static_cast<std::uint32_t>(link)}};
    for (std::uint32_t second = 1; const OctetVector& frame : frames) {
        pcap.record(second++,
                    0,
                    std::string{frame.begin(), frame.end()},
                    static_cast<std::uint32_t>(frame.size()));
    }
    return pcap.content();
}

}  // namespace tcplab::test
