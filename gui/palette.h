#pragma once

#include "sim/tcp/state.h"

#include <QColor>
#include <QPalette>

#include <array>
#include <cstdint>

class QWidget;

// Every colour of the window, from one table: tests/gui/palette_test.cpp computes from it that text
// can be read and that the roles can be told apart, also by the colour-blind.
namespace tcplab::gui {

enum class Theme : std::uint8_t { Light, Dark };

/// What a colour says. Eleven states share five roles; within a role a pattern tells them apart.
enum class Role : std::uint8_t { None, Opening, Open, ClosingFirst, ClosingSecond, Fault };
inline constexpr std::array kRoles{
    Role::None, Role::Opening, Role::Open, Role::ClosingFirst, Role::ClosingSecond, Role::Fault};

enum class Pattern : std::uint8_t { Thin, Plain, Diagonal, Bars, Cross };

struct Palette {
    std::array<QColor, kRoles.size()> roles{};
    QColor faultText{};
    QColor page{};
    QColor pane{};
    QColor line{};
    QColor text{};
    QColor dim{};
    QColor link{};
    QColor selection{};
    QColor edge{};
    QColor notice{};  ///< Behind a line that tells what could not be read.

    [[nodiscard]] const QColor& of(Role role) const {
        return roles[static_cast<std::size_t>(role)];
    }
};

[[nodiscard]] const Palette& paletteOf(Theme theme);

[[nodiscard]] Role roleOf(tcp::State state);
[[nodiscard]] Pattern patternOf(tcp::State state);

/// The same colours for Qt's own widgets.
[[nodiscard]] QPalette toQPalette(const Palette& palette);

/// The theme that a widget is drawn in, told by its Qt palette.
[[nodiscard]] Theme themeOf(const QPalette& palette);
[[nodiscard]] const Palette& paletteOf(const QWidget& widget);

}  // namespace tcplab::gui
