#include "sim/net/python_program.h"

#include <algorithm>
#include <chrono>

namespace tcplab::net {

namespace {

constexpr std::size_t kMostWritten = 24;  ///< Octets of a send() that are written out.
constexpr std::size_t kLetters = 26;

/// "0.05": as a Python number, without needless digits.
std::string inSeconds(Duration time) {
    const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(time).count();
    constexpr std::int64_t kMillion = 1'000'000;
    std::string fraction = std::to_string(kMillion + microseconds % kMillion).substr(1);
    while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
    return std::to_string(microseconds / kMillion) + (fraction.empty() ? "" : "." + fraction);
}

bool has(const Program& program, CallKind kind) {
    return std::ranges::any_of(program, [kind](const Call& call) { return call.kind == kind; });
}

bool isLong(const Call& call) {
    return call.kind == CallKind::Send && call.octets.size() > kMostWritten;
}

/// b"GET /", with escapes for what is no printable ASCII.
std::string literal(const Bytes& octets) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text = "b\"";
    for (const char letter : octets.text()) {
        const auto octet = static_cast<unsigned char>(letter);
        if (letter == '\n') {
            text += "\\n";
        } else if (letter == '\r') {
            text += "\\r";
        } else if (letter == '"' || letter == '\\') {
            text += {'\\', letter};
        } else if (octet < ' ' || octet > '~') {
            text += {'\\', 'x', kDigits[octet >> 4U], kDigits[octet & 15U]};
        } else {
            text += letter;
        }
    }
    return text + '"';
}

std::string octetsOf(const Call& call) {
    if (!isLong(call)) return literal(call.octets);
    const std::size_t size = call.octets.size();
    if (call.octets == alphabet(size))
        return "(letters * " + std::to_string(size / kLetters + 1) + ")[:" + std::to_string(size) +
               "]";
    return literal(call.octets);
}

/// `socket` is the variable that holds it.
std::vector<std::string> linesOf(const Call& call,
                                 const std::string& socket,
                                 const wire::SocketAddress& peer) {
    switch (call.kind) {
        case CallKind::Listen: return {"l.listen()"};
        case CallKind::Accept: return {"s, peer = l.accept()"};
        case CallKind::Connect:
            return {"s.connect((\"" + wire::toString(peer.ip) + "\", " + std::to_string(peer.port) +
                    "))"};
        case CallKind::Send: return {"s.sendall(" + octetsOf(call) + ")"};
        case CallKind::Recv: {
            const std::string recv = "s.recv(" + std::to_string(call.count) + ")";
            return {call.untilEnd ? "while " + recv + ": pass" : "data = " + recv};
        }
        case CallKind::Shutdown: return {"s.shutdown(SHUT_WR)"};
        case CallKind::Close: return {"s.close()"};
        case CallKind::Abort:
            return {"s.setsockopt(SOL_SOCKET, SO_LINGER,", "    pack(\"ii\", 1, 0))", "s.close()"};
        case CallKind::SetOption: {
            const SocketOptionName& option = nameOf(call.option);
            return {socket + ".setsockopt(" + std::string{option.level()} + ",",
                    "    " + std::string{option.name} + ", " + std::to_string(call.value) + ")"};
        }
    }
    TCPLAB_UNREACHABLE();
}

}  // namespace

std::vector<PythonLine> pythonOf(const Program& program,
                                 const wire::SocketAddress& own,
                                 const wire::SocketAddress& peer) {
    std::vector<PythonLine> lines;
    const auto add = [&lines](std::string text, std::optional<std::size_t> call = {}) {
        lines.push_back({std::move(text), call});
    };
    const bool connects = has(program, CallKind::Connect);
    const std::string family = own.ip.version == 4 ? "AF_INET" : "AF_INET6";
    add("from socket import *");
    if (has(program, CallKind::Abort)) add("from struct import pack");
    if (std::ranges::any_of(program, [](const Call& c) { return c.delay > Duration{}; }))
        add("from time import sleep");
    if (std::ranges::any_of(program, isLong)) add("letters = b\"abcdefghijklmnopqrstuvwxyz\"");
    if (has(program, CallKind::Listen)) {
        add("l = socket(" + family + ", SOCK_STREAM)");
        add("l.bind((\"\", " + std::to_string(own.port) + "))");
    }
    if (connects) {
        add("s = socket(" + family + ", SOCK_STREAM)");
        // Two that call each other have ports that both know.
        if (has(program, CallKind::Listen) || own.port < peer.port)
            add("s.bind((\"\", " + std::to_string(own.port) + "))");
    }
    // Until accept() gives another one, a server has the socket that listens.
    bool accepted = connects;
    for (std::size_t i = 0; i < program.size(); ++i) {
        const Call& call = program[i];
        if (call.kind == CallKind::Accept) accepted = true;
        const bool listening = has(program, CallKind::Listen) && !accepted;
        if (call.at) add("# at " + inSeconds(call.at->time_since_epoch()) + " s", i);
        if (call.after)
            add("# once the " + std::string{toString(call.after->side)} + " is in " +
                    std::string{toString(call.after->state)},
                i);
        if (call.untilEnd && call.delay > Duration{}) {
            add("while True:", i);
            add("    sleep(" + inSeconds(call.delay) + ")", i);
            add("    if not s.recv(" + std::to_string(call.count) + "): break", i);
            continue;
        }
        if (call.delay > Duration{}) add("sleep(" + inSeconds(call.delay) + ")", i);
        for (std::string& line : linesOf(call, listening ? "l" : "s", peer))
            add(std::move(line), i);
    }
    return lines;
}

}  // namespace tcplab::net
