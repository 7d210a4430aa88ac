#include "tests/fuzz/memory.h"

#include <algorithm>

namespace tcplab::fuzz {

namespace {

class Memory final : public capture::OctetSource {
public:
    explicit Memory(Octets octets) : left_{octets} {}

    Expected<std::size_t, std::string> read(std::span<std::uint8_t> into) override {
        const std::size_t count = std::min(into.size(), left_.size());
        std::ranges::copy(left_.first(count), into.begin());
        left_ = left_.subspan(count);
        return count;
    }

private:
    Octets left_;
};

}  // namespace

capture::Input inputOf(Octets octets) {
    return {std::make_unique<Memory>(octets), "input"};
}

std::string_view textOf(Octets octets) {
    return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

}  // namespace tcplab::fuzz
