#include "sim/drill/script_lines.h"

#include "sim/drill/packet_writer.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace tcplab::drill {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMostPackets = 5000;
/// How far a kernel's answer may be from the model's: a delayed ACK waits for the next tick.
constexpr Duration kKernelVaries = 5ms;

Unexpected<Error> noScript(std::string why) {
    return Unexpected{Error{Error::Code::Usage, std::move(why)}};
}

/// "0.010", with as many digits as it takes.
std::string seconds(Duration time) {
    time = std::max(time, Duration{});
    std::string fraction = std::to_string(1'000'000'000 + time % 1s / 1ns).substr(1);
    while (fraction.size() > 3 && fraction.back() == '0') fraction.pop_back();
    return std::to_string(time / 1s) + "." + fraction;
}

const Connection* connectionOf(const Trace& trace, const ScriptSubject& subject) {
    const auto found = std::ranges::find(trace.connections(), subject.connection, &Connection::id);
    return found == trace.connections().end() ? nullptr : &*found;
}

std::optional<Error> refusal(const Trace& trace, const ScriptSubject& subject) {
    if (connectionOf(trace, subject) == nullptr) return noScript("there is no connection").error();
    const auto count = std::ranges::count(
        trace.packets(), subject.connection, [](const Packet& p) { return p.connection; });
    if (static_cast<std::size_t>(count) > kMostPackets)
        return noScript("it has " + std::to_string(count) + " packets, and a script " +
                        std::to_string(kMostPackets) + " at most")
            .error();
    return {};
}

/// Lines as they come, and the descriptors in them: 3 is the first socket, 4 what accept() gave.
class Lines {
public:
    explicit Lines(std::uint8_t ipVersion) { made_.ipVersion = ipVersion; }

    void add(const std::string& when, const std::string& what) {
        made_.all.push_back(when + " " + what + "\n");
    }
    void open(const std::string& when) {
        if (isOpen_) return;
        add(when, "socket(..., SOCK_STREAM, IPPROTO_TCP) = 3");
        isOpen_ = true;
    }
    void listen(const std::string& when) {
        open(when);
        listens_ = true;
        add(when, "bind(3, ..., ...) = 0");
        add("+0.000", "listen(3, 1) = 0");
    }
    void connectAtOnce(const std::string& when) {
        open(when);
        add(when, "fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0");
        add("+0.000", "connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)");
    }
    void accept(const std::string& when) {
        add(when, "accept(3, ..., ...) = 4");
        fd_ = "4";
        listens_ = false;
    }
    /// `arguments`: "TCP_NODELAY, 1"
    void setOption(const std::string& when, std::string_view arguments) {
        open(when);
        const auto comma = arguments.find(", ");
        const std::string name{arguments.substr(0, comma)};
        const std::string level = name.starts_with("TCP_") ? "SOL_TCP" : "SOL_SOCKET";
        add(when,
            "setsockopt(" + fd_ + ", " + level + ", " + name + ", [" +
                std::string{arguments.substr(comma + 2)} + "], 4) = 0");
    }
    void reset(const std::string& when) {
        add(when, "setsockopt(" + fd_ + ", SOL_SOCKET, SO_LINGER, {onoff=1, linger=0}, 8) = 0");
        add("+0.000", "close(" + fd_ + ") = 0");
    }
    [[nodiscard]] const std::string& fd() const { return fd_; }
    /// Whether there is a socket that octets can go through.
    [[nodiscard]] bool isOpen() const { return isOpen_ && !listens_; }
    [[nodiscard]] ScriptLines take() { return std::move(made_); }

private:
    ScriptLines made_{};
    std::string fd_ = "3";
    bool isOpen_ = false;
    bool listens_ = false;
};

// A simulated run.

/// What a call of the record came to.
struct Ended {
    Instant at{};
    std::string result{};
};

std::optional<Ended> endOf(const Trace& trace, CallId call) {
    for (const Entry& entry : trace.entries())
        if (const auto* returned = std::get_if<Returned>(&entry.what))
            if (returned->call == call) return Ended{entry.at, returned->result};
    return {};
}

/// "12" of "send(12)"
std::string argumentOf(std::string_view call) {
    const auto from = call.find('(') + 1;
    return std::string{call.substr(from, call.find(')') - from)};
}

/// "0", "-1 EPIPE"
std::string resultText(const std::string& result) {
    const bool failed = !result.empty() && result.front() == 'E';
    return failed ? "-1 " + result : result;
}

/// Adds the call; an error where no socket can make it.
std::optional<Error> addCall(const Called& call,
                             const Entry& entry,
                             const Trace& trace,
                             Lines& lines) {
    const auto ended = endOf(trace, call.call);
    const std::string at = seconds(entry.at.time_since_epoch());
    const std::string_view text = call.text;
    const auto starts = [&](std::string_view name) { return text.starts_with(name); };
    if (starts("listen")) return lines.listen(at), std::nullopt;
    if (starts("connect") && !ended) return lines.connectAtOnce(at), std::nullopt;
    if (!ended) return {};  // It waits to the end: nothing can be said of it.
    if (starts("setsockopt")) return lines.setOption(at, argumentOf(text)), std::nullopt;
    const bool opens = starts("connect") || starts("accept");
    if (!opens && !lines.isOpen())
        return noScript("its program calls " + call.text +
                        " of a connection that accept() has not given it, and no socket can")
            .error();
    const std::string when =
        ended->at == entry.at ? at : at + "..." + seconds(ended->at.time_since_epoch());
    const std::string result = " = " + resultText(ended->result);
    if (starts("connect")) {
        lines.open(at);
        lines.add(when, "connect(3, ..., ...)" + result);
    } else if (starts("accept")) {
        lines.accept(when);
    } else if (starts("send")) {
        lines.add(when, "send(" + lines.fd() + ", ..., " + argumentOf(text) + ", 0)" + result);
    } else if (starts("recv")) {
        lines.add(when, "recv(" + lines.fd() + ", ..., " + argumentOf(text) + ", 0)" + result);
    } else if (starts("shutdown")) {
        lines.add(when, "shutdown(" + lines.fd() + ", SHUT_WR)" + result);
    } else if (starts("close(), linger 0")) {
        lines.reset(when);
    } else {
        lines.add(when, "close(" + lines.fd() + ")" + result);
    }
    return {};
}

}  // namespace

