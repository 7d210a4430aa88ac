#pragma once

#include "sim/base/text.h"
#include "sim/tcp/state.h"

#include <string_view>

namespace tcplab::tcp {

/// What is said of a state beside its name, which is never translated.
struct StateWords {
    std::string_view gloss{};    ///< Chinese: "终止等待 2". In English the name says it.
    Text meaning{};              ///< What it means to be in it, as one line.
    std::string_view ss{};       ///< Its name in ss of iproute2: "SYN-RECV".
    std::string_view netstat{};  ///< Its name in netstat of Linux: "SYN_RECV".
    Text trouble{};  ///< What is wrong where many connections, or one for long, are in it.
};
[[nodiscard]] const StateWords& wordsOf(State state);

}  // namespace tcplab::tcp
