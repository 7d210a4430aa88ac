#include "cli/figures.h"

#include <fmt/format.h>

#include <cstdint>

namespace tcplab::cli {
namespace {

// `units` of which `perWhole` are one, with `decimals` decimals.
std::string decimal(std::int64_t units, std::uint64_t perWhole, int decimals) {
    const bool negative = units < 0;
    const auto size =
        negative ? 0 - static_cast<std::uint64_t>(units) : static_cast<std::uint64_t>(units);
    return fmt::format(
        "{}{}.{:0{}}", negative ? "-" : "", size / perWhole, size % perWhole, decimals);
}

}  // namespace

std::string seconds(Instant at) {
    return decimal(at.time_since_epoch().count(), 1'000'000'000, 9);
}

std::string shortSeconds(Duration time) {
    return decimal(time.count() / 1'000, 1'000'000, 6);
}

std::string milliseconds(Duration time) {
    return decimal(time.count(), 1'000'000, 6);
}

}  // namespace tcplab::cli
