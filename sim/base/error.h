#pragma once

#include "sim/base/expected.h"

#include <string>

namespace tcplab {

/// Why something asked of us could not be had, as a sentence for people: what, where, and the
/// cause. Broken octets of a packet are not an Error but a wire::DecodeError; a refused or reset
/// connection is neither, but what the protocol says.
struct Error {
    enum class Code {
        NotFound,     ///< No such file, scenario or name.
        NotReadable,  ///< It is there, and cannot be read or is not what it should be.
        Incomplete,   ///< Reading stopped before the end; what came before stands.
        NotWritable,
        Usage,  ///< The caller's words are wrong.
    };
    Code code{};
    std::string what{};
    friend bool operator==(const Error&, const Error&) = default;
};

}  // namespace tcplab
