#include "cli/rules.h"

#include "capture/stream.h"
#include "sim/framing/decoder.h"
#include "sim/framing/parse_framing.h"
#include "sim/trace/expectation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace tcplab::cli {
namespace {

using capture::Finding;
using capture::Flow;

std::string namesOf(const std::vector<tcp::State>& states) {
    std::vector<std::string_view> names;
    for (const tcp::State state : states) names.push_back(toString(state));
    return fmt::format("{}", fmt::join(names, ", "));
}

std::string_view nameOf(Ender ender) {
    switch (ender) {
        case Ender::Client: return "client";
        case Ender::Server: return "server";
        case Ender::Both: return "both";
        case Ender::Nobody: return "nobody";
    }
    TCPLAB_UNREACHABLE();
}

Ender closerOf(const Flow& flow) {
    if (!flow.closedBy) return Ender::Nobody;
    switch (*flow.closedBy) {
        case Flow::ClosedBy::Client: return Ender::Client;
        case Flow::ClosedBy::Server: return Ender::Server;
        case Flow::ClosedBy::Both: return Ender::Both;
    }
    TCPLAB_UNREACHABLE();
}

Ender resetterOf(const Flow& flow) {
    if (!flow.resetBy) return Ender::Nobody;
    return *flow.resetBy == Side::Client ? Ender::Client : Ender::Server;
}

std::string endsOf(const Flow& flow) {
    const auto& ends = flow.connection.ends;
    return fmt::format("flow {} {} -> {}",
                       flow.connection.id,
                       toString(ends[Side::Client]),
                       toString(ends[Side::Server]));
}

std::string quotedStates(const std::vector<tcp::State>& states) {
    std::vector<std::string> names;
    for (const tcp::State state : states) names.push_back(fmt::format("\"{}\"", toString(state)));
    return fmt::format("{}", fmt::join(names, ", "));
}

/// Checks one rule against one connection.
class Checking {
public:
    Checking(const FlowRule& rule, const Trace& trace, const Flow& flow, Verdict& verdict)
        : rule_{rule}, trace_{trace}, flow_{flow}, verdict_{verdict} {}

    void states();
    void enders();
    void bytes();
    void messages();
    void findings();

private:
    void expect(bool holds,
                std::string_view what,
                const std::string& expected,
                const std::string& got) {
        if (!holds)
            verdict_.broken.push_back(
                fmt::format("{}: {}: expected {}, got {}", endsOf(flow_), what, expected, got));
    }
    void limit(Finding finding, std::uint64_t most);

