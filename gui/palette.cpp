#include "gui/palette.h"

#include "sim/base/check.h"

#include <QWidget>

namespace tcplab::gui {

namespace {

constexpr QColor rgb(unsigned value) {
    return {static_cast<int>(value >> 16 & 0xFF),
            static_cast<int>(value >> 8 & 0xFF),
            static_cast<int>(value & 0xFF)};
}

constexpr Palette kLight{
    .roles =
        {rgb(0x8C9297), rgb(0xB07F15), rgb(0x2063E8), rgb(0x7E4A7B), rgb(0x0B6E54), rgb(0xB01A0C)},
    .faultText = rgb(0xB01A0C),
    .page = rgb(0xFFFFFF),
    .pane = rgb(0xF6F7F9),
    .line = rgb(0xDDE1E6),
    .text = rgb(0x16181D),
    .dim = rgb(0x5B626D),
    .link = rgb(0x2063E8),
    .selection = rgb(0xEDF2FD),
    .edge = rgb(0x8A919B),
    .notice = rgb(0xFFF3CD),
};

constexpr Palette kDark{
    .roles =
        {rgb(0x868A92), rgb(0xF0972B), rgb(0x3B82F6), rgb(0xE3AEF0), rgb(0x3BDDAE), rgb(0xD1493F)},
    .faultText = rgb(0xF28B82),
    .page = rgb(0x1B1D21),
    .pane = rgb(0x23262B),
    .line = rgb(0x353A42),
    .text = rgb(0xE6E8EB),
    .dim = rgb(0xA0A7B1),
    .link = rgb(0x7FB2FF),
    .selection = rgb(0x222C3E),
    .edge = rgb(0x717985),
    .notice = rgb(0x40361A),
};

}  // namespace

const Palette& paletteOf(Theme theme) {
    return theme == Theme::Dark ? kDark : kLight;
}

Role roleOf(tcp::State state) {
    using tcp::State;
    switch (state) {
        case State::Closed:
        case State::Listen: return Role::None;
        case State::SynSent:
        case State::SynReceived: return Role::Opening;
        case State::Established: return Role::Open;
        case State::FinWait1:
        case State::FinWait2:
        case State::TimeWait:
        case State::Closing: return Role::ClosingFirst;
        case State::CloseWait:
        case State::LastAck: return Role::ClosingSecond;
    }
    TCPLAB_UNREACHABLE();
}

Pattern patternOf(tcp::State state) {
    using tcp::State;
    switch (state) {
        case State::Closed: return Pattern::Thin;
        case State::Listen:
        case State::SynSent:
        case State::Established:
        case State::FinWait1:
        case State::CloseWait: return Pattern::Plain;
        case State::SynReceived:
        case State::FinWait2:
        case State::LastAck: return Pattern::Diagonal;
        case State::TimeWait: return Pattern::Bars;
        case State::Closing: return Pattern::Cross;
    }
    TCPLAB_UNREACHABLE();
}

QPalette toQPalette(const Palette& palette) {
    QPalette result;
    result.setColor(QPalette::Window, palette.pane);
    result.setColor(QPalette::WindowText, palette.text);
    result.setColor(QPalette::Base, palette.page);
    result.setColor(QPalette::AlternateBase, palette.pane);
    result.setColor(QPalette::Text, palette.text);
    result.setColor(QPalette::PlaceholderText, palette.dim);
    result.setColor(QPalette::Button, palette.page);
    result.setColor(QPalette::ButtonText, palette.text);
    result.setColor(QPalette::BrightText, palette.text);
    result.setColor(QPalette::ToolTipBase, palette.page);
    result.setColor(QPalette::ToolTipText, palette.text);
    result.setColor(QPalette::Highlight, palette.selection);
    result.setColor(QPalette::HighlightedText, palette.text);
    result.setColor(QPalette::Link, palette.link);
    result.setColor(QPalette::LinkVisited, palette.link);
    result.setColor(QPalette::Light, palette.page);
    result.setColor(QPalette::Midlight, palette.line);
    result.setColor(QPalette::Mid, palette.line);
    result.setColor(QPalette::Dark, palette.edge);
    result.setColor(QPalette::Shadow, palette.line);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        result.setColor(QPalette::Disabled, role, palette.edge);
    return result;
}

Theme themeOf(const QPalette& palette) {
    return palette.color(QPalette::WindowText).lightness() > 127 ? Theme::Dark : Theme::Light;
}

const Palette& paletteOf(const QWidget& widget) {
    return paletteOf(themeOf(widget.palette()));
}

}  // namespace tcplab::gui
