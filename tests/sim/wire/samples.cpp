#include "tests/sim/wire/samples.h"

#include "tests/sim/wire/layer_samples.h"

namespace tcplab::test {

namespace {

OctetVector ethernetIpv4() {
    return "020000000002 020000000001 0800"_hex;
}
OctetVector ethernetIpv6() {
    return "020000000002 020000000001 86dd"_hex;
}
OctetVector synDatagram() {
    return join({"45 00 003c 1c46 4000 40 06 323f c0000201 c6336402"_hex,
                 "9c40 0050 000003e8 00000000 a002 ffff bb4f 0000"_hex,
                 "020405b4 0402 080a0000000100000000 01 030307"_hex});
}
// From 2001:db8::1 to 2001:db8::2.
OctetVector ipv6Addresses() {
    return "20010db8000000000000000000000001 20010db8000000000000000000000002"_hex;
}

}  // namespace

Sample syn() {
    return {"Syn", join({ethernetIpv4(), synDatagram()})};
}

Sample rawIpv4() {
    return {"RawIpv4", synDatagram(), wire::LinkType::RawIp};
}

Sample paddedAck() {
    return {"PaddedAck",
            join({ethernetIpv4(),
                  "45 00 0028 1c46 4000 40 06 3253 c6336402 c0000201"_hex,
                  "0050 9c40 00001388 000003e9 5010 01f5 0da7 0000"_hex,
                  "000000000000"_hex})};
}

Sample ipOptionsAndSack() {
    return {"IpOptionsAndSack",
            join({ethernetIpv4(),
                  "46 00 0043 1c46 4000 40 06 9d33 c0000201 c6336402 94040000"_hex,
                  "9c40 0050 000003e9 00001388 a019 01f5 7de0 0000"_hex,
                  "0101 0512 00001770 00001b58 00001f40 00002328"_hex,
                  "616263"_hex})};
}

Sample ipv4LaterFragment() {
    return {"Ipv4LaterFragment",
            join({ethernetIpv4(),
                  "45 00 001c 1c46 0004 40 06 725b c0000201 c6336402"_hex,
                  "6d6e6f7071727374"_hex})};
}

Sample ipv6Extensions() {
    return {"Ipv6Extensions",
            join({ethernetIpv6(),
                  "60012345 002a 00 40"_hex,
                  ipv6Addresses(),
                  "3c 00 0502 0000 0100"_hex,
                  "06 00 0104 00000000"_hex,
                  "9c40 0050 000003e9 00001388 5038 01f5 52ed 0002"_hex,
                  "757267656e74"_hex})};
}

Sample ipv6FirstFragment() {
    return {"Ipv6FirstFragment",
            join({ethernetIpv6(),
                  "60012345 0028 2c 40"_hex,
                  ipv6Addresses(),
                  "06 00 0001 cafebabe"_hex,
                  "9c40 0050 000003e9 00001388 5010 01f5 7623 0000"_hex,
                  "6162636465666768696a6b6c"_hex})};
}

// The checksum covers the last address to visit, 2001:db8::3.
Sample ipv6Routing() {
    return {"Ipv6Routing",
            join({ethernetIpv6(),
                  "60012345 002c 2b 40"_hex,
                  ipv6Addresses(),
                  "06 02 02 01 00000000 20010db8000000000000000000000003"_hex,
                  "9c40 0050 000003e9 00000000 5002 ffff b3f3 0000"_hex})};
}

Sample ipv6Jumbo() {
    return {"Ipv6Jumbo",
            join({ethernetIpv6(),
                  "60012345 0000 00 40"_hex,
                  ipv6Addresses(),
                  "06 00 c204 00000030"_hex,
                  "9c40 0050 000003e9 00001388 5010 01f5 9e55 0000"_hex,
                  OctetVector(20, 0)})};
}

Sample ieee8023() {
    return {"Ieee8023",
            join({"0180c2000000 020000000001 0026"_hex,
                  "424203 0000 00 00 00 8000020000000001 00000000 8000020000000001"_hex,
                  "8001 0000 1400 0200 0f00"_hex,
                  OctetVector(8, 0)})};
}

std::vector<Sample> samples() {
    std::vector<Sample> all{syn(),
                            rawIpv4(),
                            paddedAck(),
                            ipOptionsAndSack(),
                            ipv4LaterFragment(),
                            ipv6Extensions(),
                            ipv6FirstFragment(),
                            ipv6Routing(),
                            ipv6Jumbo(),
                            ieee8023()};
    all.insert(all.end(), layerSamples().begin(), layerSamples().end());
    return all;
}

}  // namespace tcplab::test
