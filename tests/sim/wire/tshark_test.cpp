#include "tests/sim/wire/tshark.h"

#include "tests/sim/wire/printers.h"
#include "tests/sim/wire/random_frame.h"

#include <gmock/gmock.h>

#include <array>
#include <map>
#include <string>
#include <vector>

// Frames that we write, read by tshark.
namespace tcplab::wire {
namespace {

using test::RandomFrame;

using test::Fields;
using test::hexOf;
using test::hexText;
using test::PcapFile;
using test::readByTshark;
using test::ScratchFile;

constexpr std::array kNames{
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
    "tcp.options",
    "tcp.option_kind",
    "tcp.options.mss_val",
    "tcp.options.wscale.shift",
    "tcp.options.sack_le",
    "tcp.options.sack_re",
    "tcp.options.timestamp.tsval",
    "tcp.options.timestamp.tsecr",
    "_ws.malformed",
};

void append(Fields& fields, const std::string& name, std::uint64_t value) {
    std::string& list = fields[name];
    list += (list.empty() ? "" : ",") + std::to_string(value);
}

void expectOptions(const TcpOptions& options, Fields& fields) {
    if (options.empty()) return;
    fields["tcp.options"] = hexOf(options.octets());
    TcpOptionCursor cursor{options.octets()};
    for (std::size_t at = 0; const auto option = cursor.next(); at = cursor.offset()) {
        append(fields, "tcp.option_kind", options.octets()[at]);
        if (const auto* mss = std::get_if<MaximumSegmentSize>(&*option)) {
            append(fields, "tcp.options.mss_val", mss->octets);
        } else if (const auto* scale = std::get_if<WindowScale>(&*option)) {
            append(fields, "tcp.options.wscale.shift", scale->shift);
        } else if (const auto* sack = std::get_if<Sack>(&*option)) {
            for (std::size_t i = 0; i < sack->count; ++i) {
                append(fields, "tcp.options.sack_le", sack->blocks.at(i).left);
                append(fields, "tcp.options.sack_re", sack->blocks.at(i).right);
            }
        } else if (const auto* stamps = std::get_if<Timestamps>(&*option)) {
            append(fields, "tcp.options.timestamp.tsval", stamps->value);
            append(fields, "tcp.options.timestamp.tsecr", stamps->echoReply);
        }
    }
}

/// What tshark has to read: every checksum good, and nothing malformed.
Fields expected(const RandomFrame& random) {
    const FrameAddresses& addresses = random.addresses;
    const Segment& segment = random.segment;
    const std::size_t header = 20 + segment.options.octets().size();
    const std::size_t carried = header + segment.payload.size();
    Fields fields{
        {"eth.src", toString(addresses.fromMac)},
        {"eth.dst", toString(addresses.toMac)},
        {"tcp.srcport", std::to_string(addresses.from.port)},
        {"tcp.dstport", std::to_string(addresses.to.port)},
        {"tcp.seq_raw", std::to_string(segment.seq.raw())},
        {"tcp.ack_raw", std::to_string(segment.ack.raw())},
        {"tcp.hdr_len", std::to_string(header)},
        {"tcp.flags", hexText(segment.ctl.octet(), 4)},
        {"tcp.window_size_value", std::to_string(segment.wnd)},
        {"tcp.urgent_pointer", std::to_string(segment.up)},
        {"tcp.checksum.status", "1"},
        {"tcp.len", std::to_string(segment.payload.size())},
    };
    // What comes with RST it takes for a reason of the reset, which has another name.
    if (!segment.payload.empty() && !segment.ctl.rst) {
        fields["tcp.payload"] = hexOf(segment.payload.view());
    }
    if (addresses.from.ip.version == 4) {
        fields["ip.src"] = toString(addresses.from.ip);
        fields["ip.dst"] = toString(addresses.to.ip);
        fields["ip.ttl"] = std::to_string(addresses.ttl);
        fields["ip.id"] = hexText(addresses.ipId, 4);
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
    expectOptions(segment.options, fields);
    return fields;
}

std::vector<std::string> differences(const Fields& read, const Fields& written) {
    const auto valueIn = [](const Fields& fields, const char* name) {
        const auto found = fields.find(name);
        return found == fields.end() ? std::string{"nothing"} : found->second;
    };
    std::vector<std::string> different;
    for (const char* name : kNames) {
        const std::string got = valueIn(read, name);
        const std::string wanted = valueIn(written, name);
        if (got == wanted) continue;
        different.push_back(std::string{name} + " is " + got + " and should be " + wanted);
    }
    return different;
}

TEST(Tshark, ReadsInEveryFieldWhatWasWritten) {
    const ScratchFile file{".pcap"};
    Rng rng{9293};
    std::vector<RandomFrame> written;
    {
        PcapFile pcap{file.path()};
        for (int i = 0; i < 300; ++i) {
            written.push_back(test::randomFrame(rng));
            pcap.add(encodeFrame(written.back().addresses, written.back().segment));
        }
    }

    const std::vector<Fields> read = readByTshark(file.path(), {kNames.begin(), kNames.end()});

    ASSERT_EQ(read.size(), written.size()) << "tshark is a dependency of this test";
    for (std::size_t i = 0; i < read.size(); ++i) {
        EXPECT_THAT(differences(read[i], expected(written[i])), testing::IsEmpty())
            << "frame " << i + 1 << ", " << toString(written[i].segment);
    }
}

}  // namespace
}  // namespace tcplab::wire
