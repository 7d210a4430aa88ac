#include "cli/frame_rows.h"

#include "sim/framing/parse_framing.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace tcplab::cli {
namespace {

using framing::Framing;
using framing::FramingError;
using framing::Message;
using framing::StreamRange;

// How many octets of UTF-8 begin here; 0: none that a terminal should see.
std::size_t utf8At(Octets octets, std::size_t at) {
    const std::uint8_t first = octets[at];
    const std::size_t size = first >= 0xF0 && first <= 0xF4   ? 4
                             : first >= 0xE1 && first <= 0xEF ? 3
                             : first >= 0xC4 && first <= 0xDF ? 2
                                                              : 0;
    if (size == 0 || at + size > octets.size()) return 0;
    const Octets rest = octets.subspan(at + 1, size - 1);
    const bool goesOn = std::ranges::all_of(rest, [](auto o) { return (o & 0xC0U) == 0x80; });
    const bool surrogate = first == 0xED && octets[at + 1] >= 0xA0;
    const bool beyond =
        (first == 0xF0 && octets[at + 1] < 0x90) || (first == 0xF4 && octets[at + 1] > 0x8F);
    return goesOn && !surrogate && !beyond ? size : 0;
}

/// How a message came: English for programs, the user's language for people.
struct Came {
    bool parts = false;
    bool glued = false;

    [[nodiscard]] std::string in(Language language) const {
        const bool chinese = language == Language::Chinese;
        if (parts && glued) return chinese ? "半包且粘包" : "parts, glued";
        if (parts) return chinese ? "半包" : "parts";
        if (glued) return chinese ? "粘包" : "glued";
        return chinese ? "完整" : "whole";
    }
};

Came cameOf(const capture::Stream& stream, const StreamRange& frame) {
    auto part = std::ranges::upper_bound(stream.parts, frame.begin, {}, &capture::StreamPart::end);
    Came came;
    PacketId first = 0;
    for (; part != stream.parts.end() && part->begin < frame.end; ++part) {
        if (first != 0 && part->packet != first) came.parts = true;
        if (first == 0) first = part->packet;
        if (part->begin < frame.begin || part->end > frame.end) came.glued = true;
    }
    return came;
}

std::vector<Column> messageColumns(const FrameRequest& request) {
    const bool chinese = request.language == Language::Chinese;
    std::vector<Column> columns{
        {"flow", chinese ? "连接" : "Flow"},
        {"from", chinese ? "发送方" : "From"},
        {"message", chinese ? "消息" : "Message"},
        {"offset", chinese ? "偏移" : "Offset"},
        {"length", chinese ? "长度" : "Length"},
        {"body_offset"},
        {"body_length", chinese ? "正文" : "Body"},
        {"packets"},
        {"", chinese ? "报文" : "Packets"},
        {"came"},
        {"", chinese ? "到达" : "Came"},
        {"text", chinese ? "内容" : "Text"},
        {.key = "error", .optional = true},
    };
    if (request.files.size() > 1)
        columns.insert(columns.begin(), {"file", chinese ? "文件" : "File"});
    return columns;
}

std::vector<Column> inferenceColumns(const FrameRequest& request) {
    const bool chinese = request.language == Language::Chinese;
    std::vector<Column> columns{
        {"flow", chinese ? "连接" : "Flow"},
        {"from", chinese ? "发送方" : "From"},
        {"framing", chinese ? "成帧方式" : "Framing"},
        {"confidence"},
        {"", chinese ? "把握" : "Confidence"},
        {"messages", chinese ? "消息" : "Messages"},
        {"start"},
        {"remainder"},
        {"evidence", chinese ? "依据" : "Evidence"},
        {"rivals"},
        {"", chinese ? "其他可能" : "Rivals"},
    };
    if (request.files.size() > 1)
        columns.insert(columns.begin(), {"file", chinese ? "文件" : "File"});
    return columns;
}

Cell number(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}

Cell flowCell(const StreamName& name) {
    return name.flow ? number(*name.flow) : Cell{};
}

Cell fromCell(const StreamName& name) {
    return name.flow ? Cell{std::string{toString(name.from)}} : Cell{};
}

}  // namespace

std::string preview(Octets octets, std::size_t most) {
    std::string text;
    const std::size_t shown = std::min(octets.size(), most);
    for (std::size_t at = 0; at < shown; ++at) {
        const std::uint8_t octet = octets[at];
        constexpr std::string_view kSpecial{"\n\r\t\0\\", 5};
        constexpr std::array kWritten{"\\n", "\\r", "\\t", "\\0", "\\\\"};
        if (const std::size_t size = octet >= 0x80 ? utf8At(octets, at) : 0; size > 0) {
            for (std::size_t i = 0; i < size; ++i) text += static_cast<char>(octets[at + i]);
            at += size - 1;
            continue;
        }
        const auto special = kSpecial.find(static_cast<char>(octet));
        if (special != kSpecial.npos)
            text += kWritten.at(special);
        else if (octet < 0x20 || octet >= 0x7F)
            text += fmt::format("\\x{:02x}", octet);
        else
            text += static_cast<char>(octet);
    }
    return octets.size() > most ? text + "..." : text;
}

MessageRows::MessageRows(const FrameRequest& request, std::ostream& out)
    : request_{request}, rows_{out, request.format, messageColumns(request), request.colour} {}

