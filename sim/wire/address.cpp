#include "sim/wire/address.h"

#include "sim/wire/hex.h"

#include <arpa/inet.h>
#include <charconv>

namespace tcplab::wire {

namespace {

void appendNumber(std::string& text, unsigned number) {
    std::array<char, 10> digits{};
    text.append(digits.data(), std::to_chars(digits.begin(), digits.end(), number).ptr);
}

}  // namespace

std::string toString(const MacAddress& address) {
    std::string text;
    for (const std::uint8_t octet : address) {
        if (!text.empty()) text += ':';
        appendHex(text, octet);
    }
    return text;
}

std::string toString(const IpAddress& address) {
    if (address.version == 4) {
        std::string dotted;
        for (std::size_t n = 0; n < address.size(); ++n) {
            if (n > 0) dotted += '.';
            appendNumber(dotted, address.octets[n]);
        }
        return dotted;
    }
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(AF_INET6, address.octets.data(), text.data(), static_cast<socklen_t>(text.size()));
    return text.data();
}

std::optional<IpAddress> parseIpAddress(std::string_view text) {
    const std::string terminated{text};
    if (terminated.find('\0') != std::string::npos) return {};
    IpAddress address{};
    if (inet_pton(AF_INET, terminated.c_str(), address.octets.data()) == 1) return address;
    address = {.version = 6};
    if (inet_pton(AF_INET6, terminated.c_str(), address.octets.data()) == 1) return address;
    return {};
}

std::string toString(const SocketAddress& address) {
    std::string text = toString(address.ip);
    if (address.ip.version == 6) text = "[" + text + "]";
    text += ':';
    appendNumber(text, address.port);
    return text;
}

}  // namespace tcplab::wire
