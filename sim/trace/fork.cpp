#include "sim/trace/fork.h"

#include "sim/base/nearest.h"
#include "sim/base/overloaded.h"
#include "sim/base/parse_duration.h"
#include "sim/base/words.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace tcplab {

namespace {

using net::CallKind;
using net::Fault;

template <class T>
struct Name {
    std::string_view text;
    T value;
};
constexpr std::array kFaults{Name<Fault::Kind>{"drop", Fault::Kind::Drop},
                             Name<Fault::Kind>{"delay", Fault::Kind::Delay},
                             Name<Fault::Kind>{"duplicate", Fault::Kind::Duplicate},
                             Name<Fault::Kind>{"corrupt", Fault::Kind::Corrupt}};
constexpr std::array kCalls{Name<CallKind>{"listen", CallKind::Listen},
                            Name<CallKind>{"accept", CallKind::Accept},
                            Name<CallKind>{"connect", CallKind::Connect},
                            Name<CallKind>{"send", CallKind::Send},
                            Name<CallKind>{"recv", CallKind::Recv},
                            Name<CallKind>{"shutdown", CallKind::Shutdown},
                            Name<CallKind>{"close", CallKind::Close},
                            Name<CallKind>{"abort", CallKind::Abort},
                            Name<CallKind>{"setsockopt", CallKind::SetOption}};
constexpr std::array kHosts{Name<Side>{"client", Side::Client}, Name<Side>{"server", Side::Server}};
constexpr std::uint32_t kMostOctets = 100'000'000;
constexpr std::uint32_t kUsualCount = 4096;  ///< Of recv, as in a scenario file.

template <class Names>
auto valueOf(const Names& names, std::string_view text) -> std::optional<decltype(names[0].value)> {
    for (const auto& name : names)
        if (name.text == text) return name.value;
    return std::nullopt;
}

template <class Names, class T>
std::string_view nameOf(const Names& names, T value) {
    for (const auto& name : names)
        if (name.value == value) return name.text;
    TCPLAB_UNREACHABLE();
}

template <class Names>
std::vector<std::string_view> textsOf(const Names& names) {
    std::vector<std::string_view> texts;
    for (const auto& name : names) texts.push_back(name.text);
    return texts;
}

Unexpected<Error> usage(std::string what) {
    return Unexpected{Error{Error::Code::Usage, std::move(what)}};
}

Expected<net::Choice, Error> faultIn(Fault::Kind kind, std::string_view rest) {
    const std::string name{nameOf(kFaults, kind)};
    const auto packet = numberIn(takeWord(rest));
    if (!packet) return usage(name + ": expected the number of a packet, as in \"" + name + " 4\"");
    net::Befall fault{.packet = *packet, .kind = kind};
    if (kind == Fault::Kind::Delay) {
        const auto extra = parseDuration(rest);
        if (!extra) return usage("delay: expected how long, as in \"delay 4 50ms\"");
        fault.extra = *extra;
    } else if (!rest.empty()) {
        return usage(name + ": '" + std::string{rest} + "' is too much");
    }
    return net::Choice{fault};
}

/// "TCP_NODELAY 1"
std::optional<Error> readOption(std::string_view rest, net::Call& call) {
    const std::string_view name = takeWord(rest);
    if (name.empty())
        return usage("setsockopt: expected an option, as in \"setsockopt TCP_NODELAY 1\"").error();
    const auto option = std::ranges::find(net::kSocketOptions, name, &net::SocketOptionName::name);
    if (option == net::kSocketOptions.end()) {
        std::vector<std::string_view> known;
        for (const auto& one : net::kSocketOptions) known.push_back(one.name);
        return usage("setsockopt: " + unknownWord(name, known)).error();
    }
    const auto value = numberIn(rest);
    if (!value || *value < option->least || *value > option->most)
        return usage("setsockopt: expected " + std::string{name} + " with a number from " +
                     std::to_string(option->least) + " to " + std::to_string(option->most))
            .error();
    call.option = option->option;
    call.value = static_cast<std::int64_t>(*value);
    return std::nullopt;
}

Expected<net::Choice, Error> callIn(std::string_view rest) {
    const std::string_view host = takeWord(rest);
    const auto side = valueOf(kHosts, host);
    if (host.empty()) return usage("call: expected a host, as in \"call client close\"");
    if (!side) return usage("call: " + unknownWord(host, textsOf(kHosts)));
    const std::string_view name = takeWord(rest);
    const auto kind = valueOf(kCalls, name);
    if (name.empty()) return usage("call: expected a call, as in \"call client close\"");
    if (!kind) return usage("call: " + unknownWord(name, textsOf(kCalls)));
    net::Call call{.kind = *kind};
    if (*kind == CallKind::Send) {
        const auto size = numberIn(rest);
        if (rest.empty() || (size && (*size == 0 || *size > kMostOctets)))
            return usage("send: expected how many octets, or a text");
        call.octets = size ? net::alphabet(*size) : Bytes{rest};
    } else if (*kind == CallKind::Recv) {
        const auto count = rest.empty() ? std::optional{kUsualCount} : numberIn(rest);
        if (!count || *count == 0) return usage("recv: expected at most how many octets");
        call.count = *count;
    } else if (*kind == CallKind::SetOption) {
        if (auto wrong = readOption(rest, call)) return Unexpected{*std::move(wrong)};
    } else if (!rest.empty()) {
        return usage(std::string{name} + ": '" + std::string{rest} + "' is too much");
    }
    return net::Choice{net::Interject{*side, std::move(call)}};
}

std::string wordsOf(const net::Call& call) {
    const std::string name{nameOf(kCalls, call.kind)};
    if (call.kind == CallKind::Recv) return name + " " + std::to_string(call.count);
    if (call.kind == CallKind::SetOption)
        return name + " " + std::string{net::nameOf(call.option).name} + " " +
               std::to_string(call.value);
    if (call.kind != CallKind::Send) return name;
    const bool counted = call.octets == net::alphabet(call.octets.size());
    return name + " " + (counted ? std::to_string(call.octets.size()) : call.octets.text());
}

/// In the largest unit that needs no fraction.
std::string wordsOf(Duration length) {
    using namespace std::chrono_literals;
    if (length % 1s == 0s) return std::to_string(length / 1s) + "s";
    if (length % 1ms == 0s) return std::to_string(length / 1ms) + "ms";
    if (length % 1us == 0s) return std::to_string(length / 1us) + "us";
    return std::to_string(length.count()) + "ns";
}

}  // namespace

