#pragma once

#include "sim/base/error.h"

#include <ostream>
#include <string_view>

// How the program ends: its exit codes, and what it says where something is wrong.
namespace tcplab::cli {

/// What the program says about its end. The highest of several files counts.
namespace exit_code {
inline constexpr int kDone = 0;
inline constexpr int kDoesNotHold = 1;  ///< Something asked to hold does not.
inline constexpr int kFile = 2;         ///< A file could not be read or written whole.
inline constexpr int kUsage = 64;       ///< The command line alone is wrong.
}  // namespace exit_code

/// Prints "tcplab: WHAT" on `err`. Returns `code`.
int complain(std::ostream& err, std::string_view what, int code = exit_code::kFile);

/// The same of an error; the code is kUsage where the caller's words are wrong, else kFile.
int complain(std::ostream& err, const Error& error);

/// The end of the program: `code`, or kFile where what was printed on `out` did not all get there.
[[nodiscard]] int finish(std::ostream& out, std::ostream& err, int code);

}  // namespace tcplab::cli
