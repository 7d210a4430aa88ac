#include "gui/palette.h"

#include "sim/base/check.h"

#include <QWidget>

namespace tcplab::gui {

namespace {

Palette inQt(const picture::Palette& from) {
    Palette to{.faultText = from.faultText,
               .page = from.page,
               .pane = from.pane,
               .line = from.line,
               .text = from.text,
               .dim = from.dim,
               .link = from.link,
               .selection = from.selection,
               .edge = from.edge,
               .notice = from.notice};
    for (const Role role : kRoles) to.roles[static_cast<std::size_t>(role)] = from.of(role);
    return to;
}

}  // namespace

const Palette& paletteOf(Theme theme) {
    static const Palette light = inQt(picture::coloursOf(Theme::Light));
    static const Palette dark = inQt(picture::coloursOf(Theme::Dark));
    return theme == Theme::Dark ? dark : light;
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
    return palette.color(QPalette::Active, QPalette::WindowText).lightness() > 127 ? Theme::Dark
                                                                                   : Theme::Light;
}

const Palette& paletteOf(const QWidget& widget) {
    return paletteOf(themeOf(widget.palette()));
}

}  // namespace tcplab::gui
