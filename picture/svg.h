#pragma once

#include "sim/base/text.h"

#include "picture/figure.h"
#include "picture/palette.h"

#include <string>
#include <string_view>

namespace tcplab::picture {

/// The figure as an SVG 1.1 document of its own, in UTF-8, with the theme's colours on its page.
[[nodiscard]] std::string toSvg(const Figure& figure, Theme theme, Language language);

/// Any octets as text or attribute value of an XML document: what is no character, or none that XML
/// allows, becomes U+FFFD.
[[nodiscard]] std::string escaped(std::string_view text);

}  // namespace tcplab::picture
