#pragma once

#include "sim/base/bytes.h"
#include "sim/base/text.h"
#include "sim/wire/protocol.h"

#include <cstdint>

// What programs say to each other in UDP and TCP is shown as far as it is seen in one packet. A
// header of theirs says so with kIsMessage: where it is cut or odd, that is no error of the packet.
namespace tcplab::wire {

inline constexpr std::uint16_t kPortDns = 53;

/// A header of a program's message.
template <class Header>
concept Message = requires {
    Header::kIsMessage;
};

/// What begins with the payload of a TCP segment: DnsLength, Http, Tls, or else Payload.
[[nodiscard]] Protocol beginningOfMessage(std::uint16_t sourcePort,
                                          std::uint16_t destinationPort,
                                          Octets payload);

/// A remark on the payload of a TCP segment that does not begin with a message, though one of the
/// ports is known for such messages. Empty for other ports.
[[nodiscard]] Text continuationText(std::uint16_t sourcePort, std::uint16_t destinationPort);

}  // namespace tcplab::wire
