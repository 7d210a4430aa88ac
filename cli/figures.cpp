#include "cli/figures.h"

#include "sim/base/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace tcplab::cli {
namespace {

std::string text(std::int64_t units, int decimals) {
    return std::string{Decimal{units, decimals}.view()};
}

}  // namespace

Decimal::Decimal(std::int64_t units, int decimals) {
    TCPLAB_CHECK(0 <= decimals && decimals <= kMostDecimals);
    const fmt::format_int digits{units < 0 ? 0 - static_cast<std::uint64_t>(units)
                                           : static_cast<std::uint64_t>(units)};
    const auto put = [this](const char* from, std::size_t count) {
        begin_ -= count;
        std::memcpy(text_.data() + begin_, from, count);
    };
    const auto places = static_cast<std::size_t>(decimals);
    const std::size_t size = digits.size();
    const std::size_t behind = std::min(places, size);
    put(digits.data() + size - behind, behind);
    while (text_.size() - begin_ < places) put("0", 1);
    if (places > 0) put(".", 1);
    size > behind ? put(digits.data(), size - behind) : put("0", 1);
    if (units < 0) put("-", 1);
}

std::string seconds(Instant at) {
    return text(at.time_since_epoch().count(), 9);
}

std::string shortSeconds(Duration time) {
    return text(time.count() / 1'000, 6);
}

std::string milliseconds(Duration time) {
    return text(time.count(), 6);
}

}  // namespace tcplab::cli
