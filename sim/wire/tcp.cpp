#include "sim/wire/tcp.h"

#include "sim/wire/notation.h"

namespace tcplab::wire {

std::string summary(const TcpHeader& header, std::size_t payloadLength) {
    return std::to_string(header.sourcePort) + " → " + std::to_string(header.destinationPort) +
           ", " + toString(header, payloadLength);
}

}  // namespace tcplab::wire
