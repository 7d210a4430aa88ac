#include "sim/wire/hex.h"

#include <string_view>

namespace tcplab::wire {

namespace {

char digit(std::uint32_t value) {
    constexpr std::string_view digits = "0123456789abcdef";
    return digits[value & 0xf];
}

}  // namespace

void appendHex(std::string& text, std::uint8_t octet) {
    text += digit(octet >> 4U);
    text += digit(octet);
}

std::string hex(std::uint32_t value, unsigned digits) {
    std::string text = "0x";
    for (unsigned left = digits; left-- > 0;) text += digit(value >> (4 * left));
    return text;
}

std::string hex(Octets octets) {
    std::string text = "0x";
    for (const std::uint8_t octet : octets) appendHex(text, octet);
    return text;
}

std::string printable(Octets octets) {
    std::string text;
    for (const std::uint8_t octet : octets) {
        text += octet >= 0x20 && octet < 0x7f ? static_cast<char>(octet) : '.';
    }
    return text;
}

}  // namespace tcplab::wire
