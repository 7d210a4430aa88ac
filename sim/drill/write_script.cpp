#include "sim/drill/write_script.h"

#include "sim/drill/play.h"
#include "sim/drill/script_lines.h"

#include <array>
#include <optional>
#include <utility>

namespace tcplab::drill {
namespace {

/// What a scenario may set and a variable of sysctl can say. Times are milliseconds.
struct Knob {
    std::string_view variable;
    std::int64_t (*of)(const tcp::Config& config);
};

std::int64_t ms(Duration duration) {
    return duration / std::chrono::milliseconds{1};
}

constexpr auto kKnobs = std::to_array<Knob>({
    {"net.inet.tcp.delacktime", [](const tcp::Config& c) { return ms(c.delayedAck); }},
    {"net.inet.tcp.initcwnd_segments",
     [](const tcp::Config& c) { return std::int64_t{c.initialWindow.value_or(0)}; }},
    {"net.inet.tcp.keepidle", [](const tcp::Config& c) { return ms(c.keepAliveIdle); }},
    {"net.inet.tcp.msl", [](const tcp::Config& c) { return ms(c.msl); }},
    {"net.inet.tcp.recvspace", [](const tcp::Config& c) { return std::int64_t{c.receiveBuffer}; }},
    {"net.ipv4.tcp_sack", [](const tcp::Config& c) { return std::int64_t{c.sack}; }},
    {"net.ipv4.tcp_timestamps", [](const tcp::Config& c) { return std::int64_t{c.timestamps}; }},
    {"net.ipv4.tcp_window_scaling",
     [](const tcp::Config& c) { return std::int64_t{c.windowScale.has_value()}; }},
});

/// What a kernel offered, as far as a variable can say it.
tcp::Config asOffered(tcp::Config config, const wire::TcpOptions& syn) {
    config.mss = syn.maximumSegmentSize().value_or(config.mss);
    config.sack = syn.sackPermitted();
    config.timestamps = syn.timestamps().has_value();
    config.windowScale = syn.windowScale();
    return config;
}

/// The shift that is offered follows from the largest buffer.
std::string scaleFor(const tcp::Config& wanted, const tcp::Config& base) {
    if (!wanted.windowScale || wanted.windowScale == base.windowScale) return {};
    const std::uint64_t most = std::uint64_t{0xFFFF} << *wanted.windowScale;
    return "0.000 `sysctl -q net.ipv4.tcp_rmem='4096 131072 " + std::to_string(most) + "'`\n";
}

std::string variablesFor(const tcp::Config& wanted, const tcp::Config& base) {
    std::string words;
    for (const Knob& knob : kKnobs)
        if (knob.of(wanted) != knob.of(base))
            words += " " + std::string{knob.variable} + "=" + std::to_string(knob.of(wanted));
    return words.empty() ? words : "0.000 `sysctl -q" + words + "`\n";
}

std::string socketOptionsFor(const tcp::Config& wanted, const tcp::Config& base) {
    std::string lines;
    const auto set = [&](bool differs, std::string_view level, std::string_view name, int value) {
        if (differs)
            lines += "+0.000 setsockopt(3, " + std::string{level} + ", " + std::string{name} +
                     ", [" + std::to_string(value) + "], 4) = 0\n";
    };
    set(wanted.nagle != base.nagle, "IPPROTO_TCP", "TCP_NODELAY", wanted.nagle ? 0 : 1);
    set(wanted.cork && !base.cork, "IPPROTO_TCP", "TCP_CORK", 1);
    set(wanted.mss != base.mss, "IPPROTO_TCP", "TCP_MAXSEG", wanted.mss);
    set(wanted.keepAlive && !base.keepAlive, "SOL_SOCKET", "SO_KEEPALIVE", 1);
    return lines;
}

/// All but the comment that says what came of it.
std::string compose(const ScriptLines& lines, const ScriptSubject& subject, tcp::Profile profile) {
    const bool v6 = lines.ipVersion == 6;
    tcp::Config base = tcp::configOf(profile);
    if (v6) base = tcp::withIpv6(base);
    tcp::Config wanted = base;
    if (subject.plan != nullptr)
        wanted = subject.plan->config;
    else if (lines.syn)
        wanted = asOffered(base, *lines.syn);
    std::string text = "// profile: " + std::string{toString(profile)} + "\n\n";
    if (v6) text += "--ip_version=ipv6\n";
    // Of a kernel's timestamps the clock is not known.
    text += "--tcp_ts_tick_usecs=" + std::string{subject.plan == nullptr ? "0" : "1000"} + "\n\n";
    text += variablesFor(wanted, base) + scaleFor(wanted, base);
    const std::string options = socketOptionsFor(wanted, base);
    for (const std::string& line : lines.all) {
        text += line;
        if (line.find(" socket(") != std::string::npos) text += options;
    }
    return text;
}

std::string sentenceOf(const Verdict& verdict) {
    std::string text{toText(verdict).en};
    for (char& c : text)
        if (c == '\n') c = ' ';
    return text;
}

}  // namespace

Expected<WrittenScript, Error> writeScript(const Trace& trace, const ScriptSubject& subject) {
    const auto lines =
        subject.plan == nullptr ? guessedLines(trace, subject) : knownLines(trace, subject);
    if (!lines) return Unexpected{lines.error()};

    std::string head = "// " + subject.title + "\n//\n// Made by tcplab: the " +
                       std::string{toString(subject.host)} + " is the machine under test.\n";
    if (subject.plan == nullptr)
        head +=
            "// A capture does not show calls: those here are what the packets suggest, and each\n"
            "// answer may come a little sooner or later than it did.\n";
    std::optional<WrittenScript> best;
    for (const tcp::Profile profile : tcp::kProfiles) {
        std::string text = head + compose(*lines, subject, profile);
        const Verdict verdict = run(text, {}, {});
        const bool passed = verdict.kind == Verdict::Kind::Passed;
        if (!best || passed || best->verdict.place.line < verdict.place.line)
            best = WrittenScript{std::move(text), profile, verdict};
        if (passed) break;
    }
    // One line takes the place of an empty one, so that the line named in it stays right.
    const std::string outcome = "// " + sentenceOf(best->verdict) + "\n";
    best->text.replace(best->text.find("\n\n") + 1, 1, outcome);
    return *std::move(best);
}

}  // namespace tcplab::drill
