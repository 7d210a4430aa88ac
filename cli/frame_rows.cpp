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

/// The packets that brought a message, and how.
struct Journey {
    std::vector<PacketId> packets{};
    Came came{};
};

Journey journeyOf(const std::deque<capture::StreamPart>& parts, const StreamRange& frame) {
    auto part = std::ranges::upper_bound(parts, frame.begin, {}, &capture::StreamPart::end);
    Journey journey;
    for (; part != parts.end() && part->begin < frame.end; ++part) {
        if (journey.packets.empty() || journey.packets.back() != part->packet)
            journey.packets.push_back(part->packet);
        if (part->begin < frame.begin || part->end > frame.end) journey.came.glued = true;
    }
    journey.came.parts = journey.packets.size() > 1;
    return journey;
}

std::vector<Column> messageColumns(const RowStyle& style) {
    const bool chinese = style.language == Language::Chinese;
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
        {.key = "framing", .heading = style.withFraming ? (chinese ? "成帧方式" : "Framing") : ""},
        {.key = "confidence"},
    };
    if (style.withFile) columns.insert(columns.begin(), {"file", chinese ? "文件" : "File"});
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

RowStyle styleOf(const FrameRequest& request) {
    return {.format = request.format,
            .colour = request.colour,
            .language = request.language,
            .withFile = request.files.size() > 1,
            .withFraming = !request.framing};
}

FollowedStream::FollowedStream(StreamName name,
                               const Framing& framing,
                               const framing::Candidate* found)
    : decoder{framing}, name_{std::move(name)}, framing_{framing::toString(framing)} {
    if (found == nullptr) return;
    confidence_ = found->confidence;
    start_ = found->start;
}

MessageRows::MessageRows(const RowStyle& style, std::ostream& out)
    : style_{style}, rows_{out, style.format, messageColumns(style), style.colour} {}

void MessageRows::row(const FollowedStream& stream,
                      const StreamRange& frame,
                      const Message* message,
                      std::string error) {
    constexpr std::size_t kShown = 48;
    constexpr std::size_t kMostPackets = 6;
    const bool known = stream.name_.flow && message != nullptr;
    Journey journey = known ? journeyOf(stream.parts, frame) : Journey{};
    std::vector<PacketId>& packets = journey.packets;
    const std::string all = fmt::format("[{}]", fmt::join(packets, ","));
    const bool many = packets.size() > kMostPackets;
    if (many) packets.resize(kMostPackets);
    const std::string some = fmt::format("{}{}", fmt::join(packets, " "), many ? " ..." : "");
    const auto ifMessage = [&](std::uint64_t value) {
        return message != nullptr ? number(value) : Cell{};
    };
    std::vector<Cell> cells{
        flowCell(stream.name_),
        fromCell(stream.name_),
        ifMessage(static_cast<std::uint64_t>(stream.messages)),
        number(frame.begin),
        ifMessage(frame.size()),
        ifMessage(message != nullptr ? message->body.begin : 0),
        ifMessage(message != nullptr ? message->body.size() : 0),
        known ? Cell{Literal{all}} : Cell{},
        known ? Cell{some} : Cell{},
        known ? Cell{journey.came.in(Language::English)} : Cell{},
        known ? Cell{journey.came.in(style_.language)} : Cell{},
        message != nullptr ? Cell{preview(message->octets, kShown)} : Cell{error},
        message != nullptr ? Cell{} : Cell{error},
        stream.framing_.empty() ? Cell{} : Cell{stream.framing_},
        stream.confidence_ ? Cell{std::string{framing::toString(*stream.confidence_)}} : Cell{},
    };
    if (style_.withFile) cells.insert(cells.begin(), stream.name_.file);
    rows_.row(cells);
}

void MessageRows::print(FollowedStream& stream,
                        std::vector<framing::Piece>& pieces,
                        const Seen& seen) {
    const std::uint64_t start = stream.start_;
    for (framing::Piece& piece : pieces) {
        if (auto* message = std::get_if<Message>(&piece)) {
            if (seen) seen(*message);
            for (StreamRange* range : {&message->frame, &message->body}) {
                range->begin += start;
                range->end += start;
            }
            ++stream.messages;
            row(stream, message->frame, message, {});
        } else {
            auto& error = std::get<FramingError>(piece);
            error.offset += start;
            row(stream,
                {error.offset, error.offset},
                nullptr,
                framing::describe(error, style_.language));
        }
    }
    pieces.clear();
    const std::uint64_t done = stream.decoder.begin() + start;
    while (!stream.parts.empty() && stream.parts.front().end <= done) stream.parts.pop_front();
}

namespace {

/// Why a stream goes no further.
std::string missing(const capture::StreamEnd& end, Language language) {
    const bool chinese = language == Language::Chinese;
    if (end.noRoomFor)
        return fmt::format(fmt::runtime(chinese ? "偏移 {}：空缺之后等待的数据太多，从报文 {} "
                                                  "起没有保留；其后的消息无法分辨"
                                                : "offset {}: too much waited behind a gap, and "
                                                  "nothing was kept from packet {} on; what "
                                                  "follows cannot be told apart"),
                           end.size,
                           *end.noRoomFor);
    const std::string before = !end.missingAt ? ""
                               : chinese      ? fmt::format("，报文 {} 之前", *end.missingAt)
                                              : fmt::format(", before packet {}", *end.missingAt);
    return fmt::format(fmt::runtime(chinese ? "偏移 {}：文件缺少 {} 字节{}；其后的消息无法分辨"
                                            : "offset {}: the file lacks {} octets here{}; what "
                                              "follows cannot be told apart"),
                       end.size,
                       end.missing,
                       before);
}

}  // namespace

void MessageRows::take(FollowedStream& stream,
                       const capture::StreamPart& part,
                       Octets octets,
                       const Seen& seen) {
    if (stream.decoder.stoppedAt()) return;
    stream.parts.push_back(part);
    const std::uint64_t before =
        part.begin < stream.start_ ? stream.start_ - part.begin : std::uint64_t{0};
    if (before >= octets.size()) return;
    stream.decoder.push(octets.subspan(static_cast<std::size_t>(before)), pieces_);
    print(stream, pieces_, seen);
}

void MessageRows::end(FollowedStream& stream, const capture::StreamEnd& end) {
    stream.decoder.finish(pieces_);
    print(stream, pieces_, {});
    if (end.missing == 0) return;
    row(stream, {end.size, end.size}, nullptr, missing(end, style_.language));
}

void MessageRows::print(FollowedStream stream, const capture::Stream& whole) {
    stream.parts.assign(whole.parts.begin(), whole.parts.end());
    const auto skipped = std::min<std::uint64_t>(stream.start_, whole.octets.size());
    stream.decoder.push(Octets{whole.octets}.subspan(static_cast<std::size_t>(skipped)), pieces_);
    print(stream, pieces_, {});
    end(stream,
        {.size = whole.octets.size(),
         .missing = whole.missing,
         .missingAt = whole.missingAt,
         .noRoomFor = whole.noRoomFor,
         .ended = whole.ended});
}

void MessageRows::unknown(const StreamName& name, std::uint64_t octets) {
    FollowedStream stream{name, Framing{}};
    stream.framing_.clear();
    stream.confidence_ = framing::Confidence::Unknown;
    row(stream,
        {},
        nullptr,
        style_.language == Language::Chinese
            ? fmt::format("成帧方式未知：{} 字节没有分成消息", octets)
            : fmt::format("the framing is unknown: {} octets are not split into messages", octets));
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
