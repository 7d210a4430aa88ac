#pragma once

#include "sim/tcp/state.h"

#include "picture/figure.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace tcplab::picture {

enum class Theme : std::uint8_t { Light, Dark };

/// 0xRRGGBB
using Rgb = std::uint32_t;

/// "#2063e8"
[[nodiscard]] std::string toString(Rgb colour);

/// What a colour says, here and in the window. Eleven states share five roles.
enum class Role : std::uint8_t { None, Opening, Open, ClosingFirst, ClosingSecond, Fault };
inline constexpr std::array kRoles{
    Role::None, Role::Opening, Role::Open, Role::ClosingFirst, Role::ClosingSecond, Role::Fault};

[[nodiscard]] Role roleOf(tcp::State state);

struct Palette {
    std::array<Rgb, kRoles.size()> roles{};
    Rgb faultText = 0;
    Rgb page = 0;
    Rgb pane = 0;
    Rgb line = 0;
    Rgb text = 0;
    Rgb dim = 0;
    Rgb link = 0;
    Rgb selection = 0;
    Rgb edge = 0;
    Rgb notice = 0;  ///< Behind a line that tells what could not be read.

    [[nodiscard]] Rgb of(Role role) const { return roles[static_cast<std::size_t>(role)]; }
};

[[nodiscard]] const Palette& coloursOf(Theme theme);

[[nodiscard]] Rgb colourOf(Ink ink, const Palette& palette);

}  // namespace tcplab::picture
