#pragma once

#include <cstdio>
#include <cstdlib>

namespace tcplab::detail {

[[noreturn]] inline void checkFailed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "%s:%d: check failed: %s\n", file, line, condition);
    std::abort();
}

}  // namespace tcplab::detail

/// States what must hold unless this program is wrong. On in every build type: a model that goes on
/// after a broken invariant teaches something false. One condition a check.
#define TCPLAB_CHECK(condition) \
    ((condition) ? void() : ::tcplab::detail::checkFailed(#condition, __FILE__, __LINE__))

/// Stands after a switch whose cases all return.
#define TCPLAB_UNREACHABLE() ::tcplab::detail::checkFailed("unreachable", __FILE__, __LINE__)
