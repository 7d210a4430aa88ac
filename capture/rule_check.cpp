#include "capture/rule_check.h"

#include "sim/base/duration_text.h"
#include "sim/framing/parse_framing.h"
#include "sim/trace/expectation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace tcplab::capture {
namespace {

std::string namesOf(const std::vector<tcp::State>& states) {
    std::vector<std::string_view> names;
    for (const tcp::State state : states) names.push_back(toString(state));
    return fmt::format("{}", fmt::join(names, ", "));
}

std::string endsOf(const Flow& flow) {
    const auto& ends = flow.connection.ends;
    return fmt::format("flow {} {} -> {}",
                       flow.connection.id,
                       toString(ends[Side::Client]),
                       toString(ends[Side::Server]));
}

/// Checks one rule against one connection.
class Checking {
public:
    Checking(const FlowRule& rule, const Flow& flow, std::vector<std::string>& broken)
        : rule_{rule}, flow_{flow}, broken_{broken} {}

    void states(const Visited& visited);
    void enders();
    void bytes();
    void time();
    void findings();
    void expect(bool holds,
                std::string_view what,
                const std::string& expected,
                const std::string& got) {
        if (!holds)
            broken_.push_back(
                fmt::format("{}: {}: expected {}, got {}", endsOf(flow_), what, expected, got));
    }

private:
    void limit(Finding finding, std::uint64_t most);

