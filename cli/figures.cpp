#include "cli/figures.h"

#include <array>

namespace tcplab::cli {
namespace {

std::string decimal(std::int64_t units, int decimals) {
    std::string text;
    appendDecimal(text, units, decimals);
    return text;
}

}  // namespace

void appendDecimal(std::string& text, std::int64_t units, int decimals) {
    std::array<char, 24> digits{};
    std::size_t begin = digits.size();
    std::uint64_t rest =
        units < 0 ? 0 - static_cast<std::uint64_t>(units) : static_cast<std::uint64_t>(units);
    const auto put = [&] {
        digits.at(--begin) = static_cast<char>('0' + rest % 10);
        rest /= 10;
    };
    for (int n = 0; n < decimals; ++n) put();
    if (decimals > 0) digits.at(--begin) = '.';
    do {
        put();
    } while (rest > 0);
    if (units < 0) digits.at(--begin) = '-';
    text.append(&digits.at(begin), digits.size() - begin);
}

std::string seconds(Instant at) {
    return decimal(at.time_since_epoch().count(), 9);
}

std::string shortSeconds(Duration time) {
    return decimal(time.count() / 1'000, 6);
}

std::string milliseconds(Duration time) {
    return decimal(time.count(), 6);
}

}  // namespace tcplab::cli
