#include "sim/wire/address.h"

#include "sim/wire/hex.h"

#include <arpa/inet.h>

namespace tcplab::wire {

std::string toString(const MacAddress& address) {
    std::string text;
    for (const std::uint8_t octet : address) {
        if (!text.empty()) text += ':';
        appendHex(text, octet);
    }
    return text;
}

std::string toString(const IpAddress& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(address.version == 4 ? AF_INET : AF_INET6,
              address.octets.data(),
              text.data(),
              static_cast<socklen_t>(text.size()));
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
    const std::string ip = toString(address.ip);
    return (address.ip.version == 4 ? ip : "[" + ip + "]") + ":" + std::to_string(address.port);
}

}  // namespace tcplab::wire
