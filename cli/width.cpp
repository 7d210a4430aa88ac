#include "cli/width.h"

#include <algorithm>
#include <array>

namespace tcplab::cli {
namespace {

struct Range {
    char32_t first;
    char32_t last;
};
constexpr std::array kWide{Range{0x1100, 0x115F},
                           Range{0x2E80, 0x303E},
                           Range{0x3041, 0x4DBF},
                           Range{0x4E00, 0xA4CF},
                           Range{0xAC00, 0xD7A3},
                           Range{0xF900, 0xFAFF},
                           Range{0xFE30, 0xFE6F},
                           Range{0xFF00, 0xFF60},
                           Range{0xFFE0, 0xFFE6},
                           Range{0x1F300, 0x1F64F},
                           Range{0x20000, 0x3FFFD}};

bool isWide(char32_t c) {
    return std::ranges::any_of(kWide, [c](const Range& r) { return r.first <= c && c <= r.last; });
}

}  // namespace

std::size_t widthOf(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t octets = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        char32_t c = octets == 1 ? lead : lead & (0xFFU >> (octets + 1));
        for (std::size_t n = 1; n < octets && i + n < text.size(); ++n)
            c = c << 6 | (static_cast<unsigned char>(text[i + n]) & 0x3FU);
        width += isWide(c) ? 2U : 1U;
        i += octets;
    }
    return width;
}

std::string padded(std::string_view text, std::size_t width) {
    return std::string{text} + std::string(width - std::min(width, widthOf(text)), ' ');
}

}  // namespace tcplab::cli
