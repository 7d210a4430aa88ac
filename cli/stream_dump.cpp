#include "cli/stream_dump.h"

#include "capture/stream.h"
#include "cli/verbs.h"
#include "cli/words.h"
#include "sim/wire/hex.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tcplab::cli {
namespace {

using capture::StreamPart;

constexpr std::size_t kOctetsALine = 16;

void printHex(std::ostream& out, std::uint64_t offset, Octets octets) {
    for (std::size_t at = 0; at < octets.size(); at += kOctetsALine) {
        const Octets line = octets.subspan(at, std::min(kOctetsALine, octets.size() - at));
        std::string digits;
        for (const std::uint8_t octet : line) {
            wire::appendHex(digits, octet);
            digits += ' ';
        }
        out << fmt::format("    {:08x}  {:<{}} {}\n",
                           offset + at,
                           digits,
                           kOctetsALine * 3,
                           wire::printable(line));
    }
}

std::string missing(const capture::StreamEnd& end, Side side, Language language) {
    const bool chinese = language == Language::Chinese;
    const std::string_view sender = sideName(side, language);
    std::string text =
        fmt::format(fmt::runtime(chinese ? "{1}的数据在第 {2} 个字节之后缺少 {0} 字节"
                                         : "{} octets of the {} are missing after octet {}"),
                    end.missing,
                    sender,
                    end.size);
    if (end.noRoomFor)
        text += fmt::format(
            fmt::runtime(chinese ? "：空缺之后等待的数据超过 {} MiB，从第 {} 个报文起没有保留"
                                 : ": more than {} MiB waited behind a gap, and nothing was kept "
                                   "from packet {} on"),
            capture::StreamOrder::kMostHeld / (1024 * 1024),
            *end.noRoomFor);
    else if (end.missingAt)
        text += fmt::format(fmt::runtime(chinese ? "（第 {} 个报文之前）" : ", before packet {}"),
                            *end.missingAt);
    return text + (chinese ? "；其后的内容没有输出" : "; what follows them is left out");
}

/// Prints the streams of one flow while they are read.
class Dump final : public capture::FlowSink {
public:
    Dump(const StreamRequest& request, std::ostream& out, std::ostream& err)
        : request_{request}, out_{out}, err_{err} {}

    void connection(const Connection& connection) override {
        found_ = found_ || connection.id == request_.flow;
    }
    void packet(const Packet& packet, Octets octets) override {
        if (packet.connection != request_.flow) return;
        order_.take(
            packet,
            capture::payloadOf(packet, octets),
            [this](Side side, const StreamPart& part, Octets more) { print(side, part, more); });
    }
    void entry(const Entry& /*entry*/) override {}
    void flow(const capture::Flow& flow) override {
        if (flow.connection.id != request_.flow) return;
        for (const Side side : kSides) {
            const capture::StreamEnd end = order_.endOf(side);
            if (end.missing > 0)
                err_ << "tcplab: " << missing(end, side, request_.language) << '\n';
        }
    }
    [[nodiscard]] bool found() const { return found_; }

private:
    void print(Side side, const StreamPart& part, Octets octets) {
        if (!request_.raw) {
            out_ << fmt::format("{}, packet {}, octets {} to {}\n",
                                toString(side),
                                part.packet,
                                part.begin,
                                part.end);
            printHex(out_, part.begin, octets);
        } else if (*request_.raw == side) {
            for (const std::uint8_t octet : octets) out_.put(static_cast<char>(octet));
        }
    }

    const StreamRequest& request_;
    std::ostream& out_;
    std::ostream& err_;
    capture::StreamOrder order_{};
    bool found_ = false;
};

}  // namespace

int printStream(const std::vector<std::string>& files,
                const StreamRequest& request,
                std::ostream& out,
                std::ostream& err) {
    int code = exit_code::kDone;
    const auto fail = [&](const Error& error) { code = std::max(code, complain(err, error)); };
    for (const std::string& file : files) {
        Dump dump{request, out, err};
        const auto summary = capture::analyze(file, dump);
        if (!summary) {
            fail(summary.error());
            continue;
        }
        if (summary->stopped) fail(*summary->stopped);
        if (!dump.found() && !summary->stopped)
            fail({Error::Code::Usage, fmt::format("{}: there is no flow {}", file, request.flow)});
    }
    return code;
}

}  // namespace tcplab::cli