std::string statementOf(const Trace& trace, const Packet& packet, Side host) {
    const ScriptSubject subject{.connection = packet.connection, .host = host};
    return PacketWriter{trace, subject}.text(packet, true);
}

Expected<ScriptLines, Error> knownLines(const Trace& trace, const ScriptSubject& subject) {
    if (auto error = refusal(trace, subject)) return Unexpected{*std::move(error)};
    const Connection& connection = *connectionOf(trace, subject);
    const PacketWriter packets{trace, subject};
    Lines lines{connection.ends[subject.host].ip.version};
    for (const Entry& entry : trace.entries()) {
        if (entry.connection != subject.connection || entry.side != subject.host) continue;
        const std::string at = seconds(entry.at.time_since_epoch());
        if (const auto* sent = std::get_if<Sent>(&entry.what))
            lines.add(at, packets.text(*trace.find(sent->packet), true));
        if (const auto* arrived = std::get_if<Arrived>(&entry.what))
            lines.add(at, packets.text(*trace.find(arrived->packet), true));
        if (const auto* called = std::get_if<Called>(&entry.what))
            if (auto error = addCall(*called, entry, trace, lines))
                return Unexpected{*std::move(error)};
    }
    return lines.take();
}

namespace {

// What packets suggest.

class Guess {
public:
    Guess(const Trace& trace, const ScriptSubject& subject, const Connection& connection)
        : trace_{trace},
          subject_{subject},
          packets_{trace, subject},
          lines_{connection.ends[subject.host].ip.version} {
        for (const Packet& packet : trace.packets())
            if (packet.connection == subject.connection) all_.push_back(&packet);
    }

    [[nodiscard]] std::optional<Error> wrong() const {
        const bool opens = !all_.empty() && all_.front()->tcp.flags.syn &&
                           !all_.front()->tcp.flags.ack && all_.front()->from == Side::Client;
        if (!opens) return noScript("the handshake is not in the capture").error();
        return {};
    }

