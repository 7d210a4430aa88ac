#include "sim/wire/application.h"

#include "sim/wire/dns.h"
#include "sim/wire/http.h"
#include "sim/wire/tls.h"

namespace tcplab::wire {

namespace {

bool isOneOf(std::uint16_t port, std::uint16_t sourcePort, std::uint16_t destinationPort) {
    return port == sourcePort || port == destinationPort;
}

}  // namespace

Protocol beginningOfMessage(std::uint16_t sourcePort,
                            std::uint16_t destinationPort,
                            Octets payload) {
    if (payload.empty()) return Protocol::Payload;
    if (isOneOf(kPortDns, sourcePort, destinationPort) && beginsWithDns(payload)) {
        return Protocol::DnsLength;
    }
    if (beginsWithTls(payload)) return Protocol::Tls;
    if (beginsWithHttp(payload)) return Protocol::Http;
    return Protocol::Payload;
}

Text continuationText(std::uint16_t sourcePort, std::uint16_t destinationPort) {
    const auto isPort = [&](std::uint16_t port) {
        return isOneOf(port, sourcePort, destinationPort);
    };
    if (isPort(kPortDns)) {
        return {"no DNS message begins here: by its port, one that began earlier goes on",
                "不是 DNS 消息的开头：按端口看，应是前面报文段中消息的后续部分"};
    }
    if (isPort(80) || isPort(8080)) {
        return {"no HTTP message begins here: by its port, one that began earlier goes on",
                "不是 HTTP 消息的开头：按端口看，应是前面报文段中消息的后续部分"};
    }
    if (isPort(443)) {
        return {"no TLS record begins here: by its port, one that began earlier goes on",
                "不是 TLS 记录的开头：按端口看，应是前面报文段中记录的后续部分"};
    }
    return {};
}

}  // namespace tcplab::wire