    const FlowRule& rule_;
    const Flow& flow_;
    std::vector<std::string>& broken_;
};

void Checking::states(const Visited& visited) {
    for (const Side side : kSides) {
        const std::string name{toString(side)};
        expect(inThisOrder(rule_.visits[side], visited[side]),
               name + "_visits",
               namesOf(rule_.visits[side]),
               namesOf(visited[side]));
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
               std::string{toString(wanted.value_or(got))},
               std::string{toString(got)});
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

void Checking::time() {
    const Duration took = flow_.last - flow_.first;
    const Duration most = rule_.lastsAtMost.value_or(took);
    expect(took <= most, "lasts_at_most", durationText(most), durationText(took));
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
    for (std::size_t i = 0; i < kFindingCount; ++i) {
        const auto finding = static_cast<Finding>(i);
        const auto named = rule_.findings.most.find(finding);
        if (named != rule_.findings.most.end())
            limit(finding, named->second);
        else if (rule_.findings.other)
            limit(finding, *rule_.findings.other);
    }
}

bool isAbout(const FlowRule& rule, const Connection& connection) {
    return rule.ends[Side::Client].matches(connection.ends[Side::Client]) &&
           rule.ends[Side::Server].matches(connection.ends[Side::Server]);
}

}  // namespace

void VisitSink::connection(const Connection& connection) {
    Visited& visited = open_[connection.id];
    for (const Side side : kSides) visited[side] = {connection.initial[side]};
}

void VisitSink::entry(const Entry& entry) {
    const auto* entered = std::get_if<Entered>(&entry.what);
    if (entered != nullptr) open_[entry.connection][entry.side].push_back(entered->to);
}

void VisitSink::flow(const Flow& flow) {
    const auto visited = open_.extract(flow.connection.id);
    ended(flow, visited.mapped());
}

void RuleCheck::connection(const Connection& connection) {
    VisitSink::connection(connection);
    for (std::size_t i = 0; i < rules_.flows.size(); ++i) {
        const FlowRule& rule = rules_.flows[i];
        if (!isAbout(rule, connection)) continue;
        Reading reading{.rule = i};
        for (const Side side : kSides)
            if (rule.messages[side]) reading.decoders[side].emplace(rule.messages[side]->framing);
        if (reading.decoders[Side::Client] || reading.decoders[Side::Server])
            reading_[connection.id].push_back(std::move(reading));
    }
}

void RuleCheck::packet(const Packet& packet, Octets octets) {
    const auto found = reading_.find(packet.connection);
    if (found == reading_.end()) return;
    const Octets payload = payloadOf(packet, octets);
    for (Reading& reading : found->second)
        reading.order.take(
            packet, payload, [&](Side side, const StreamPart& /*part*/, Octets more) {
                if (!reading.decoders[side]) return;
                std::vector<framing::Piece> pieces;
                reading.decoders[side]->push(more, pieces);
                note(reading, side, pieces);
            });
}

void RuleCheck::note(Reading& reading, Side side, const std::vector<framing::Piece>& pieces) {
    for (const framing::Piece& piece : pieces) {
        const auto* error = std::get_if<framing::FramingError>(&piece);
        if (error == nullptr)
            ++reading.count[side];
        else
            reading.errors[side].push_back(framing::describe(*error, Language::English));
    }
}

void RuleCheck::finish(Reading& reading, const Flow& flow) {
    const FlowRule& rule = rules_.flows[reading.rule];
    std::vector<std::string> broken;
    Checking checking{rule, flow, broken};
    for (const Side side : kSides) {
        if (!reading.decoders[side]) continue;
        std::vector<framing::Piece> last;
        reading.decoders[side]->finish(last);
        note(reading, side, last);
        const MessageRule& wanted = *rule.messages[side];
        const std::string what = std::string{toString(side)} + "_messages";
        for (const std::string& error : reading.errors[side])
            checking.expect(false, what, toString(wanted.framing), error);
        const std::uint64_t missing = reading.order.endOf(side).missing;
        checking.expect(missing == 0, what, "all octets", fmt::format("{} missing", missing));
        const std::uint64_t count = reading.count[side];
        checking.expect(wanted.count.value_or(count) == count,
                        what,
                        fmt::format("{} of {}", wanted.count.value_or(0), toString(wanted.framing)),
                        std::to_string(count));
    }
    for (std::string& line : broken)
        fared_[reading.rule].broken.emplace_back(flow.connection.id, std::move(line));
}

void RuleCheck::ended(const Flow& flow, const Visited& visited) {
    for (std::size_t i = 0; i < rules_.flows.size(); ++i) {
        if (!isAbout(rules_.flows[i], flow.connection)) continue;
        Fared& fared = fared_[i];
        ++fared.flows;
        std::vector<std::string> broken;
        Checking checking{rules_.flows[i], flow, broken};
        checking.states(visited);
        checking.enders();
        checking.bytes();
        checking.time();
        checking.findings();
        for (std::string& line : broken)
            fared.broken.emplace_back(flow.connection.id, std::move(line));
    }
    const auto reading = reading_.extract(flow.connection.id);
    if (reading.empty()) return;
    for (Reading& one : reading.mapped()) finish(one, flow);
}

std::vector<RuleVerdict> RuleCheck::verdicts() {
    std::vector<RuleVerdict> verdicts;
    for (std::size_t i = 0; i < fared_.size(); ++i) {
        auto& [flows, broken] = fared_[i];
        std::ranges::stable_sort(broken, {}, [](const auto& one) { return one.first; });
        RuleVerdict& verdict = verdicts.emplace_back(RuleVerdict{.rule = i});
        for (auto& [flow, line] : broken) verdict.broken.push_back(std::move(line));
        const auto& wanted = rules_.flows[i].count;
        if (wanted ? *wanted != flows : flows == 0)
            verdict.broken.push_back(fmt::format("flows that match: expected {}, got {}",
                                                 wanted ? std::to_string(*wanted) : "at least 1",
                                                 flows));
    }
    return verdicts;
}

void RuleWriter::ended(const Flow& flow, const Visited& visited) {
    rules_.emplace(flow.connection.id,
                   Written{flow.connection.ends,
                           toToml(without(ruleOf(flow, visited), RuleKey::LastsAtMost))});
}

std::string RuleWriter::text() const {
    std::unordered_map<std::string, std::uint32_t> alike;
    for (const auto& [flow, one] : rules_) ++alike[toToml(ruleAbout(one.ends, 1))];
    std::string text = "# What must hold of each connection; docs/testing.md has the schema.\n";
    for (const auto& [flow, one] : rules_) {
        const std::uint32_t count = alike.at(toToml(ruleAbout(one.ends, 1)));
        text += "\n" + (count == 1 ? one.rule : toToml(ruleAbout(one.ends, count)));
    }
    return text;
}

}  // namespace tcplab::capture