    [[nodiscard]] ScriptLines lines() {
        start_ = timeOf(*all_.front());
        if (subject_.host == Side::Client)
            lines_.connectAtOnce("0.000");
        else if (packets_.knows(Side::Server))  // Else nobody listened.
            lines_.listen("0.000");
        for (std::size_t i = 0; i < all_.size(); ++i) {
            const Packet& packet = *all_[i];
            if (packet.from == subject_.host)
                sent(i);
            else
                came(packet);
        }
        ScriptLines made = lines_.take();
        made.syn = packets_.synOptions();
        return made;
    }

private:
    [[nodiscard]] static Instant timeOf(const Packet& packet) {
        const auto& first = packet.transit.seen ? packet.transit.seen : packet.transit.departed;
        return first ? first->at : Instant{};
    }
    [[nodiscard]] std::string at(const Packet& packet) const {
        return seconds(timeOf(packet) - start_);
    }

    void sent(std::size_t index) {
        const Packet& packet = *all_[index];
        const TcpNumbers& tcp = packet.tcp;
        const bool newFin = tcp.flags.fin && !closed_;
        if (tcp.len > 0 && tcp.seq + tcp.len > written_) {
            const std::int64_t octets = endOfWrite(index) - written_;
            const char* const flags = newFin ? "MSG_MORE" : "0";
            lines_.add(at(packet),
                       "send(" + lines_.fd() + ", ..., " + std::to_string(octets) + ", " + flags +
                           ") = " + std::to_string(octets));
            written_ += octets;
        }
        if (newFin) {
            closed_ = true;
            const bool more =
                std::any_of(all_.begin() + static_cast<std::ptrdiff_t>(index),
                            all_.end(),
                            [&](const Packet* later) {
                                return later->from != subject_.host && later->tcp.len > 0;
                            });
            lines_.add(at(packet),
                       more ? "shutdown(" + lines_.fd() + ", SHUT_WR) = 0"
                            : "close(" + lines_.fd() + ") = 0");
        }
        if (tcp.flags.rst && !closed_ && established_) {
            closed_ = true;
            lines_.reset(at(packet));
        }
        const Duration when = timeOf(packet) - start_;
        lines_.add(seconds(when - kKernelVaries) + "~" + seconds(when + kKernelVaries),
                   packets_.text(packet, false));
    }

    /// A write goes on until a PSH, or the last of what was sent before something else came.
    [[nodiscard]] std::int64_t endOfWrite(std::size_t index) const {
        std::int64_t end = written_;
        for (std::size_t i = index; i < all_.size(); ++i) {
            const TcpNumbers& tcp = all_[i]->tcp;
            if (all_[i]->from != subject_.host) {
                if (tcp.len > 0) break;
                continue;
            }
            end = std::max(end, tcp.seq + tcp.len);
            if (tcp.flags.psh || tcp.flags.fin) break;
        }
        return end;
    }

    void came(const Packet& packet) {
        const TcpNumbers& tcp = packet.tcp;
        lines_.add(at(packet), packets_.text(packet, true));
        const bool acceptsNow = !established_ && tcp.ack == 1 && !tcp.flags.rst;
        if (acceptsNow) {
            established_ = true;
            if (subject_.host == Side::Server) lines_.accept("+0.000");
        }
        if (!established_ || tcp.len == 0) return;
        const std::int64_t end = tcp.seq + tcp.len;
        if (tcp.seq > read_ || end <= read_) return;
        const std::string octets = std::to_string(end - read_);
        if (!closed_)
            lines_.add("+0.000", "recv(" + lines_.fd() + ", ..., " + octets + ", 0) = " + octets);
        read_ = end;
    }

    const Trace& trace_;
    const ScriptSubject& subject_;
    PacketWriter packets_;
    Lines lines_;
    std::vector<const Packet*> all_{};
    Instant start_{};
    std::int64_t written_ = 1;  ///< The number of the next octet that the program writes.
    std::int64_t read_ = 1;     ///< Of the next octet that it reads.
    bool established_ = false;
    bool closed_ = false;
};

}  // namespace

Expected<ScriptLines, Error> guessedLines(const Trace& trace, const ScriptSubject& subject) {
    if (auto error = refusal(trace, subject)) return Unexpected{*std::move(error)};
    Guess guess{trace, subject, *connectionOf(trace, subject)};
    if (auto error = guess.wrong()) return Unexpected{*std::move(error)};
    return guess.lines();
}

}  // namespace tcplab::drill
