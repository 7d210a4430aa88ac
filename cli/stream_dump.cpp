#include "cli/stream_dump.h"

#include "capture/stream.h"
#include "cli/verbs.h"
#include "sim/wire/hex.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tcplab::cli {
namespace {

using capture::Conversation;
using capture::Stream;
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

/// The parts of both streams in the order in which they came.
void printParts(std::ostream& out, const PerSide<Stream>& streams) {
    std::vector<std::pair<Side, StreamPart>> parts;
    for (const Side side : kSides) {
        for (const StreamPart& part : streams[side].parts) parts.emplace_back(side, part);
    }
    std::ranges::stable_sort(parts, {}, [](const auto& one) { return one.second.packet; });
    for (const auto& [side, part] : parts) {
        out << fmt::format(
            "{}, packet {}, octets {} to {}\n", toString(side), part.packet, part.begin, part.end);
        const auto size = static_cast<std::size_t>(part.end - part.begin);
        printHex(out,
                 part.begin,
                 Octets{streams[side].octets}.subspan(static_cast<std::size_t>(part.begin), size));
    }
}

void print(std::ostream& out, const StreamRequest& request, const PerSide<Stream>& streams) {
    if (!request.raw) return printParts(out, streams);
    const std::vector<std::uint8_t>& octets = streams[*request.raw].octets;
    for (const std::uint8_t octet : octets) out.put(static_cast<char>(octet));
}

void tellGaps(std::ostream& err, const PerSide<Stream>& streams) {
    for (const Side side : kSides) {
        const Stream& stream = streams[side];
        if (stream.missing == 0) continue;
        err << fmt::format("tcplab: {} octets of the {} are missing after octet {}",
                           stream.missing,
                           toString(side),
                           stream.octets.size());
        if (stream.missingAt) err << fmt::format(", before packet {}", *stream.missingAt);
        err << "; what follows them is left out\n";
    }
}

}  // namespace

int printStream(const std::vector<std::string>& files,
                const StreamRequest& request,
                std::ostream& out,
                std::ostream& err) {
    int code = exit_code::kDone;
    const auto fail = [&](const Error& error) { code = std::max(code, complain(err, error)); };
    for (const std::string& file : files) {
        const auto source = capture::openCapture(file);
        if (!source) {
            fail(source.error());
            continue;
        }
        bool found = false;
        const auto summary =
            capture::readConversations(**source, [&](const Conversation& conversation) {
                if (conversation.flow.connection.id != request.flow) return;
                found = true;
                print(out, request, conversation.streams);
                tellGaps(err, conversation.streams);
            });
        if (summary.stopped) fail(*summary.stopped);
        if (!found && !summary.stopped)
            fail({Error::Code::Usage, fmt::format("{}: there is no flow {}", file, request.flow)});
    }
    return code;
}

}  // namespace tcplab::cli
