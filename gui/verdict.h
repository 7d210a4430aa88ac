#pragma once

#include "capture/flow.h"

#include <QString>

// What a flow came to, in few words.
namespace tcplab::gui {

enum class Verdict {
    Reset,       ///< A RST ended an established connection.
    Refused,     ///< A RST answered the SYN.
    Unanswered,  ///< Nobody answered the SYN.
    HalfClosed,  ///< One end has closed, the other has not.
    Open,        ///< Nobody has closed.
    Closed,      ///< Both have.
};

[[nodiscard]] Verdict verdictOf(const capture::Flow& flow);
/// Higher is worse: the flow to look at first.
[[nodiscard]] int troubleOf(const capture::Flow& flow);
/// "reset by the server"
[[nodiscard]] QString shortVerdict(const capture::Flow& flow);
/// One or two sentences.
[[nodiscard]] QString longVerdict(const capture::Flow& flow);

}  // namespace tcplab::gui
