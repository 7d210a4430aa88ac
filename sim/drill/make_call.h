#pragma once

#include "sim/base/expected.h"
#include "sim/drill/lexer.h"
#include "sim/drill/script.h"
#include "sim/drill/settings.h"
#include "sim/host/call.h"

#include <map>
#include <optional>
#include <string>

namespace tcplab::drill {

/// What the arguments of a call mean here.
struct CallContext {
    const Settings& settings;
    tcp::Profile profile{};
    const std::map<std::int64_t, host::Fd>& descriptors;  ///< Script to live.
};

/// Why there is no call: what is not supported, or what is wrong with the script.
struct NoCall {
    std::string needs{};  ///< Where this is empty, `wrong` says what was expected, and where.
    ScriptError wrong{};
};

/// The call that a statement makes.
[[nodiscard]] Expected<host::Call, NoCall> makeCall(const CallStatement& statement,
                                                    const CallContext& context);

/// What the call gave where it is not what the statement expects: "-1 EAGAIN"; nothing where it is.
[[nodiscard]] std::optional<std::string> unexpectedIn(const CallStatement& statement,
                                                      const host::Call& call,
                                                      const host::Result& result,
                                                      const CallContext& context);

/// "-1 EAGAIN", "5", "0, SO_ERROR ECONNRESET"
[[nodiscard]] std::string resultText(const host::Call& call,
                                     const host::Result& result,
                                     tcp::Profile profile);

}  // namespace tcplab::drill