void MessageRows::row(const StreamName& name,
                      std::int64_t number,
                      const StreamRange& frame,
                      const Message* message,
                      const capture::Stream& stream,
                      std::string error) {
    constexpr std::size_t kShown = 48;
    constexpr std::size_t kMostPackets = 6;
    std::vector<PacketId> packets = message != nullptr
                                        ? capture::packetsOf(stream, frame.begin, frame.end)
                                        : std::vector<PacketId>{};
    const std::string all = fmt::format("[{}]", fmt::join(packets, ","));
    const bool many = packets.size() > kMostPackets;
    if (many) packets.resize(kMostPackets);
    const std::string some = fmt::format("{}{}", fmt::join(packets, " "), many ? " ..." : "");
    const bool packetsKnown = name.flow && message != nullptr;
    const Came came = cameOf(stream, frame);
    const auto size = static_cast<std::int64_t>(frame.size());
    std::vector<Cell> cells{
        flowCell(name),
        fromCell(name),
        message != nullptr ? Cell{number} : Cell{},
        static_cast<std::int64_t>(frame.begin),
        message != nullptr ? Cell{size} : Cell{},
        message != nullptr ? Cell{static_cast<std::int64_t>(message->body.begin)} : Cell{},
        message != nullptr ? Cell{static_cast<std::int64_t>(message->body.size())} : Cell{},
        packetsKnown ? Cell{Literal{all}} : Cell{},
        packetsKnown ? Cell{some} : Cell{},
        packetsKnown ? Cell{came.in(Language::English)} : Cell{},
        packetsKnown ? Cell{came.in(request_.language)} : Cell{},
        message != nullptr ? Cell{preview(message->octets, kShown)} : Cell{error},
        message != nullptr ? Cell{} : Cell{error},
    };
    if (request_.files.size() > 1) cells.insert(cells.begin(), name.file);
    rows_.row(std::move(cells));
}

void MessageRows::print(const StreamName& name,
                        const capture::Stream& stream,
                        const Framing& framing,
                        std::uint64_t start) {
    const auto skipped =
        static_cast<std::size_t>(std::min<std::uint64_t>(start, stream.octets.size()));
    std::int64_t count = 0;
    for (framing::Piece piece :
         framing::decodeAll(framing, Octets{stream.octets}.subspan(skipped))) {
        if (auto* message = std::get_if<Message>(&piece)) {
            for (StreamRange* range : {&message->frame, &message->body}) {
                range->begin += skipped;
                range->end += skipped;
            }
            row(name, ++count, message->frame, message, stream, {});
        } else {
            auto& error = std::get<FramingError>(piece);
            error.offset += skipped;
            row(name,
                0,
                {error.offset, error.offset},
                nullptr,
                stream,
                framing::describe(error, request_.language));
        }
    }
    if (stream.missing == 0) return;
    const std::uint64_t at = stream.octets.size();
    const std::string before = !stream.missingAt ? ""
                               : request_.language == Language::Chinese
                                   ? fmt::format("，报文 {} 之前", *stream.missingAt)
                                   : fmt::format(", before packet {}", *stream.missingAt);
    row(name,
        0,
        {at, at},
        nullptr,
        stream,
        request_.language == Language::Chinese
            ? fmt::format(
                  "偏移 {}：文件缺少 {} 字节{}；其后的消息无法分辨", at, stream.missing, before)
            : fmt::format("offset {}: the file lacks {} octets here{}; what follows cannot be "
                          "told apart",
                          at,
                          stream.missing,
                          before));
}

InferenceRows::InferenceRows(const FrameRequest& request, std::ostream& out)
    : request_{request}, rows_{out, request.format, inferenceColumns(request), request.colour} {}

void InferenceRows::print(const StreamName& name, const framing::Inference& inference) {
    const bool chinese = request_.language == Language::Chinese;
    const auto& best = inference.best;
    nlohmann::json rivals = nlohmann::json::array();
    std::vector<std::string> names;
    for (const framing::Candidate& rival : inference.rivals) {
        rivals.push_back({{"framing", framing::toString(rival.framing)},
                          {"start", rival.start},
                          {"confidence", framing::toString(rival.confidence)},
                          {"messages", rival.messages},
                          {"evidence", framing::describe(rival, request_.language)}});
        names.push_back(framing::toString(rival.framing));
    }
    const framing::Confidence confidence = best ? best->confidence : framing::Confidence::Unknown;
    constexpr std::array kChinese{"未知", "很可能", "确定"};
    const std::string english{framing::toString(confidence)};
    std::vector<Cell> cells{
        flowCell(name),
        fromCell(name),
        best ? Cell{framing::toString(best->framing)} : Cell{},
        english,
        chinese ? Cell{kChinese.at(static_cast<std::size_t>(confidence))} : Cell{english},
        best ? number(best->messages) : Cell{},
        best ? number(best->start) : Cell{},
        best ? number(best->remainder) : Cell{},
        best ? Cell{framing::describe(*best, request_.language)} : Cell{},
        Literal{rivals.dump()},
        fmt::format("{}", fmt::join(names, "  ")),
    };
    if (request_.files.size() > 1) cells.insert(cells.begin(), name.file);
    rows_.row(std::move(cells));
}

}  // namespace tcplab::cli
