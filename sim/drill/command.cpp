#include "sim/drill/command.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <vector>

namespace tcplab::drill {

namespace {

using host::Host;
using tcp::State;

std::vector<std::string_view> split(std::string_view text, std::string_view signs) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(signs), text.size());
        if (end > 0) parts.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

// Words, what stands between quotation marks being part of one.
std::vector<std::string> wordsOf(std::string_view text) {
    std::vector<std::string> words;
    char quote = '\0';
    bool inWord = false;
    for (const char c : text) {
        const bool blank = quote == '\0' && (c == ' ' || c == '\t' || c == '\n' || c == '\r');
        if (!blank && !inWord) words.emplace_back();
        inWord = !blank;
        if (blank) continue;
        if (c == quote)
            quote = '\0';
        else if (quote == '\0' && (c == '"' || c == '\''))
            quote = c;
        else
            words.back() += c;
    }
    return words;
}

std::optional<std::int64_t> numberIn(std::string_view text) {
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return {};
    return value;
}

// As sockstat(1) and netstat(1) of the BSDs write them.
std::string_view bsdName(State state) {
    switch (state) {
        case State::Listen: return "LISTEN";
        case State::SynSent: return "SYN_SENT";
        case State::SynReceived: return "SYN_RCVD";
        case State::Established: return "ESTABLISHED";
        case State::FinWait1: return "FIN_WAIT_1";
        case State::FinWait2: return "FIN_WAIT_2";
        case State::CloseWait: return "CLOSE_WAIT";
        case State::Closing: return "CLOSING";
        case State::LastAck: return "LAST_ACK";
        case State::TimeWait: return "TIME_WAIT";
        case State::Closed: return "CLOSED";
    }
    TCPLAB_UNREACHABLE();
}

// A line for each TCP socket: who has it, its ends and, with -s, its state.
Expected<std::string, std::string> sockstat(const std::vector<std::string>& words,
                                            const Host& host) {
    bool states = false;
    std::optional<std::uint8_t> version;
    std::optional<std::int64_t> port;
    for (std::size_t i = 1; i < words.size(); ++i) {
        const std::string_view word = words[i];
        const auto next =
            i + 1 < words.size() ? std::string_view{words[i + 1]} : std::string_view{};
        if (word == "-4" || word == "-6")
            version = word == "-4" ? 4 : 6;
        else if (word == "-s")
            states = true;
        else if (word == "-P" && next == "tcp")
            ++i;
        else if (word == "-p" && numberIn(next))
            port = numberIn(words[++i]);
        else if (word != "-c" && word != "-l" && word != "-n")
            return Unexpected{"sockstat " + std::string{word}};
    }
    std::string lines;
    for (const auto& [id, socket] : host.sockets()) {
        if (socket.type != host::call::Socket::Type::Stream) continue;
        if (version && *version != socket.ipVersion) continue;
        const auto portOf = [](const auto& address) { return address ? address->port : 0; };
        if (port && portOf(socket.local) != *port && portOf(socket.remote) != *port) continue;
        const auto endOf = [](const auto& address) {
            return address ? wire::toString(*address) : std::string{"*:*"};
        };
        // The name of the program that runs scripts, cut as sockstat cuts it.
        lines += std::string{socket.orphan ? "?" : "packetdril"} + " tcp" +
                 std::to_string(socket.ipVersion) + " " + endOf(socket.local) + " " +
                 endOf(socket.remote);
        if (states) lines += " " + std::string{bsdName(socket.endpoint.state())};
        lines += "\n";
    }
    return lines;
}

// grep [-c] [-q] [-v] PATTERN: the pattern is a word, not an expression.
Expected<CommandResult, std::string> grep(const std::vector<std::string>& words,
                                          std::string_view input) {
    bool count = false;
    bool invert = false;
    std::optional<std::string_view> pattern;
    for (const std::string_view word : std::span{words}.subspan(1)) {
        if (word == "-c")
            count = true;
        else if (word == "-v")
            invert = true;
        else if (word.starts_with('-') && word != "-q")
            return Unexpected{"grep " + std::string{word}};
        else if (!word.starts_with('-'))
            pattern = word;
    }
    if (!pattern) return Unexpected{std::string{"grep without a pattern"}};
    std::size_t lines = 0;
    std::string found;
    for (const std::string_view line : split(input, "\n")) {
        if ((line.find(*pattern) != std::string_view::npos) == invert) continue;
        ++lines;
        found += std::string{line} + "\n";
    }
    return CommandResult{lines > 0, count ? std::to_string(lines) + "\n" : found};
}

// "net/ipv4/tcp_sack" and "/proc/sys/net/ipv4/tcp_sack" are "net.ipv4.tcp_sack".
std::string variableName(std::string_view word) {
    constexpr std::string_view kFolder = "/proc/sys/";
    if (word.starts_with(kFolder)) word.remove_prefix(kFolder.size());
    std::string name{word};
    std::ranges::replace(name, '/', '.');
    return name;
}

Expected<CommandResult, std::string> sysctl(const std::vector<std::string>& words, Host& host) {
    host::HostConfig config = host.config();
    for (const std::string_view word : std::span{words}.subspan(1)) {
        if (word.starts_with('-')) continue;
        const std::size_t equals = word.find('=');
        if (equals == std::string_view::npos)
            return Unexpected{"sysctl " + std::string{word} + " without a value"};
        if (!setVariable(
                variableName(word.substr(0, equals)), wordsOf(word.substr(equals + 1)), config))
            return Unexpected{"sysctl " + std::string{word}};
    }
    host.configure(std::move(config));
    return CommandResult{};
}

// "ip route change ... initcwnd 20": what a route says of connections over it. Else it concerns
// devices, addresses and caches that are not there.
Expected<CommandResult, std::string> ip(const std::vector<std::string>& words, Host& host) {
    host::HostConfig config = host.config();
    for (std::size_t i = 2; i + 1 < words.size(); ++i)
        if (words[i] == "initcwnd") {
            const auto segments = numberIn(words[i + 1]);
            if (!segments || *segments < 1) return Unexpected{"ip with initcwnd " + words[i + 1]};
            config.tcp.initialWindow = static_cast<std::uint32_t>(*segments);
        }
    host.configure(std::move(config));
    return CommandResult{};
}

// A queue that only paces or holds packets is not there in virtual time; one that drops them is
// asked for in vain.
Expected<CommandResult, std::string> tc(const std::vector<std::string>& words) {
    for (std::size_t i = 1; i < words.size(); ++i)
        if (words[i] == "netem" ||
            (words[i] == "limit" && i + 1 < words.size() && words[i + 1] == "0"))
            return Unexpected{"tc with " + words[i]};
    return CommandResult{};
}

// What a script of that name beside a suite for Linux sets where it differs from Linux's own.
Expected<CommandResult, std::string> usualValues(Host& host) {
    return sysctl({"sysctl",
                   "net.ipv4.tcp_rmem=4096 540000 15728640",
                   "net.ipv4.tcp_wmem=4096 262144 4194304",
                   "net.ipv4.tcp_syn_retries=5",
                   "net.ipv4.tcp_congestion_control=cubic",
                   "net.ipv4.tcp_ecn=0",
                   "net.ipv4.tcp_slow_start_after_idle=0"},
                  host);
}

Expected<CommandResult, std::string> tcpdrop(const std::vector<std::string>& words,
                                             Host& host,
                                             Instant now,
                                             host::Outcome& out) {
    if (words.size() == 3 && words[1] == "-s")
        for (const State state : tcp::kStates)
            if (bsdName(state) == words[2]) {
                host.drop(state, now, out);
                return CommandResult{};
            }
    return Unexpected{std::string{"tcpdrop with these arguments"}};
}

Expected<CommandResult, std::string> runPart(
    std::string_view part, std::string_view input, Host& host, Instant now, host::Outcome& out) {
    constexpr auto kWithoutEffect = std::to_array<std::string_view>(
        {"true", "echo", "sleep", "nstat", "ethtool", "modprobe", "cat", "sync", "ss", "exit"});
    const std::vector<std::string> words = wordsOf(part);
    if (words.empty()) return CommandResult{};
    const std::string_view name = words[0];
    if (std::ranges::find(kWithoutEffect, name) != kWithoutEffect.end()) return CommandResult{};
    if (name.find("sysctl_restore") != std::string_view::npos) return CommandResult{};
    if (name == "sysctl" || name.ends_with("set_sysctls.py")) return sysctl(words, host);
    if (name == "ip") return ip(words, host);
    if (name == "tc") return tc(words);
    if (name == "grep") return grep(words, input);
    if (name == "tcpdrop") return tcpdrop(words, host, now, out);
    if (name == "sockstat") {
        auto lines = sockstat(words, host);
        if (!lines) return Unexpected{lines.error()};
        return CommandResult{true, std::move(*lines)};
    }
    if (name.ends_with("/defaults.sh") || name == "defaults.sh") return usualValues(host);
    return Unexpected{"the command " + std::string{name}};
}

}  // namespace

