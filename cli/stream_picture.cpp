#include "cli/stream_picture.h"

#include "cli/figures.h"
#include "cli/frame_rows.h"
#include "cli/width.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace tcplab::cli {
namespace {

using framing::StreamRange;
using nlohmann::json;

constexpr std::size_t kNameWidth = 10;

/// A bar of a row, with what stands in it where there is room.
struct Bar {
    StreamRange octets{};
    std::string label{};
};

/// Columns of the axis: a bar takes at least one, and one that holds its octets where that fits.
class Axis {
public:
    Axis(std::uint64_t octets, std::size_t width)
        : octets_{std::max<std::uint64_t>(octets, 1)},
          width_{std::min<std::uint64_t>(width, std::max<std::uint64_t>(octets_ * 3, 24))} {}

    [[nodiscard]] std::size_t column(std::uint64_t offset) const {
        return static_cast<std::size_t>(offset * width_ / octets_);
    }
    [[nodiscard]] std::size_t width() const { return static_cast<std::size_t>(width_) + 1; }

private:
    std::uint64_t octets_;
    std::uint64_t width_;
};

// The bars of one row, which do not overlap: "[hello][world]" with lines.
std::string lineOf(const Axis& axis, const std::vector<Bar>& bars) {
    std::vector<std::string> cells(axis.width(), " ");
    for (const Bar& bar : bars) {
        const std::size_t from = axis.column(bar.octets.begin);
        const std::size_t to = std::max(axis.column(bar.octets.end), from);
        const auto edge = [&](std::size_t at, std::string_view other, std::string_view own) {
            cells[at] = cells[at] == " " ? std::string{own} : std::string{other};
        };
        if (to == from) continue;
        edge(from, "┼", "├");
        edge(to, "┼", "┤");
        for (std::size_t at = from + 1; at < to; ++at) cells[at] = "─";
        const std::size_t room = to - from - 1;
        const std::size_t size = widthOf(bar.label);
        const bool plain = size == bar.label.size();
        if (!plain || size == 0 || size > room) continue;
        const std::size_t start = from + 1 + (room - size) / 2;
        for (std::size_t i = 0; i < size; ++i) cells[start + i] = bar.label.substr(i, 1);
    }
    for (const Bar& bar : bars)  // An empty one, or one too narrow, stands on its neighbours' edge.
        if (axis.column(bar.octets.begin) == axis.column(bar.octets.end))
            cells[axis.column(bar.octets.begin)] = "╫";
    std::string line;
    for (const std::string& cell : cells) line += cell;
    return line.substr(0, line.find_last_not_of(' ') + 1);
}

std::string textOf(const StreamRows& rows, const StreamRange& range) {
    constexpr std::size_t kMost = 60;
    return preview(rows.octets.view().subspan(static_cast<std::size_t>(range.begin),
                                              static_cast<std::size_t>(range.size())),
                   kMost);
}

// Bars that overlap those before them go into a line of their own.
std::vector<std::vector<Bar>> apart(std::vector<Bar> bars) {
    std::vector<std::vector<Bar>> lines;
    for (Bar& bar : bars) {
        const auto free = std::ranges::find_if(lines, [&](const std::vector<Bar>& line) {
            return line.back().octets.end <= bar.octets.begin;
        });
        if (free == lines.end())
            lines.push_back({std::move(bar)});
        else
            free->push_back(std::move(bar));
    }
    return lines;
}

/// The names of the rows, and what a broken boundary is called.
struct Words {
    std::string_view sends, segments, receives, messages, glued, split, lost, from;
};
constexpr Words kEnglish{
    "sends", "segments", "receives", "messages", "glued", "split", "lost", "sent by the "};
constexpr Words kChinese{"send", "报文段", "recv", "消息", "粘包", "半包", "丢失", "发送方："};

std::string nameOf(std::size_t index) {
    std::string name;
    for (; index >= 26; index = index / 26 - 1)
        name.insert(name.begin(), static_cast<char>('a' + index % 26));
    name.insert(name.begin(), static_cast<char>('a' + index));
    return name;
}

std::string stateOf(const StreamRows::Message& message) {
    if (message.parts && message.glued) return "parts, glued";
    if (message.parts) return "parts";
    return message.glued ? "glued" : "whole";
}

json rangeOf(const StreamRange& range) {
    return {{"begin", range.begin}, {"end", range.end}};
}

double secondsOf(Instant at) {
    return std::chrono::duration<double>(at.time_since_epoch()).count();
}

json causesOf(const std::vector<Cause>& causes, Language language) {
    json all = json::array();
    for (const Cause& cause : causes) {
        json one{{"cause", toString(cause.kind)}, {"text", describe(cause, language)}};
        if (cause.packet) one["packet"] = *cause.packet;
        if (cause.octets > 0) one["octets"] = cause.octets;
        if (cause.kind == Cause::Kind::ReadLate)
            one["seconds"] = std::chrono::duration<double>(cause.time).count();
        all.push_back(std::move(one));
    }
    return all;
}

void printRow(std::string_view name, const Axis& axis, std::vector<Bar> bars, std::ostream& out) {
    for (const std::vector<Bar>& line : apart(std::move(bars))) {
        out << padded(name, kNameWidth) << lineOf(axis, line) << '\n';
        name = "";
    }
}

void printCauses(const StreamRows& rows, const Words& words, Language language, std::ostream& out) {
    for (std::size_t i = 0; i < rows.broken.size(); ++i) {
        const StreamRows::Broken& broken = rows.broken[i];
        std::string lead = fmt::format(
            "{:>3}  {} {}  ", nameOf(i), broken.offset, broken.glued ? words.glued : words.split);
        for (const Cause& cause : broken.causes) {
            out << lead << describe(cause, language) << '\n';
            lead.assign(widthOf(lead), ' ');
        }
    }
    for (const StreamRows::Lost& lost : rows.lost)
        out << fmt::format("     {}-{} {}  {}\n",
                           lost.octets.begin,
                           lost.octets.end,
                           words.lost,
                           describe(lost.cause, language));
    if (rows.error) out << "     " << framing::describe(*rows.error, language) << '\n';
}

}  // namespace

