#include "sim/trace/label.h"

#include "sim/base/check.h"
#include "sim/base/overloaded.h"
#include "sim/tcp/timer.h"
#include "sim/wire/notation.h"

namespace tcplab {

namespace {

std::string_view inChinese(tcp::Timer timer) {
    switch (timer) {
        case tcp::Timer::Retransmission: return "重传";
        case tcp::Timer::LossProbe: return "丢失探测";
        case tcp::Timer::Reordering: return "失序";
        case tcp::Timer::Persist: return "持续";
        case tcp::Timer::DelayedAck: return "推迟确认";
        case tcp::Timer::TimeWait: return "时间等待";
        case tcp::Timer::KeepAlive: return "保活";
        case tcp::Timer::User: return "用户";
        case tcp::Timer::FinWait2: return "FIN-WAIT-2 ";
    }
    TCPLAB_UNREACHABLE();
}

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

std::string labelOf(const Trace& trace,
                    const Happening& what,
                    Notation notation,
                    Language language) {
    const auto say = [language](std::string_view en, std::string_view zh) {
        return std::string{Text{en, zh}.in(language)};
    };
    const auto timer = [language](std::string_view name) {
        return std::string{nameOfTimer(name).in(language)};
    };
    const auto packet = [&](PacketId number) {
        const Packet* found = trace.find(number);
        const std::string name = " " + std::to_string(number);
        return found == nullptr ? name : name + "  " + labelOf(*found, notation);
    };
    return std::visit(
        Overloaded{
            [&](const Sent& it) { return say("sends", "发送") + packet(it.packet); },
            [&](const Arrived& it) { return say("receives", "收到") + packet(it.packet); },
            [&](const Lost& it) { return say("loses", "丢失") + packet(it.packet); },
            [&](const Discarded& it) { return say("discards", "不接受") + packet(it.packet); },
            [](const Entered& it) {
                return std::string{toString(it.from)} + " -> " + std::string{toString(it.to)};
            },
            [](const Called& it) { return it.text; },
            [](const Returned& it) { return it.text + " = " + it.result; },
            [&](const Armed& it) {
                return say("starts the ", "启动") + timer(it.timer) + say(" timer", "计时器");
            },
            [&](const Disarmed& it) {
                return say("stops the ", "停止") + timer(it.timer) + say(" timer", "计时器");
            },
            [&](const Fired& it) { return timer(it.timer) + say(" timeout", "超时"); },
            [&](const VariableChanged& it) {
                return std::string{it.name} + " = " + std::to_string(it.after) +
                       say(", was ", "，原为 ") + std::to_string(it.before);
            },
        },
        what);
}

Text nameOfTimer(std::string_view timer) {
    for (const tcp::Timer one : tcp::kTimers)
        if (toString(one) == timer) return {timer, inChinese(one)};
    return {timer, timer};
}

}  // namespace tcplab