Expected<net::Choice, Error> parseTurn(std::string_view text) {
    const std::string_view word = takeWord(text);
    if (word == "call") return callIn(text);
    if (const auto kind = valueOf(kFaults, word)) return faultIn(*kind, text);
    auto known = textsOf(kFaults);
    known.emplace_back("call");
    return usage(unknownWord(word, known));
}

Expected<Fork, Error> parseFork(std::string_view text) {
    const auto colon = text.find(':');
    std::string_view before = text.substr(0, colon);
    const auto at = numberIn(takeWord(before));
    if (colon == text.npos || !at)
        return usage("'" + std::string{text} +
                     "': expected a step and what is done there, as in \"5: drop 4\"");
    auto choice = parseTurn(text.substr(colon + 1));
    if (!choice) return Unexpected{choice.error()};
    return Fork{*at, *std::move(choice)};
}

std::string toString(const net::Choice& choice) {
    return std::visit(
        Overloaded{
            [](const net::Deliver& c) { return "deliver " + std::to_string(c.packet); },
            [](const net::Drop& c) { return "lose " + std::to_string(c.packet); },
            [](const net::Fire& c) {
                return std::string{toString(c.side)} + " " + std::string{toString(c.timer)} +
                       " timeout";
            },
            [](const net::MakeCall& c) { return std::string{toString(c.side)} + "'s next call"; },
            [](const net::Befall& c) {
                std::string text{nameOf(kFaults, c.kind)};
                text += " " + std::to_string(c.packet);
                if (c.kind != Fault::Kind::Delay) return text;
                return text + " " + wordsOf(c.extra);
            },
            [](const net::Interject& c) {
                return "call " + std::string{toString(c.side)} + " " + wordsOf(c.call);
            },
        },
        choice);
}

std::string toString(const Fork& fork) {
    return std::to_string(fork.at) + ": " + toString(fork.choice);
}

}  // namespace tcplab
