#include "sim/wire/hex.h"
#include "tests/sim/wire/pcap_of.h"
#include "tests/sim/wire/printers.h"
#include "tests/sim/wire/random_frame.h"
#include "tests/support/temporary_file.h"
#include "tests/support/tshark_options.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

// Frames that we write, read by tshark.
namespace tcplab::wire {
namespace {

using test::RandomFrame;
using test::TemporaryFile;
using test::TsharkFields;

const std::vector<std::string> kNames{
    "eth.src",
    "eth.dst",
    "ip.src",
    "ip.dst",
    "ip.ttl",
    "ip.id",
    "ip.len",
    "ip.flags.df",
    "ip.checksum.status",
    "ipv6.src",
    "ipv6.dst",
    "ipv6.hlim",
    "ipv6.plen",
    "ipv6.nxt",
    "tcp.srcport",
    "tcp.dstport",
    "tcp.seq_raw",
    "tcp.ack_raw",
    "tcp.hdr_len",
    "tcp.flags",
    "tcp.window_size_value",
    "tcp.urgent_pointer",
    "tcp.checksum.status",
    "tcp.len",
    "tcp.payload",
    "_ws.malformed",
};

/// What tshark has to read: every checksum good, and nothing malformed.
TsharkFields expected(const RandomFrame& random) {
    const FrameAddresses& addresses = random.addresses;
    const Segment& segment = random.segment;
    const std::size_t header = 20 + segment.options.octets().size();
    const std::size_t carried = header + segment.payload.size();
    TsharkFields fields{
        {"eth.src", toString(addresses.fromMac)},
        {"eth.dst", toString(addresses.toMac)},
        {"tcp.srcport", std::to_string(addresses.from.port)},
        {"tcp.dstport", std::to_string(addresses.to.port)},
        {"tcp.seq_raw", std::to_string(segment.seq.raw())},
        {"tcp.ack_raw", std::to_string(segment.ack.raw())},
        {"tcp.hdr_len", std::to_string(header)},
        {"tcp.flags", hex(segment.ctl.octet(), 4)},
        {"tcp.window_size_value", std::to_string(segment.wnd)},
        {"tcp.urgent_pointer", std::to_string(segment.up)},
        {"tcp.checksum.status", "1"},
        {"tcp.len", std::to_string(segment.payload.size())},
    };
    // What comes with RST it takes for a reason of the reset, which has another name.
    if (!segment.payload.empty() && !segment.ctl.rst) {
        fields["tcp.payload"] = hex(segment.payload.view()).substr(2);
    }
    if (addresses.from.ip.version == 4) {
        fields["ip.src"] = toString(addresses.from.ip);
        fields["ip.dst"] = toString(addresses.to.ip);
        fields["ip.ttl"] = std::to_string(addresses.ttl);
        fields["ip.id"] = hex(addresses.ipId, 4);
        fields["ip.len"] = std::to_string(20 + carried);
        fields["ip.flags.df"] = "1";
        fields["ip.checksum.status"] = "1";
    } else {
        fields["ipv6.src"] = toString(addresses.from.ip);
        fields["ipv6.dst"] = toString(addresses.to.ip);
        fields["ipv6.hlim"] = std::to_string(addresses.ttl);
        fields["ipv6.plen"] = std::to_string(carried);
        fields["ipv6.nxt"] = "6";
    }
    test::addOptions(segment.options.octets(), 0, fields);
    return fields;
}

TEST(Tshark, ReadsInEveryFieldWhatWasWritten) {
    Rng rng{9293};
    std::vector<RandomFrame> written;
    std::vector<test::OctetVector> frames;
    for (int i = 0; i < 300; ++i) {
        written.push_back(test::randomFrame(rng));
        frames.push_back(encodeFrame(written.back().addresses, written.back().segment));
    }
    const TemporaryFile file{test::pcapOf(frames, LinkType::Ethernet)};

    std::vector<std::string> names = test::optionNames();
    names.insert(names.end(), kNames.begin(), kNames.end());
    const std::vector<TsharkFields> read = test::tsharkFields(file.path(), names);

    ASSERT_EQ(read.size(), written.size()) << "tshark is a dependency of this test";
    for (std::size_t i = 0; i < read.size(); ++i) {
        EXPECT_THAT(test::differences(read[i], expected(written[i])), testing::IsEmpty())
            << "frame " << i + 1 << ", " << toString(written[i].segment);
    }
}

}  // namespace
}  // namespace tcplab::wire