namespace {

// Comments, lines that go on and redirections, which mean nothing here, are taken out.
std::string plain(std::string_view line) {
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const bool starts = text.empty() || text.back() == ' ' || text.back() == '\n' ||
                            text.back() == '\t' || text.back() == ';';
        if (line[i] == '#' && starts) {
            i = std::min(line.find('\n', i), line.size()) - 1;
        } else if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '\n') {
            text += ' ';
            ++i;
        } else if (line[i] == '>') {
            if (!text.empty() && (text.back() == '1' || text.back() == '2')) text.pop_back();
            constexpr std::string_view kSigns = "> \t&";
            i = std::min(line.find_first_not_of(kSigns, i), line.size());
            i = std::min(line.find_first_of(" \t\n;|", i), line.size()) - 1;
        } else {
            text += line[i];
        }
    }
    return text;
}

}  // namespace

Expected<CommandResult, std::string> runCommand(std::string_view written,
                                                Host& host,
                                                Instant now,
                                                host::Outcome& out) {
    CommandResult result;
    const std::string line = plain(written);
    for (const std::string_view command : split(line, "\n;&")) {
        result = {};
        for (const std::string_view part : split(command, "|")) {
            auto next = runPart(part, result.output, host, now, out);
            if (!next) return Unexpected{next.error()};
            result = std::move(*next);
        }
        if (!result.succeeded) return result;
    }
    return result;
}

}  // namespace tcplab::drill