    const FlowRule& rule_;
    const Trace& trace_;
    const Flow& flow_;
    Verdict& verdict_;
};

void Checking::states() {
    for (const Side side : kSides) {
        const std::string name{toString(side)};
        const auto visited = statesVisited(trace_, flow_.connection.id, side);
        expect(inThisOrder(rule_.visits[side], visited),
               name + "_visits",
               namesOf(rule_.visits[side]),
               namesOf(visited));
        const auto& wanted = rule_.endsIn[side];
        expect(!wanted || *wanted == flow_.states[side],
               name + "_ends_in",
               std::string{toString(wanted.value_or(tcp::State::Closed))},
               std::string{toString(flow_.states[side])});
    }
}

void Checking::enders() {
    const auto check = [&](const std::optional<Ender>& wanted, Ender got, std::string_view what) {
        expect(!wanted || *wanted == got,
               what,
               std::string{nameOf(wanted.value_or(got))},
               std::string{nameOf(got)});
    };
    check(rule_.closedBy, closerOf(flow_), "closed_by");
    check(rule_.resetBy, resetterOf(flow_), "reset_by");
}

void Checking::bytes() {
    for (const Side side : kSides)
        expect(rule_.bytes[side].value_or(flow_.bytes[side]) == flow_.bytes[side],
               std::string{toString(side)} + "_bytes",
               std::to_string(rule_.bytes[side].value_or(0)),
               std::to_string(flow_.bytes[side]));
}

void Checking::messages() {
    for (const Side side : kSides) {
        const auto& rule = rule_.messages[side];
        if (!rule) continue;
        const std::string what = std::string{toString(side)} + "_messages";
        const auto streams = capture::streamsOf(trace_, flow_.connection.id);
        const auto pieces = framing::decodeAll(rule->framing, streams[side].octets);
        std::uint64_t count = 0;
        for (const framing::Piece& piece : pieces) {
            const auto* error = std::get_if<framing::FramingError>(&piece);
            if (error == nullptr) ++count;
            expect(error == nullptr,
                   what,
                   toString(rule->framing),
                   error == nullptr ? "" : framing::describe(*error, Language::English));
        }
        const std::uint64_t missing = streams[side].missing;
        expect(missing == 0, what, "all octets", fmt::format("{} missing", missing));
        expect(rule->count.value_or(count) == count,
               what,
               fmt::format("{} of {}", rule->count.value_or(0), toString(rule->framing)),
               std::to_string(count));
    }
}

void Checking::limit(Finding finding, std::uint64_t most) {
    const std::uint64_t times = flow_.findings.of(finding);
    if (times <= most) return;
    std::string got = std::to_string(times);
    for (const auto& count : flow_.findings.counts())
        if (count.finding == finding)
            got += fmt::format(" (packet{} {}{})",
                               count.times == 1 ? "" : "s",
                               fmt::join(count.evidence(), ", "),
                               count.times > count.evidence().size() ? ", ..." : "");
    expect(false, toString(finding), "at most " + std::to_string(most), got);
}

void Checking::findings() {
    for (std::size_t i = 0; i < capture::kFindingCount; ++i) {
        const auto finding = static_cast<Finding>(i);
        const auto named = rule_.findings.most.find(finding);
        if (named != rule_.findings.most.end())
            limit(finding, named->second);
        else if (rule_.findings.other)
            limit(finding, *rule_.findings.other);
    }
}

Verdict checkOne(const Rules& rules, std::size_t index, const capture::Loaded& loaded) {
    const FlowRule& rule = rules.flows[index];
    Verdict verdict{.rule = index};
    std::uint32_t count = 0;
    for (const Flow& flow : loaded.flows) {
        const auto& ends = flow.connection.ends;
        if (!rule.ends[Side::Client].matches(ends[Side::Client]) ||
            !rule.ends[Side::Server].matches(ends[Side::Server]))
            continue;
        ++count;
        Checking checking{rule, loaded.trace, flow, verdict};
        checking.states();
        checking.enders();
        checking.bytes();
        checking.messages();
        checking.findings();
    }
    if (rule.count ? *rule.count != count : count == 0) {
        const std::string wanted = rule.count ? std::to_string(*rule.count) : "at least 1";
        verdict.broken.push_back(
            fmt::format("flows that match: expected {}, got {}", wanted, count));
    }
    return verdict;
}

}  // namespace

bool EndPattern::matches(const wire::SocketAddress& end) const {
    return (!ip || *ip == end.ip) && (!port || *port == end.port);
}

std::vector<Verdict> check(const Rules& rules, const capture::Loaded& loaded) {
    std::vector<Verdict> verdicts;
    for (std::size_t i = 0; i < rules.flows.size(); ++i)
        verdicts.push_back(checkOne(rules, i, loaded));
    return verdicts;
}

std::string rulesOf(const capture::Loaded& loaded) {
    std::string text = "# What must hold of each connection; docs/testing.md has the schema.\n";
    for (const Flow& flow : loaded.flows) {
        text += "\n[[flow]]\n";
        for (const Side side : kSides)
            text +=
                fmt::format("{} = \"{}\"\n", toString(side), toString(flow.connection.ends[side]));
        const auto alike = std::ranges::count_if(loaded.flows, [&](const Flow& other) {
            return other.connection.ends == flow.connection.ends;
        });
        text += fmt::format("count = {}\n", alike);
        if (alike > 1)
            continue;  // Ports that were used again: one rule cannot be about one of them.
        for (const Side side : kSides) {
            const auto visited = statesVisited(loaded.trace, flow.connection.id, side);
            text += fmt::format("{}_visits = [{}]\n", toString(side), quotedStates(visited));
            text +=
                fmt::format("{}_ends_in = \"{}\"\n", toString(side), toString(flow.states[side]));
            text += fmt::format("{}_bytes = {}\n", toString(side), flow.bytes[side]);
        }
        text += fmt::format("closed_by = \"{}\"\n", nameOf(closerOf(flow)));
        text += fmt::format("reset_by = \"{}\"\n", nameOf(resetterOf(flow)));
        text += "findings = { ";
        for (const auto& count : flow.findings.counts())
            text += fmt::format("{} = {}, ", toString(count.finding), count.times);
        text += "other = 0 }\n";
    }
    return text;
}

}  // namespace tcplab::cli
