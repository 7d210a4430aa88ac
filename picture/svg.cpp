#include "picture/svg.h"

#include "sim/base/check.h"
#include "sim/base/overloaded.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tcplab::picture {

namespace {

/// A length with as many decimals as a screen can show.
std::string number(double value) {
    if (!std::isfinite(value)) return "0";
    std::string text = fmt::format("{:.2f}", value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text == "-0" ? "0" : text;
}

std::string pathData(const std::vector<Point>& points, bool closed) {
    std::string data;
    for (const Point& point : points)
        data += fmt::format("{}{} {}", data.empty() ? 'M' : 'L', number(point.x), number(point.y));
    return closed ? data + "Z" : data;
}

std::string cross(const Mark& mark) {
    const double r = mark.radius;
    const auto [x, y] = mark.at;
    return pathData({{x - r, y - r}, {x + r, y + r}}, false) +
           pathData({{x - r, y + r}, {x + r, y - r}}, false);
}

/// One element without its end, so that a title may go into it.
std::string element(const Shape& shape, const std::string& colour) {
    return std::visit(
        Overloaded{
            [&](const Path& path) {
                return fmt::format(R"(<path d="{}" fill="none" stroke="{}" stroke-width="{}"{})",
                                   pathData(path.points, false),
                                   colour,
                                   number(path.width),
                                   path.dashed ? R"( stroke-dasharray="5 4")" : "");
            },
            [&](const Area& area) {
                return fmt::format(R"(<path d="{}" fill="{}" fill-opacity="{}")",
                                   pathData(area.points, true),
                                   colour,
                                   number(area.opacity));
            },
            [&](const Mark& mark) {
                const auto [x, y] = mark.at;
                const double r = mark.radius;
                const std::string place = fmt::format(
                    R"(<circle cx="{}" cy="{}" r="{}")", number(x), number(y), number(r));
                switch (mark.form) {
                    case Mark::Form::Disc: return fmt::format(R"({} fill="{}")", place, colour);
                    case Mark::Form::Ring:
                        return fmt::format(
                            R"({} fill="none" stroke="{}" stroke-width="1.4")", place, colour);
                    case Mark::Form::Cross:
                        return fmt::format(
                            R"(<path d="{}" fill="none" stroke="{}" stroke-width="2")",
                            cross(mark),
                            colour);
                    case Mark::Form::Diamond:
                        return fmt::format(
                            R"(<path d="{}" fill="{}")",
                            pathData({{x - r, y}, {x, y - r}, {x + r, y}, {x, y + r}}, true),
                            colour);
                }
                TCPLAB_UNREACHABLE();
            },
            [&](const Words& words) {
                constexpr std::string_view kAnchors[]{"start", "middle", "end"};
                return fmt::format(
                    R"(<text x="{}" y="{}" font-size="{}" text-anchor="{}"{} fill="{}")",
                    number(words.at.x),
                    number(words.at.y),
                    number(words.size),
                    kAnchors[static_cast<std::size_t>(words.anchor)],
                    words.bold ? R"( font-weight="700")" : "",
                    colour);
            },
        },
        shape.what);
}

std::string_view nameOf(const Shape& shape) {
    if (std::holds_alternative<Words>(shape.what)) return "text";
    const auto* mark = std::get_if<Mark>(&shape.what);
    const bool round =
        mark != nullptr && (mark->form == Mark::Form::Disc || mark->form == Mark::Form::Ring);
    return round ? "circle" : "path";
}

void write(const Shape& shape, const Palette& palette, std::string& svg) {
    svg += element(shape, toString(colourOf(shape.ink, palette)));
    const auto* words = std::get_if<Words>(&shape.what);
    if (shape.title.empty() && words == nullptr) {
        svg += "/>\n";
        return;
    }
    svg += '>';
    if (!shape.title.empty()) svg += "<title>" + escaped(shape.title) + "</title>";
    if (words != nullptr) svg += escaped(words->text);
    svg += fmt::format("</{}>\n", nameOf(shape));
}

/// A character of UTF-8 at `at`, and how many octets it has; nothing where there is none.
struct Character {
    char32_t code = 0;
    std::size_t octets = 1;
};
std::optional<Character> characterAt(std::string_view text, std::size_t at) {
    const auto octet = [&](std::size_t i) { return static_cast<std::uint8_t>(text[at + i]); };
    const std::uint8_t lead = octet(0);
    if (lead < 0x80) return Character{lead, 1};
    const std::size_t count = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() - at < count) return std::nullopt;
    char32_t code = lead & (0x7FU >> count);
    for (std::size_t i = 1; i < count; ++i) {
        if ((octet(i) & 0xC0U) != 0x80U) return std::nullopt;
        code = code << 6U | (octet(i) & 0x3FU);
    }
    constexpr char32_t kLeast[]{0, 0, 0x80, 0x800, 0x10000};
    if (code < kLeast[count] || code > 0x10FFFF) return std::nullopt;
    return Character{code, count};
}

// XML 1.0, production 2.
bool mayStandInXml(char32_t code) {
    const bool control = code < 0x20 && code != '\t' && code != '\n' && code != '\r';
    const bool surrogate = 0xD800 <= code && code <= 0xDFFF;
    return !control && !surrogate && code != 0xFFFE && code != 0xFFFF;
}

bool isWide(char32_t code) {
    return code >= 0x2E80 && (code < 0xD800 || code >= 0xF900);
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto character = characterAt(text, at);
        if (!character || !mayStandInXml(character->code)) {
            out += "\xEF\xBF\xBD";
        } else if (character->code == '&') {
            out += "&amp;";
        } else if (character->code == '<') {
            out += "&lt;";
        } else if (character->code == '>') {
            out += "&gt;";
        } else if (character->code == '"') {
            out += "&quot;";
        } else {
            out += text.substr(at, character->octets);
        }
        at += character ? character->octets : 1;
    }
    return out;
}

