#include "cli/parse_rules.h"

#include "sim/base/words.h"
#include "sim/framing/parse_framing.h"
#include "sim/net/toml_reader.h"

#include <array>
#include <limits>
#include <utility>

namespace tcplab::cli {
namespace {

using capture::Ender;
using capture::EndPattern;
using capture::FindingLimits;
using capture::FlowRule;
using capture::MessageRule;
using capture::Rules;
using net::TomlReader;
using net::Word;

constexpr auto kTopKeys = std::to_array<std::string_view>({"flow"});
constexpr auto kFlowKeys = std::to_array<std::string_view>({"name",
                                                            "client",
                                                            "server",
                                                            "count",
                                                            "client_visits",
                                                            "server_visits",
                                                            "client_ends_in",
                                                            "server_ends_in",
                                                            "client_bytes",
                                                            "server_bytes",
                                                            "client_messages",
                                                            "server_messages",
                                                            "closed_by",
                                                            "reset_by",
                                                            "lasts_at_most",
                                                            "findings"});
constexpr auto kMessageKeys = std::to_array<std::string_view>({"as", "count"});
constexpr std::array kEnders{Word<Ender>{"client", Ender::Client},
                             Word<Ender>{"server", Ender::Server},
                             Word<Ender>{"both", Ender::Both},
                             Word<Ender>{"nobody", Ender::Nobody}};
constexpr std::array kResetters{kEnders[0], kEnders[1], kEnders[3]};
constexpr std::string_view kOther = "other";

class Reading {
public:
    explicit Reading(std::string_view origin) : toml_{origin} {}

    Rules rules(const toml::table& root);
    [[nodiscard]] const std::optional<Error>& error() const { return toml_.error(); }

private:
    FlowRule flow(const toml::table& in);
    void end(const toml::table& in, Side side, FlowRule& rule);
    tcp::State state(const toml::node& node, std::string_view text);
    std::optional<MessageRule> messages(const toml::table& in, const std::string& key);
    FindingLimits findings(const toml::table& in);
    EndPattern pattern(const toml::node& node, const std::string& text);

