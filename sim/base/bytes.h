#pragma once

#include "sim/base/check.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tcplab {

/// A view of octets that somebody else owns.
using Octets = std::span<const std::uint8_t>;

/// Octets that never change, shared by all copies: a range of a counted buffer. Copying one copies
/// no octet, which is what makes a World cheap to copy. Compared by content.
class Bytes {
public:
    Bytes() = default;
    explicit Bytes(std::vector<std::uint8_t> octets)
        : buffer_{std::make_shared<const std::vector<std::uint8_t>>(std::move(octets))},
          size_{buffer_->size()} {}
    explicit Bytes(std::string_view text)
        : Bytes{std::vector<std::uint8_t>(text.begin(), text.end())} {}
    explicit Bytes(Octets octets)
        : Bytes{std::vector<std::uint8_t>(octets.begin(), octets.end())} {}

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] Octets view() const {
        return buffer_ ? Octets{*buffer_}.subspan(offset_, size_) : Octets{};
    }
    [[nodiscard]] std::string text() const {
        const Octets octets = view();
        return {octets.begin(), octets.end()};
    }

    /// The part that starts at `from` and has at most `count` octets; the buffer is shared.
    [[nodiscard]] Bytes slice(std::size_t from, std::size_t count = SIZE_MAX) const {
        TCPLAB_CHECK(from <= size_);
        Bytes part{*this};
        part.offset_ += from;
        part.size_ = std::min(count, size_ - from);
        return part;
    }

    friend bool operator==(const Bytes& a, const Bytes& b) {
        return std::ranges::equal(a.view(), b.view());
    }

private:
    std::shared_ptr<const std::vector<std::uint8_t>> buffer_{};
    std::size_t offset_ = 0;
    std::size_t size_ = 0;
};

}  // namespace tcplab