void printStreamRows(
    const StreamRows& rows, Language language, bool colour, std::size_t width, std::ostream& out) {
    const Words& words = language == Language::Chinese ? kChinese : kEnglish;
    const Axis axis{rows.octets.size(), width};
    const std::string title =
        fmt::format("{}{}, {}", words.from, toString(rows.from), rows.datagrams ? "UDP" : "TCP");
    out << (colour ? "\x1b[1m" + title + "\x1b[0m" : title) << '\n';
    std::vector<Bar> bars;
    for (const auto& send : rows.sends) bars.push_back({send.octets, textOf(rows, send.octets)});
    printRow(words.sends, axis, std::move(bars), out);
    bars.clear();
    for (const auto& segment : rows.segments)
        bars.push_back({segment.octets, fmt::format("#{}", segment.packet)});
    printRow(rows.datagrams ? "UDP" : words.segments, axis, std::move(bars), out);
    bars.clear();
    for (const auto& receive : rows.receives)
        bars.push_back({receive.octets, fmt::format("recv({})", receive.asked)});
    printRow(words.receives, axis, std::move(bars), out);
    bars.clear();
    for (const auto& message : rows.messages)
        bars.push_back({message.octets, textOf(rows, message.octets)});
    printRow(words.messages, axis, std::move(bars), out);

    std::string marks(axis.width(), ' ');
    for (std::size_t i = 0; i < rows.broken.size(); ++i)
        marks[axis.column(rows.broken[i].offset)] = nameOf(i).front();
    out << std::string(kNameWidth, ' ') << marks.substr(0, marks.find_last_not_of(' ') + 1) << '\n';
    printCauses(rows, words, language, out);
}

std::string jsonOf(const StreamRows& rows, Language language) {
    json all{{"from", toString(rows.from)},
             {"transport", rows.datagrams ? "udp" : "tcp"},
             {"octets", rows.octets.size()},
             {"sends", json::array()},
             {"segments", json::array()},
             {"receives", json::array()},
             {"messages", json::array()},
             {"broken", json::array()},
             {"lost", json::array()}};
    for (const auto& send : rows.sends) {
        json one = rangeOf(send.octets);
        one["time"] = secondsOf(send.at);
        all["sends"].push_back(std::move(one));
    }
    for (const auto& segment : rows.segments) {
        json one = rangeOf(segment.octets);
        one["packet"] = segment.packet;
        one["departed"] = secondsOf(segment.departed);
        one["arrived"] = segment.arrived ? json(secondsOf(*segment.arrived)) : json();
        one["retransmission"] = segment.again;
        all["segments"].push_back(std::move(one));
    }
    for (const auto& receive : rows.receives) {
        json one = rangeOf(receive.octets);
        one["asked"] = receive.asked;
        one["called"] = secondsOf(receive.called);
        one["returned"] = secondsOf(receive.returned);
        all["receives"].push_back(std::move(one));
    }
    for (const auto& message : rows.messages) {
        json one = rangeOf(message.octets);
        one["came"] = stateOf(message);
        one["text"] = textOf(rows, message.octets);
        all["messages"].push_back(std::move(one));
    }
    for (const auto& broken : rows.broken)
        all["broken"].push_back({{"offset", broken.offset},
                                 {"kind", broken.glued ? "glued" : "split"},
                                 {"causes", causesOf(broken.causes, language)}});
    for (const auto& lost : rows.lost) {
        json one = rangeOf(lost.octets);
        one["causes"] = causesOf({lost.cause}, language);
        all["lost"].push_back(std::move(one));
    }
    if (rows.error) all["error"] = framing::describe(*rows.error, language);
    return all.dump();
}

}  // namespace tcplab::cli