    TomlReader toml_;
};

/// "192.0.2.1", "192.0.2.1:80", "[2001:db8::1]:80", "2001:db8::1", ":80"
std::optional<EndPattern> patternIn(std::string_view text) {
    EndPattern pattern;
    if (const auto whole = wire::parseIpAddress(text)) return EndPattern{.ip = *whole};
    const auto colon = text.rfind(':');
    if (colon == text.npos) return std::nullopt;
    const auto port = numberIn(text.substr(colon + 1));
    if (!port || *port == 0 || *port > std::numeric_limits<std::uint16_t>::max())
        return std::nullopt;
    pattern.port = static_cast<std::uint16_t>(*port);
    std::string_view address = text.substr(0, colon);
    if (address.empty()) return pattern;
    if (address.starts_with('[') && address.ends_with(']'))
        address = address.substr(1, address.size() - 2);
    pattern.ip = wire::parseIpAddress(address);
    return pattern.ip ? std::optional{pattern} : std::nullopt;
}

EndPattern Reading::pattern(const toml::node& node, const std::string& text) {
    const auto pattern = patternIn(text);
    if (!pattern)
        toml_.fail(node.source(),
                   "\"" + text + "\" is no end of a connection; write an address, :80, or both, " +
                       "as in \"192.0.2.1:80\"");
    return pattern.value_or(EndPattern{});
}

tcp::State Reading::state(const toml::node& node, std::string_view text) {
    std::array<Word<tcp::State>, tcp::kStates.size()> states{};
    for (std::size_t i = 0; i < states.size(); ++i)
        states[i] = {toString(tcp::kStates[i]), tcp::kStates[i]};
    return toml_.word(node, text, states, "state");
}

void Reading::end(const toml::table& in, Side side, FlowRule& rule) {
    const std::string name{toString(side)};
    if (const auto text = toml_.string(in, name)) rule.ends[side] = pattern(*in.get(name), *text);
    if (const toml::node* node = in.get(name + "_visits")) {
        const toml::array* list = node->as_array();
        if (list == nullptr)
            toml_.fail(node->source(), "expected \"" + name + "_visits\" as a list of states");
        for (std::size_t i = 0; list != nullptr && i < list->size(); ++i)
            rule.visits[side].push_back(state((*list)[i], (*list)[i].value_or(std::string_view{})));
    }
    if (const auto text = toml_.string(in, name + "_ends_in"))
        rule.endsIn[side] = state(*in.get(name + "_ends_in"), *text);
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    if (const auto bytes = toml_.integer(in, name + "_bytes", 0, kMost))
        rule.bytes[side] = static_cast<std::uint64_t>(*bytes);
    rule.messages[side] = messages(in, name + "_messages");
}

std::optional<MessageRule> Reading::messages(const toml::table& in, const std::string& key) {
    const toml::table* table = toml_.table(in.get(key), "\"" + key + "\"");
    if (table == nullptr) return std::nullopt;
    toml_.knowOnly(*table, kMessageKeys, key);
    const auto text = toml_.string(*table, "as");
    if (!text) {
        toml_.fail(table->source(), "expected a framing, as in { as = \"line\", count = 3 }");
        return std::nullopt;
    }
    const auto framing = framing::parseFraming(*text);
    if (!framing) {
        toml_.fail(table->get("as")->source(), framing.error().what);
        return std::nullopt;
    }
    MessageRule rule{.framing = *framing};
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    if (const auto count = toml_.integer(*table, "count", 0, kMost))
        rule.count = static_cast<std::uint64_t>(*count);
    return rule;
}

FindingLimits Reading::findings(const toml::table& in) {
    FindingLimits limits;
    const toml::table* table = toml_.table(in.get("findings"), "\"findings\"");
    if (table == nullptr) return limits;
    std::vector<std::string_view> known{kOther};
    for (std::size_t i = 0; i < capture::kFindingCount; ++i)
        known.push_back(toString(static_cast<capture::Finding>(i)));
    toml_.knowOnly(*table, known, "findings");
    for (const std::string_view name : known) {
        const auto most = toml_.integer(*table, name, 0, std::numeric_limits<std::int64_t>::max());
        if (!most) continue;
        const auto limit = static_cast<std::uint64_t>(*most);
        if (name == kOther)
            limits.other = limit;
        else
            limits.most[*capture::findingNamed(name)] = limit;
    }
    return limits;
}

FlowRule Reading::flow(const toml::table& in) {
    toml_.knowOnly(in, kFlowKeys, "a flow");
    FlowRule rule{.line = in.source().begin.line};
    rule.name = toml_.string(in, "name").value_or("");
    for (const Side side : kSides) end(in, side, rule);
    constexpr std::int64_t kMost = std::numeric_limits<std::uint32_t>::max();
    if (const auto count = toml_.integer(in, "count", 0, kMost))
        rule.count = static_cast<std::uint32_t>(*count);
    rule.closedBy = toml_.word(in, "closed_by", kEnders, "end");
    rule.resetBy = toml_.word(in, "reset_by", kResetters, "end");
    rule.lastsAtMost = toml_.duration(in, "lasts_at_most");
    rule.findings = findings(in);
    return rule;
}

Rules Reading::rules(const toml::table& root) {
    toml_.knowOnly(root, kTopKeys, "a rules file");
    Rules rules;
    for (const toml::table* one : toml_.tables(root, "flow")) rules.flows.push_back(flow(*one));
    if (rules.flows.empty()) toml_.fail(root.source(), "expected a rule: [[flow]]");
    return rules;
}

}  // namespace

Expected<capture::Rules, Error> parseRules(std::string_view toml, std::string_view origin) {
    const auto root = net::parseToml(toml, origin);
    if (!root) return Unexpected{root.error()};
    Reading reading{origin};
    Rules rules = reading.rules(*root);
    if (reading.error()) return Unexpected{*reading.error()};
    return rules;
}

}  // namespace tcplab::cli
