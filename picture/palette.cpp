#include "picture/palette.h"

#include "sim/base/check.h"

#include <fmt/format.h>

namespace tcplab::picture {

namespace {

constexpr Palette kLight{
    .roles = {0x8C9297, 0xB07F15, 0x2063E8, 0x7E4A7B, 0x0B6E54, 0xB01A0C},
    .faultText = 0xB01A0C,
    .page = 0xFFFFFF,
    .pane = 0xF6F7F9,
    .line = 0xDDE1E6,
    .text = 0x16181D,
    .dim = 0x5B626D,
    .link = 0x2063E8,
    .selection = 0xEDF2FD,
    .edge = 0x8A919B,
    .notice = 0xFFF3CD,
};

constexpr Palette kDark{
    .roles = {0x868A92, 0xF0972B, 0x3B82F6, 0xE3AEF0, 0x3BDDAE, 0xD1493F},
    .faultText = 0xF28B82,
    .page = 0x1B1D21,
    .pane = 0x23262B,
    .line = 0x353A42,
    .text = 0xE6E8EB,
    .dim = 0xA0A7B1,
    .link = 0x7FB2FF,
    .selection = 0x222C3E,
    .edge = 0x717985,
    .notice = 0x40361A,
};

}  // namespace

std::string toString(Rgb colour) {
    return fmt::format("#{:06x}", colour);
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

const Palette& coloursOf(Theme theme) {
    return theme == Theme::Dark ? kDark : kLight;
}

Rgb colourOf(Ink ink, const Palette& palette) {
    switch (ink) {
        case Ink::Text: return palette.text;
        case Ink::Dim: return palette.dim;
        case Ink::Grid: return palette.line;
        case Ink::Axis: return palette.edge;
        case Ink::Sent: return palette.of(Role::Open);
        case Ink::Again: return palette.of(Role::Fault);
        case Ink::Acked: return palette.of(Role::ClosingSecond);
        case Ink::Offered: return palette.of(Role::Opening);
        case Ink::Sacked: return palette.of(Role::ClosingFirst);
        case Ink::Late: return palette.of(Role::None);
    }
    TCPLAB_UNREACHABLE();
}

}  // namespace tcplab::picture
