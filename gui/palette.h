#pragma once

#include "sim/tcp/state.h"

#include "picture/palette.h"
#include <QColor>
#include <QPalette>

#include <array>
#include <cstdint>

class QWidget;

// Every colour of the window, from the one table in picture/palette.cpp: tests/gui/palette_test.cpp
// computes from it that text can be read and that the roles can be told apart, also by the
// colour-blind.
namespace tcplab::gui {

using picture::kRoles;
using picture::Role;
using picture::roleOf;
using picture::Theme;

/// Within a role a pattern tells the states apart.
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

[[nodiscard]] Pattern patternOf(tcp::State state);

/// The same colours for Qt's own widgets.
[[nodiscard]] QPalette toQPalette(const Palette& palette);

/// The theme that a widget is drawn in, told by its Qt palette.
[[nodiscard]] Theme themeOf(const QPalette& palette);
[[nodiscard]] const Palette& paletteOf(const QWidget& widget);

}  // namespace tcplab::gui
