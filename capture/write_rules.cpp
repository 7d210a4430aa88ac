// Rules made of what holds.

#include "capture/rules.h"
#include "sim/base/duration_text.h"
#include "sim/framing/parse_framing.h"
#include "sim/trace/expectation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tcplab::capture {
namespace {

std::string quoted(std::string_view text) {
    return fmt::format("\"{}\"", text);
}

std::optional<std::string> endText(const EndPattern& end) {
    if (end.ip && end.port) return quoted(toString(wire::SocketAddress{*end.ip, *end.port}));
    if (end.ip) return quoted(toString(*end.ip));
    if (end.port) return quoted(fmt::format(":{}", *end.port));
    return {};
}

std::optional<std::string> statesText(const std::vector<tcp::State>& states) {
    if (states.empty()) return {};
    std::vector<std::string> names;
    for (const tcp::State state : states) names.push_back(quoted(toString(state)));
    return fmt::format("[{}]", fmt::join(names, ", "));
}

template <class Named>
std::optional<std::string> nameText(const std::optional<Named>& named) {
    if (!named) return {};
    return quoted(toString(*named));
}

template <class Number>
std::optional<std::string> numberText(const std::optional<Number>& number) {
    if (!number) return {};
    return std::to_string(*number);
}

std::optional<std::string> findingsText(const FindingLimits& limits) {
    if (limits == FindingLimits{}) return {};
    std::vector<std::string> all;
    for (const auto& [finding, most] : limits.most)
        all.push_back(fmt::format("{} = {}", toString(finding), most));
    if (limits.other) all.push_back(fmt::format("other = {}", *limits.other));
    return fmt::format("{{ {} }}", fmt::join(all, ", "));
}

/// 1, 2 or 5 and zeros, of whole milliseconds.
Duration roundedUp(Duration took) {
    Duration power = std::chrono::milliseconds{1};
    for (;; power *= 10)
        for (const int digit : {1, 2, 5})
            if (took <= digit * power) return digit * power;
}

}  // namespace

std::string_view toString(RuleKey key) {
    switch (key) {
        case RuleKey::Client: return "client";
        case RuleKey::Server: return "server";
        case RuleKey::Count: return "count";
        case RuleKey::ClientVisits: return "client_visits";
        case RuleKey::ServerVisits: return "server_visits";
        case RuleKey::ClientEndsIn: return "client_ends_in";
        case RuleKey::ServerEndsIn: return "server_ends_in";
        case RuleKey::ClientBytes: return "client_bytes";
        case RuleKey::ServerBytes: return "server_bytes";
        case RuleKey::ClosedBy: return "closed_by";
        case RuleKey::ResetBy: return "reset_by";
        case RuleKey::LastsAtMost: return "lasts_at_most";
        case RuleKey::Findings: return "findings";
    }
    TCPLAB_UNREACHABLE();
}

std::optional<std::string> valueOf(const FlowRule& rule, RuleKey key) {
    switch (key) {
        case RuleKey::Client: return endText(rule.ends[Side::Client]);
        case RuleKey::Server: return endText(rule.ends[Side::Server]);
        case RuleKey::Count: return numberText(rule.count);
        case RuleKey::ClientVisits: return statesText(rule.visits[Side::Client]);
        case RuleKey::ServerVisits: return statesText(rule.visits[Side::Server]);
        case RuleKey::ClientEndsIn: return nameText(rule.endsIn[Side::Client]);
        case RuleKey::ServerEndsIn: return nameText(rule.endsIn[Side::Server]);
        case RuleKey::ClientBytes: return numberText(rule.bytes[Side::Client]);
        case RuleKey::ServerBytes: return numberText(rule.bytes[Side::Server]);
        case RuleKey::ClosedBy: return nameText(rule.closedBy);
        case RuleKey::ResetBy: return nameText(rule.resetBy);
        case RuleKey::LastsAtMost:
            if (!rule.lastsAtMost) return {};
            return quoted(durationText(*rule.lastsAtMost));
        case RuleKey::Findings: return findingsText(rule.findings);
    }
    TCPLAB_UNREACHABLE();
}

FlowRule without(FlowRule rule, RuleKey key) {
    switch (key) {
        case RuleKey::Client: rule.ends[Side::Client] = {}; break;
        case RuleKey::Server: rule.ends[Side::Server] = {}; break;
        case RuleKey::Count: rule.count.reset(); break;
        case RuleKey::ClientVisits: rule.visits[Side::Client].clear(); break;
        case RuleKey::ServerVisits: rule.visits[Side::Server].clear(); break;
        case RuleKey::ClientEndsIn: rule.endsIn[Side::Client].reset(); break;
        case RuleKey::ServerEndsIn: rule.endsIn[Side::Server].reset(); break;
        case RuleKey::ClientBytes: rule.bytes[Side::Client].reset(); break;
        case RuleKey::ServerBytes: rule.bytes[Side::Server].reset(); break;
        case RuleKey::ClosedBy: rule.closedBy.reset(); break;
        case RuleKey::ResetBy: rule.resetBy.reset(); break;
        case RuleKey::LastsAtMost: rule.lastsAtMost.reset(); break;
        case RuleKey::Findings: rule.findings = {}; break;
    }
    return rule;
}

FlowRule ruleAbout(const PerSide<wire::SocketAddress>& ends, std::uint32_t count) {
    FlowRule rule{.count = count};
    for (const Side side : kSides) rule.ends[side] = {ends[side].ip, ends[side].port};
    return rule;
}

FlowRule ruleOf(const Flow& flow, const Visited& visited) {
    FlowRule rule = ruleAbout(flow.connection.ends, 1);
    for (const Side side : kSides) {
        rule.visits[side] = visited[side];
        rule.endsIn[side] = flow.states[side];
        rule.bytes[side] = flow.bytes[side];
    }
    rule.closedBy = closerOf(flow);
    rule.resetBy = resetterOf(flow);
    rule.lastsAtMost = roundedUp(flow.last - flow.first);
    for (const auto& count : flow.findings.counts())
        rule.findings.most[count.finding] = count.times;
    rule.findings.other = 0;
    return rule;
}

FlowRule ruleOf(const Trace& trace, const Flow& flow, std::uint32_t alike) {
    if (alike > 1) return ruleAbout(flow.connection.ends, alike);
    Visited visited;
    for (const Side side : kSides) visited[side] = statesVisited(trace, flow.connection.id, side);
    return ruleOf(flow, visited);
}

std::string toToml(const FlowRule& rule) {
    std::string text = "[[flow]]\n";
    if (!rule.name.empty()) text += fmt::format("name = {}\n", quoted(rule.name));
    for (const RuleKey key : kRuleKeys)
        if (const auto value = valueOf(rule, key))
            text += fmt::format("{} = {}\n", toString(key), *value);
    return text;
}

}  // namespace tcplab::capture
