#include "sim/trace/stream_rows.h"

#include <string>

namespace tcplab {
namespace {

using Kind = Cause::Kind;

// {p} is the packet, {n} the octets, {t} the time.
Text sentenceOf(Kind kind) {
    switch (kind) {
        case Kind::ReadLate:
            return {
                "the receiver read late: it called recv {t} after what is before this could be "
                "read, and by then packet {p} had arrived too",
                "接收方读得晚：前面的数据可读 {t} 后才调用 recv，此时报文 {p} 也已到达"};
        case Kind::ReadTooMuch:
            return {"recv({n}) asked for more than was left of this send",
                    "recv({n}) 要的比这次 send 剩下的字节多"};
        case Kind::Nagle:
            return {
                "Nagle's algorithm held back what is before, as packet {p} was not yet "
                "acknowledged",
                "Nagle 算法扣住了前面的数据：报文 {p} 还没有被确认"};
        case Kind::Cork: return {"TCP_CORK held back what is before", "TCP_CORK 扣住了前面的数据"};
        case Kind::WindowClosed:
            return {"what is before waited in the send buffer: the peer's window had no room",
                    "前面的数据在发送缓存中等待：对方的窗口没有空间"};
        case Kind::CongestionClosed:
            return {"what is before waited in the send buffer: the congestion window had no room",
                    "前面的数据在发送缓存中等待：拥塞窗口没有空间"};
        case Kind::SentAgain:
            return {"octets were lost and sent again in other segments, packet {p} among them",
                    "数据丢失后重传，报文段的划分变了（如报文 {p}）"};
        case Kind::GapFilled:
            return {"packet {p} filled a gap, and what had arrived behind it could be read at once",
                    "报文 {p} 补上了缺口，其后早已到达的数据同时变为可读"};
        case Kind::ReadTooLittle:
            return {"recv({n}) asked for less than this send has",
                    "recv({n}) 要的比这次 send 的字节少"};
        case Kind::MaximumSegmentSize:
            return {"packet {p} was full with {n} octets (MSS), and the next had not arrived",
                    "报文 {p} 已装满 {n} 字节（MSS），下一个报文段还没有到达"};
        case Kind::WindowEdge:
            return {"packet {p} filled the peer's window, and the rest had to wait",
                    "报文 {p} 用完了对方的窗口，其余数据只能等待"};
        case Kind::CongestionEdge:
            return {"packet {p} filled the congestion window, and the rest had to wait",
                    "报文 {p} 用完了拥塞窗口，其余数据只能等待"};
        case Kind::ReadTooShort:
            return {"recv({n}) took the beginning of datagram {p}, and the rest of it is gone",
                    "recv({n}) 只取了用户数据报 {p} 的开头，其余部分丢失"};
        case Kind::DatagramLost:
            return {"datagram {p} was lost, and nobody sends it again",
                    "用户数据报 {p} 丢失，不会重传"};
        case Kind::BufferFull:
            return {"the receive buffer had no room for datagram {p}, and nobody sends it again",
                    "接收缓存放不下用户数据报 {p}，它被丢弃，不会重传"};
    }
    TCPLAB_UNREACHABLE();
}

std::string milliseconds(Duration time) {
    const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(time).count();
    std::string text = std::to_string(microseconds / 1000);
    if (microseconds % 1000 != 0) {
        std::string part = std::to_string(1000 + microseconds % 1000).substr(1);
        part.erase(part.find_last_not_of('0') + 1);
        text += "." + part;
    }
    return text + " ms";
}

void replace(std::string& text, std::string_view what, const std::string& with) {
    if (const auto at = text.find(what); at != text.npos) text.replace(at, what.size(), with);
}

}  // namespace

std::string_view toString(Cause::Kind kind) {
    switch (kind) {
        case Kind::ReadLate: return "read-late";
        case Kind::ReadTooMuch: return "read-too-much";
        case Kind::Nagle: return "nagle";
        case Kind::Cork: return "cork";
        case Kind::WindowClosed: return "window-closed";
        case Kind::CongestionClosed: return "congestion-closed";
        case Kind::SentAgain: return "sent-again";
        case Kind::GapFilled: return "gap-filled";
        case Kind::ReadTooLittle: return "read-too-little";
        case Kind::MaximumSegmentSize: return "mss";
        case Kind::WindowEdge: return "window-edge";
        case Kind::CongestionEdge: return "congestion-edge";
        case Kind::ReadTooShort: return "read-too-short";
        case Kind::DatagramLost: return "datagram-lost";
        case Kind::BufferFull: return "buffer-full";
    }
    TCPLAB_UNREACHABLE();
}

std::string describe(const Cause& cause, Language language) {
    std::string text{sentenceOf(cause.kind).in(language)};
    replace(text, "{p}", std::to_string(cause.packet.value_or(0)));
    replace(text, "{n}", std::to_string(cause.octets));
    replace(text, "{t}", milliseconds(cause.time));
    return text;
}

}  // namespace tcplab