namespace {

/// Of the size of the text: how wide a character is in the usual fonts, about.
double shareOf(char32_t code) {
    constexpr std::u32string_view kNarrow = U" .,:;'|!()[]ijltfr\u00b7";
    constexpr std::u32string_view kBroad = U"mwMW\u2026\u2192";
    if (isWide(code)) return 1;
    if (kNarrow.find(code) != std::u32string_view::npos) return 0.36;
    if (kBroad.find(code) != std::u32string_view::npos) return 0.9;
    return U'A' <= code && code <= U'Z' ? 0.66 : 0.57;
}

}  // namespace

double widthOf(std::string_view text, double size) {
    double width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto character = characterAt(text, at);
        width += character ? shareOf(character->code) : 0.53;
        at += character ? character->octets : 1;
    }
    return width * size;
}

std::string fitted(std::string_view text, double size, double width) {
    if (widthOf(text, size) <= width) return std::string{text};
    std::size_t end = 0;
    while (end < text.size()) {
        const auto character = characterAt(text, end);
        const std::size_t next = end + (character ? character->octets : 1);
        if (widthOf(text.substr(0, next), size) + size > width) break;
        end = next;
    }
    return std::string{text.substr(0, end)} + "…";
}

std::string toSvg(const Figure& figure, Theme theme, Language language) {
    const Palette& palette = coloursOf(theme);
    const bool chinese = language == Language::Chinese;
    const std::string width = number(figure.width);
    const std::string height = number(figure.height);
    std::string svg = fmt::format(
        R"(<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" )"
        R"(viewBox="0 0 {0} {1}" role="img" aria-labelledby="title description" xml:lang="{2}" )"
        R"(font-family="{3}">)"
        "\n",
        width,
        height,
        chinese ? "zh-CN" : "en",
        chinese ? "'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
                : "'Noto Sans', 'Noto Sans CJK SC', 'Helvetica Neue', Arial, sans-serif");
    svg += fmt::format("<title id=\"title\">{}</title>\n<desc id=\"description\">{}</desc>\n",
                       escaped(figure.title),
                       escaped(figure.description));
    const Box& plot = figure.plot;
    svg +=
        fmt::format(R"(<clipPath id="plot"><rect x="{}" y="{}" width="{}" height="{}"/></clipPath>)"
                    "\n",
                    number(plot.left),
                    number(plot.top),
                    number(plot.right - plot.left),
                    number(plot.bottom - plot.top));
    svg += fmt::format(
        "<rect width=\"{}\" height=\"{}\" fill=\"{}\"/>\n", width, height, toString(palette.page));
    bool clipping = false;
    for (const Shape& shape : figure.shapes) {
        if (shape.clipped != clipping)
            svg += clipping ? "</g>\n" : "<g clip-path=\"url(#plot)\">\n";
        clipping = shape.clipped;
        write(shape, palette, svg);
    }
    return svg + (clipping ? "</g>\n</svg>\n" : "</svg>\n");
}

}  // namespace tcplab::picture
