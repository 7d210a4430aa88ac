#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tcplab {

/// How many letters must be put in, left out, replaced or swapped with their neighbour to make `b`
/// of `a`. Capital ASCII letters count as small ones.
[[nodiscard]] inline std::size_t editDistance(std::string_view a, std::string_view b) {
    const auto same = [](char x, char y) {
        const auto small = [](char c) { return 'A' <= c && c <= 'Z' ? c - 'A' + 'a' : c; };
        return small(x) == small(y);
    };
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> above(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(above.begin(), above.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = above[j - 1] + (same(a[i - 1], b[j - 1]) ? 0 : 1);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
            const bool swapped =
                i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]);
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before.swap(above);
        above.swap(row);
    }
    return above[b.size()];
}

/// The candidate that `word` is most likely a slip for, or nothing where none is near: at most one
/// letter in three may be wrong, and two in a short word.
[[nodiscard]] inline std::optional<std::string_view> nearest(
    std::string_view word, std::span<const std::string_view> candidates) {
    std::optional<std::string_view> best;
    std::size_t most = std::max<std::size_t>(2, word.size() / 3);
    for (const std::string_view candidate : candidates) {
        const std::size_t distance = editDistance(word, candidate);
        if (distance > most || distance >= candidate.size()) continue;
        if (best && distance == most) continue;
        best = candidate;
        most = distance;
    }
    return best;
}

/// "'tabel' is not known; did you mean 'table'?", or what is known where nothing is near.
[[nodiscard]] inline std::string unknownWord(std::string_view word,
                                             std::span<const std::string_view> known) {
    std::string text = "'" + std::string{word} + "' is not known; ";
    if (const auto right = nearest(word, known))
        return text + "did you mean '" + std::string{*right} + "'?";
    text += "there are ";
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (i > 0) text += ", ";
        text += known[i];
    }
    return text;
}

}  // namespace tcplab
