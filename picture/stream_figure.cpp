#include "picture/stream_figure.h"

#include <algorithm>
#include <string>

namespace tcplab::picture {
namespace {

constexpr double kMargin = 16;
constexpr double kNames = 90;  ///< What the names of the rows take.
constexpr double kTop = 64;    ///< Where the first row begins.
constexpr double kRow = 44;    ///< From one row to the next.
constexpr double kBar = 26;    ///< The height of a bar.
constexpr double kLine = 20;   ///< From one line of words to the next.
constexpr double kWords = 12;  ///< The size of words.

/// Draws rows from the top down.
class Drawing {
public:
    Drawing(const StreamRows& rows, double width, Language language)
        : rows_{rows}, chinese_{language == Language::Chinese}, language_{language} {
        figure_.width = width;
        figure_.plot = {kMargin + kNames, kTop, width - kMargin, kTop + 4 * kRow};
    }
    Figure draw();

private:
    [[nodiscard]] double x(std::uint64_t offset) const {
        const double share = static_cast<double>(offset) /
                             static_cast<double>(std::max<std::size_t>(rows_.octets.size(), 1));
        return figure_.plot.left + share * (figure_.plot.right - figure_.plot.left);
    }
    void write(Point at, std::string text, Ink ink = Ink::Text, bool bold = false) {
        figure_.shapes.push_back(
            {.ink = ink, .what = Words{.at = at, .text = std::move(text), .bold = bold}});
    }
    void name(const char* english, const char* chinese) {
        write({kMargin, top_ + kBar / 2 + 4}, chinese_ ? chinese : english, Ink::Dim);
    }
    void bar(const framing::StreamRange& octets, Ink ink, const std::string& label);
    [[nodiscard]] std::string textOf(const framing::StreamRange& octets) const;
    void drawRows();
    void drawBroken();

    const StreamRows& rows_;
    bool chinese_;
    Language language_;
    Figure figure_{};
    double top_ = kTop;
};

std::string Drawing::textOf(const framing::StreamRange& octets) const {
    std::string text;
    constexpr std::size_t kMost = 40;
    for (std::uint64_t at = octets.begin; at < octets.end && text.size() < kMost; ++at) {
        const std::uint8_t octet = rows_.octets.view()[static_cast<std::size_t>(at)];
        text += 0x20 <= octet && octet < 0x7F ? static_cast<char>(octet) : '.';
    }
    return text;
}

void Drawing::bar(const framing::StreamRange& octets, Ink ink, const std::string& label) {
    const double left = x(octets.begin) + 1;
    const double right = std::max(x(octets.end) - 1, left + 2);
    const std::string where =
        std::to_string(octets.begin) + "-" + std::to_string(octets.end) + "  " + label;
    figure_.shapes.push_back(
        {.ink = ink,
         .what =
             Area{
                 .points = {{left, top_}, {right, top_}, {right, top_ + kBar}, {left, top_ + kBar}},
                 .opacity = 0.35},
         .title = where});
    figure_.shapes.push_back({.ink = Ink::Text,
                              .what = Words{.at = {(left + right) / 2, top_ + kBar / 2 + 4},
                                            .text = fitted(label, kWords, right - left - 4),
                                            .anchor = Words::Anchor::Middle}});
}

void Drawing::drawRows() {
    name("sends", "send");
    for (const auto& send : rows_.sends) bar(send.octets, Ink::Sent, textOf(send.octets));
    top_ += kRow;
    if (rows_.datagrams)
        name("datagrams", "用户数据报");
    else
        name("segments", "报文段");
    for (const auto& segment : rows_.segments)
        bar(segment.octets,
            segment.again ? Ink::Again : Ink::Acked,
            "#" + std::to_string(segment.packet));
    top_ += kRow;
    name("receives", "recv");
    for (const auto& receive : rows_.receives)
        bar(receive.octets, Ink::Offered, "recv(" + std::to_string(receive.asked) + ")");
    top_ += kRow;
    name("messages", "消息");
    for (const auto& message : rows_.messages)
        bar(message.octets,
            message.parts || message.glued ? Ink::Late : Ink::Sacked,
            textOf(message.octets));
    top_ += kRow;
}

void Drawing::drawBroken() {
    top_ += kLine / 2;
    for (const auto& broken : rows_.broken) {
        const double at = x(broken.offset);
        figure_.shapes.push_back(
            {.ink = Ink::Again,
             .what = Path{.points = {{at, kTop - 8}, {at, kTop + 4 * kRow - 8}}, .dashed = true}});
        const char* kind =
            broken.glued ? (chinese_ ? "粘包" : "glued") : (chinese_ ? "半包" : "split");
        std::string lead = std::to_string(broken.offset) + "  " + kind;
        for (const Cause& cause : broken.causes) {
            top_ += kLine;
            write({kMargin, top_}, lead, Ink::Again, true);
            write({kMargin + kNames, top_}, describe(cause, language_));
            lead.clear();
        }
    }
    for (const auto& lost : rows_.lost) {
        top_ += kLine;
        write({kMargin, top_},
              std::to_string(lost.octets.begin) + "-" + std::to_string(lost.octets.end),
              Ink::Again,
              true);
        write({kMargin + kNames, top_}, describe(lost.cause, language_));
    }
}

Figure Drawing::draw() {
    const std::string from{toString(rows_.from)};
    figure_.title = chinese_
                        ? (rows_.datagrams ? "用户数据报：发送方 " : "字节流：发送方 ") + from
                        : (rows_.datagrams ? "Datagrams of the " : "The stream of the ") + from;
    figure_.description = std::to_string(rows_.sends.size()) + " send, " +
                          std::to_string(rows_.segments.size()) + " segment, " +
                          std::to_string(rows_.receives.size()) + " recv";
    figure_.shapes.push_back(
        {.ink = Ink::Text,
         .what = Words{.at = {kMargin, 30}, .text = figure_.title, .size = 16, .bold = true}});
    drawRows();
    drawBroken();
    figure_.height = top_ + kMargin + kLine / 2;
    return std::move(figure_);
}

}  // namespace

Figure streamFigure(const StreamRows& rows, double width, Language language) {
    return Drawing{rows, width, language}.draw();
}

}  // namespace tcplab::picture
