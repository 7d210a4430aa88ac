#include "tests/sim/wire/layer_samples.h"

#include <stdexcept>

namespace tcplab::test {

namespace {

OctetVector macs() {
    return "020000000002 020000000001"_hex;
}
OctetVector ipv6Addresses() {
    return "20010db8000000000000000000000001 20010db8000000000000000000000002"_hex;
}
OctetVector ipv4Syn() {
    return join({"45000028 1c464000 40063253 c0000201 c6336402"_hex,
                 "9c400050 000003e8 00000000 5002ffff 23330000"_hex});
}
OctetVector ipv6Syn() {
    return join({"60012345 0014 06 40"_hex,
                 ipv6Addresses(),
                 "9c400050 000003e8 00000000 5002ffff b3f50000"_hex});
}

/// What stands before IP on one link or another.
std::vector<Sample> links() {
    return {
        // VLAN 100, priority 3.
        {"Vlan", join({macs(), "81006064 0800"_hex, ipv4Syn()})},
        // Two tags, service VLAN 100 and customer VLAN 200.
        {"Qinq", join({macs(), "88a80064 8100b0c8 86dd"_hex, ipv6Syn()})},
        {"LinuxSll",
         join({"00040001 00060200 00000001 00000800"_hex, ipv4Syn()}),
         wire::LinkType::LinuxSll},
        {"LinuxSll2",
         join({"86dd0000 00000002 00010006 02000000 00010000"_hex, ipv6Syn()}),
         wire::LinkType::LinuxSll2},
        // Written by a host that stores the low octet first.
        {"BsdNull", join({"02000000"_hex, ipv4Syn()}), wire::LinkType::Null},
        {"BsdLoop", join({"00000018"_hex, ipv6Syn()}), wire::LinkType::Loop},
        {"LinkIpv4", join({ipv4Syn()}), wire::LinkType::Ipv4},
        {"LinkIpv6", join({ipv6Syn()}), wire::LinkType::Ipv6},
        {"OldRaw", join({ipv4Syn()}), wire::LinkType::RawIpOld},
        {"PppHdlc", join({"ff030021"_hex, ipv4Syn()}), wire::LinkType::Ppp},
        // Neither address nor control, and one octet of protocol.
        {"PppCompressed", join({"21"_hex, ipv4Syn()}), wire::LinkType::Ppp},
        // A session.
        {"Pppoe", join({macs(), "88641100 0001002a 0021"_hex, ipv4Syn()})},
        // An offer with a cookie, and padding.
        {"PppoeDiscovery",
         join({macs(),
               "88631109 0000000c 01010000 01030004 01020304 00000000"_hex,
               "00000000 00000000 00000000 00000000 00000000"_hex})},
        // Two labels.
        {"Mpls", join({macs(), "88470001 00400001 9140"_hex, ipv4Syn()})},
    };
}

/// What is beside TCP.
std::vector<Sample> neighbours() {
    return {
        {"ArpRequest",
         join({"ffffffff ffff0200 00000001 08060001 08000604 00010200"_hex,
               "00000001 c0000201 00000000 0000c000 0202"_hex})},
        {"Udp",
         join({macs(),
               "08004500 00241c46 40004011 324cc000 0201c633 64029c40"_hex,
               "00090010 d5aa6461 74616772 616d"_hex})},
        {"UdpNoChecksum",
         join({macs(),
               "08004500 001f1c46 40004011 3251c000 0201c633 64029c40"_hex,
               "0009000b 00006162 63"_hex})},
        {"UdpIpv6",
         join({macs(),
               "86dd6001 2345000b 1140"_hex,
               ipv6Addresses(),
               "9c400009 000b43b7 616263"_hex})},
        {"IcmpEcho",
         join({macs(),
               "08004500 00241c46 40004001 325cc000 0201c633 64020800"_hex,
               "542f1234 00076162 63646566 6768"_hex})},
        {"IcmpTimestamp",
         join({macs(),
               "08004500 00281c46 40004001 3258c000 0201c633 64020d00"_hex,
               "dcbe1234 00070102 03040000 00000000 0000"_hex})},
        // Quotes eight octets of a SYN that was too long for a link.
        {"IcmpUnreachable",
         join({macs(),
               "08004500 00381c46 40004001 3248c000 0201c633 64020304"_hex,
               "570b0000 05784500 00281c46 40004006 3253c633 6402c000"_hex,
               "02019c40 00500000 03e8"_hex})},
        // Quotes a whole UDP datagram.
        {"IcmpRedirect",
         join({macs(),
               "08004500 003d1c46 40004001 3243c000 0201c633 64020501"_hex,
               "2551c000 02034500 00211c46 40004011 324fc633 6402c000"_hex,
               "02019c40 0009000d 2b7e7768 6f6c65"_hex})},
        {"Icmpv6Echo",
         join({macs(),
               "86dd6001 2345000c 3a40"_hex,
               ipv6Addresses(),
               "81004c42 12340007 61626364"_hex})},
        // Quotes a whole SYN.
        {"Icmpv6TooBig",
         join({macs(),
               "86dd6001 23450044 3a40"_hex,
               ipv6Addresses(),
               "0200138c 00000500 60012345 00140640 20010db8 00000000"_hex,
               "00000000 00000002 20010db8 00000000 00000000 00000001"_hex,
               "9c400050 000003e8 00000000 5002ffff b3f50000"_hex})},
        {"NeighbourSolicitation",
         join({macs(),
               "86dd6001 23450020 3aff"_hex,
               ipv6Addresses(),
               "8700ec72 00000000 20010db8 00000000 00000000 00000002"_hex,
               "01010200 00000001"_hex})},
        // With a prefix and an MTU.
        {"RouterAdvertisement",
         join({macs(),
               "86dd6001 23450038 3aff"_hex,
               ipv6Addresses(),
               "86009244 40c00708 00000000 00000000 030440c0 00278d00"_hex,
               "00093a80 00000000 20010db8 00000000 00000000 00000000"_hex,
               "05010000 000005dc"_hex})},
    };
}

/// A packet within another.
std::vector<Sample> tunnels() {
    return {
        {"IpInIp",
         join({macs(), "08004500 003c1c46 40004004 3241c000 0201c633 6402"_hex, ipv4Syn()})},
        {"SixInFour",
         join({macs(), "08004500 00501c46 40004029 3208c000 0201c633 6402"_hex, ipv6Syn()})},
        // With checksum, key and sequence number.
        {"Gre",
         join({macs(),
               "08004500 004c1c46 4000402f 3206c000 0201c633 6402b000"_hex,
               "080033ec 00000000 00640000 0001"_hex,
               ipv4Syn()})},
        // An Ethernet frame within GRE within IPv6.
        {"GreEthernet",
         join({macs(),
               "86dd6001 2345004e 2f40"_hex,
               ipv6Addresses(),
               "00006558"_hex,
               macs(),
               "86dd"_hex,
               ipv6Syn()})},
        // Version 1: PPP with sequence and acknowledgement numbers.
        {"GrePptp",
         join({macs(),
               "08004500 00501c46 4000402f 3202c000 0201c633 64023081"_hex,
               "880b002a 00010000 00050000 0004ff03 0021"_hex,
               ipv4Syn()})},
        // VNI 100, no UDP checksum.
        {"Vxlan",
         join({macs(),
               "08004500 005a1c46 40004011 3216c000 0201c633 6402c350"_hex,
               "12b50046 00000800 00000000 6400"_hex,
               macs(),
               "0800"_hex,
               ipv4Syn()})},
    };
}

/// What programs say, and rare options.
std::vector<Sample> messages() {
    return {
        // A route that is recorded, and timestamps.
        {"Ipv4Options",
         join({macs(),
               "08004b00 00401c46 40004006 111cc000 0201c633 64020107"_hex,
               "0b08c000 02010000 0000440c 09010000 00010000 00009c40"_hex,
               "00500000 03e80000 00005002 ffff2333 0000"_hex})},
        // A response whose names point back.
        {"Dns",
         join({macs(),
               "08004500 005b1c46 40004011 3215c000 0201c633 64020035"_hex,
               "9c400047 55111234 81800001 00020000 00000765 78616d70"_hex,
               "6c650363 6f6d0000 010001c0 0c000500 01000000 3c000603"_hex,
               "777777c0 0cc02900 01000100 00003c00 04c00002 03"_hex})},
        {"DnsOverTcp",
         join({macs(),
               "08004500 00471c46 40004006 3234c000 0201c633 64029c40"_hex,
               "00350000 03e80000 13885018 ffff2dd2 0000001d 12340100"_hex,
               "00010000 00000000 07657861 6d706c65 03636f6d 00000100"_hex,
               "01"_hex})},
        {"HttpRequest",
         join({macs(),
               "08004500 004e1c46 40004006 322dc000 0201c633 64029c40"_hex,
               "00500000 03e80000 13885018 ffff052a 00004745 54202f61"_hex,
               "20485454 502f312e 310d0a48 6f73743a 20657861 6d706c65"_hex,
               "2e636f6d 0d0a0d0a"_hex})},
        // With a body.
        {"HttpResponse",
         join({macs(),
               "86dd6001 2345003e 0640"_hex,
               ipv6Addresses(),
               "00509c40 000003e8 00001388 5018ffff 2a420000 48545450"_hex,
               "2f312e31 20323030 204f4b0d 0a436f6e 74656e74 2d4c656e"_hex,
               "6774683a 20340d0a 0d0a626f 6479"_hex})},
        // Names the server.
        {"TlsClientHello",
         join({macs(),
               "08004500 00771c46 40004006 3204c000 0201c633 64029c40"_hex,
               "01bb0000 03e80000 13885018 ffff4d08 00001603 01004a01"_hex,
               "00004603 03000102 03040506 0708090a 0b0c0d0e 0f101112"_hex,
               "13141516 1718191a 1b1c1d1e 1f000002 13010100 001b0000"_hex,
               "0010000e 00000b65 78616d70 6c652e63 6f6d002b 00030203"_hex,
               "04"_hex})},
        // Two records.
        {"TlsApplicationData",
         join({macs(),
               "08004500 003e1c46 40004006 323dc000 0201c633 64029c40"_hex,
               "01bb0000 03e80000 13885018 ffffead2 00001703 030008a1"_hex,
               "a1a1a1a1 a1a1a117 03030004 aabbccdd"_hex})},
        // A change of ciphers, and another record.
        {"TlsChangeCipherSpec",
         join({macs(),
               "08004500 00371c46 40004006 3244c000 0201c633 64029c40"_hex,
               "01bb0000 03e80000 13885018 ffff3e9c 00001403 03000101"_hex,
               "17030300 04aabbcc dd"_hex})},
        // Timeout, Fast Open, Multipath, an experiment, authentication.
        {"RareOptions",
         join({macs(),
               "08004500 00501c46 40004006 322bc000 0201c633 64029c40"_hex,
               "00500000 03e80000 0000f002 ffffc57a 00001c04 80022206"_hex,
               "cafebabe 1e0c0081 01020304 05060708 fd06f989 beef1d08"_hex,
               "0102aabb ccdd0000 0000"_hex})},
        {"Md5Option",
         join({macs(),
               "08004500 003c1c46 40004006 323fc000 0201c633 64029c40"_hex,
               "00500000 03e80000 0000a002 ffff86cb 00001312 00010203"_hex,
               "04050607 08090a0b 0c0d0e0f 0101"_hex})},
    };
}

std::vector<Sample> joined() {
    std::vector<Sample> all;
    for (const auto& some : {links(), neighbours(), tunnels(), messages()}) {
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

}  // namespace

const std::vector<Sample>& layerSamples() {
    static const std::vector<Sample> kAll = joined();
    return kAll;
}

const Sample& layerSample(std::string_view name) {
    for (const Sample& sample : layerSamples()) {
        if (sample.name == name) return sample;
    }
    throw std::invalid_argument{"no sample is called " + std::string{name}};
}

}  // namespace tcplab::test
