#include "sim/trace/label.h"

#include "sim/base/check.h"
#include "sim/wire/notation.h"

namespace tcplab {

namespace {

std::string numbers(const TcpNumbers& tcp) {
    std::string text = " seq " + std::to_string(tcp.seq);
    if (tcp.len > 0) text += ":" + std::to_string(tcp.seq + tcp.len);
    if (tcp.ack) text += " ack " + std::to_string(*tcp.ack);
    if (tcp.len > 0) text += " len " + std::to_string(tcp.len);
    return text;
}

/// "x", "y+1"
std::string fromIsn(Side side, std::int64_t number) {
    std::string text = side == Side::Client ? "x" : "y";
    if (number > 0) text += "+";
    if (number != 0) text += std::to_string(number);
    return text;
}

std::string textbook(const Packet& packet) {
    const Flags flags = packet.tcp.flags;
    std::string text;
    const auto add = [&text](const std::string& part) {
        if (!text.empty()) text += ", ";
        text += part;
    };
    if (flags.syn) add("SYN=1");
    if (flags.fin) add("FIN=1");
    if (flags.rst) add("RST=1");
    if (flags.ack) add("ACK=1");
    add("seq=" + fromIsn(packet.from, packet.tcp.seq));
    if (packet.tcp.ack) add("ack=" + fromIsn(other(packet.from), *packet.tcp.ack));
    if (packet.tcp.len > 0) add("len=" + std::to_string(packet.tcp.len));
    return text;
}

}  // namespace

std::string_view toString(Notation notation) {
    switch (notation) {
        case Notation::Tcpdump: return "tcpdump";
        case Notation::Names: return "names";
        case Notation::Textbook: return "textbook";
    }
    TCPLAB_UNREACHABLE();
}

std::string labelOf(const Packet& packet, Notation notation) {
    switch (notation) {
        case Notation::Tcpdump: return wire::flagsText(packet.tcp.flags) + numbers(packet.tcp);
        case Notation::Names: return wire::flagNames(packet.tcp.flags) + numbers(packet.tcp);
        case Notation::Textbook: return textbook(packet);
    }
    TCPLAB_UNREACHABLE();
}

}  // namespace tcplab
