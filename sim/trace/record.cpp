#include "sim/trace/record.h"

#include "sim/wire/notation.h"

namespace tcplab {

std::string toString(const TcpNumbers& tcp) {
    std::string text = wire::flagsText(tcp.flags) + " seq " + std::to_string(tcp.seq);
    if (tcp.len > 0) text += ":" + std::to_string(tcp.seq + tcp.len);
    if (tcp.ack) text += " ack " + std::to_string(*tcp.ack);
    if (tcp.len > 0) text += " len " + std::to_string(tcp.len);
    return text;
}

}  // namespace tcplab
