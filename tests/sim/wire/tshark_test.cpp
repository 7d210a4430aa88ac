#include "tests/sim/wire/printers.h"
#include "tests/sim/wire/random_frame.h"

#include <gmock/gmock.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <unistd.h>
#include <vector>

// Frames that we write, read by tshark.
namespace tcplab::wire {
namespace {

using test::RandomFrame;

/// The names of fields in tshark, and their values.
using Fields = std::map<std::string, std::string>;

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

/// A file of this process that is gone with it.
class ScratchFile {
public:
    explicit ScratchFile(const std::string& ending)
        : path_{testing::TempDir() + "tcplab-" + std::to_string(getpid()) + ending} {}
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;
    ~ScratchFile() { std::filesystem::remove(path_); }

    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

class PcapFile {
public:
    explicit PcapFile(const std::string& path) : out_{path, std::ios::binary} {
        words({0xa1b2c3d4, 0x00020004, 0, 0, 65'535, 1});
    }
    void add(const std::vector<std::uint8_t>& frame) {
        const auto size = static_cast<std::uint32_t>(frame.size());
        words({++seconds_, 0, size, size});
        for (const std::uint8_t octet : frame) out_.put(static_cast<char>(octet));
    }

private:
    void words(std::initializer_list<std::uint32_t> values) {
        for (const std::uint32_t value : values) {
            for (const int shift : {24, 16, 8, 0}) out_.put(static_cast<char>(value >> shift));
        }
    }

    std::ofstream out_;
    std::uint32_t seconds_ = 0;
};

std::string outputOf(const std::string& command) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe{popen(command.c_str(), "r"), pclose};
    if (!pipe) throw std::runtime_error{"cannot start " + command};
    std::string output;
    for (int c = std::fgetc(pipe.get()); c != EOF; c = std::fgetc(pipe.get())) {
        output += static_cast<char>(c);
    }
    return output;
}

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (c == separator) {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

/// What tshark reads in each frame of a capture file. Fields that are not there have no entry.
std::vector<Fields> readByTshark(const std::string& path) {
    std::string command =
        "tshark -n -r '" + path +
        "' -o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE"
        " -o tcp.relative_sequence_numbers:FALSE -o tcp.desegment_tcp_streams:FALSE"
        " -T fields -E separator=';' -E occurrence=a -E aggregator=,";
    for (const char* name : kNames) command += std::string{" -e "} + name;
    std::vector<Fields> frames;
    for (const std::string& line : split(outputOf(command + " 2>/dev/null"), '\n')) {
        if (line.empty()) continue;
        const auto values = split(line, ';');
        Fields fields;
        for (std::size_t i = 0; i < std::min(values.size(), kNames.size()); ++i) {
            if (!values[i].empty()) fields[kNames.at(i)] = values[i];
        }
        frames.push_back(std::move(fields));
    }
    return frames;
}

std::string hexOf(Octets octets) {
    std::string text;
    for (const std::uint8_t octet : octets) {
        std::array<char, 3> digits{};
        std::snprintf(digits.data(), digits.size(), "%02x", unsigned{octet});
        text += digits.data();
    }
    return text;
}

std::string hexWord(unsigned value) {
    std::array<char, 7> text{};
    std::snprintf(text.data(), text.size(), "0x%04x", value);
    return text.data();
}

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
        {"tcp.flags", hexWord(segment.ctl.octet())},
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
        fields["ip.id"] = hexWord(addresses.ipId);
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

    const std::vector<Fields> read = readByTshark(file.path());

    ASSERT_EQ(read.size(), written.size()) << "tshark is a dependency of this test";
    for (std::size_t i = 0; i < read.size(); ++i) {
        EXPECT_THAT(differences(read[i], expected(written[i])), testing::IsEmpty())
            << "frame " << i + 1 << ", " << toString(written[i].segment);
    }
}

}  // namespace
}  // namespace tcplab::wire
