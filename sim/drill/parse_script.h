#pragma once

#include "sim/base/expected.h"
#include "sim/drill/lexer.h"
#include "sim/drill/script.h"

#include <string_view>

namespace tcplab::drill {

/// Reads a packetdrill script. The first thing that cannot be read is the error; what can be read
/// and not be run is a statement that says what it needs.
[[nodiscard]] Expected<Script, ScriptError> parseScript(std::string_view source,
                                                        const Definitions& definitions);

}  // namespace tcplab::drill
