// Scenario files: docs/scenario.md has the schema.

#include "sim/framing/encoder.h"
#include "sim/framing/parse_framing.h"
#include "sim/net/scenario.h"
#include "sim/net/scenario_words.h"
#include "sim/net/toml_reader.h"

#include <algorithm>
#include <limits>

namespace tcplab::net {
namespace {

/// One file being read.
class Reading {
public:
    explicit Reading(std::string_view origin) : toml_{origin} {}

    Scenario scenario(const toml::table& root);
    [[nodiscard]] const std::optional<Error>& error() const { return toml_.error(); }

private:
    void link(const toml::table& in, PerSide<Link>& links);
    void direction(const toml::table& in, Link& link);
    void fault(const toml::table& in, PerSide<Link>& links);
    void config(const toml::table& in, std::uint8_t ipVersion, tcp::Config& config);
    void options(const toml::table& in, tcp::Config& config);
    void host(const toml::table& root, Side side, HostPlan& plan);
    Call call(const toml::table& in);
    Bytes framed(const toml::table& in, const std::string& message);
    void callOfItsKind(const toml::table& in, std::string_view name, Call& call);
    void socketOption(const toml::table& in, Call& call);
    StateEntered stateEntered(const toml::node& node, const std::string& text);
    tcp::State state(const toml::node& node, std::string_view text);
    Question question(const toml::table& in);
    Expectation expectation(const toml::table& in);

    TomlReader toml_;
    std::optional<framing::Framing> framing_{};
};

void Reading::direction(const toml::table& in, Link& link) {
    constexpr std::int64_t kMost32 = std::numeric_limits<std::uint32_t>::max();
    link.delay = toml_.duration(in, "delay").value_or(link.delay);
    link.jitter = toml_.duration(in, "jitter").value_or(link.jitter);
    link.reorderingDelay = toml_.duration(in, "reordering_delay").value_or(link.reorderingDelay);
    if (const auto rate = toml_.integer(in, "rate", 1, 1'000'000'000'000))
        link.rate = static_cast<std::uint64_t>(*rate);
    if (const auto queue = toml_.integer(in, "queue", 1, kMost32))
        link.queue = static_cast<std::uint32_t>(*queue);
    if (const auto mtu = toml_.integer(in, "mtu", 68, 65535))
        link.mtu = static_cast<std::uint32_t>(*mtu);
    const auto read = [&](std::string_view key, Chance& chance) {
        if (const auto share = toml_.share(in, key))
            chance.perMillion = static_cast<std::uint32_t>(*share * Chance::kAlways + 0.5);
    };
    read("loss", link.loss);
    read("duplication", link.duplication);
    read("corruption", link.corruption);
    read("reordering", link.reordering);
}

void Reading::link(const toml::table& in, PerSide<Link>& links) {
    toml_.knowOnly(in, kLinkKeys, "link");
    for (const Side side : kSides) direction(in, links[side]);
    for (const Side side : kSides) {
        const std::string key = "from_" + std::string{toString(side)};
        if (const toml::table* one = toml_.table(in.get(key), "\"" + key + "\"")) {
            toml_.knowOnly(*one, kDirectionKeys, key);
            direction(*one, links[side]);
        }
    }
    for (const toml::table* one : toml_.tables(in, "faults")) fault(*one, links);
}

void Reading::fault(const toml::table& in, PerSide<Link>& links) {
    toml_.knowOnly(in, kFaultKeys, "a fault");
    Fault fault;
    int kinds = 0;
    for (const auto& kind : kFaultWords) {
        const auto match = toml_.word(in, kind.text, kMatchWords, "kind of packet");
        if (!match) continue;
        ++kinds;
        fault.kind = kind.value;
        fault.match = *match;
    }
    if (kinds != 1)
        return toml_.fail(in.source(),
                          "expected a fault with one of: drop, delay, duplicate, corrupt");
    fault.nth = static_cast<std::uint32_t>(toml_.integer(in, "nth", 1, 1'000'000).value_or(1));
    const auto by = toml_.duration(in, "by");
    const bool delays = fault.kind == Fault::Kind::Delay;
    if (delays && !by)
        return toml_.fail(in.source(), "expected \"by\", how long to delay: \"50 ms\"");
    if (!delays && by) return toml_.fail(in.get("by")->source(), "\"by\" goes with \"delay\" only");
    fault.extra = by.value_or(Duration{});
    const auto from = toml_.word(in, "from", kSideWords, "host");
    if (!from) return toml_.fail(in.source(), "expected \"from\": client or server");
    links[*from].faults.push_back(fault);
}

tcp::State Reading::state(const toml::node& node, std::string_view text) {
    std::array<Word<tcp::State>, tcp::kStates.size()> states{};
    for (std::size_t i = 0; i < states.size(); ++i)
        states[i] = {tcp::toString(tcp::kStates[i]), tcp::kStates[i]};
    return toml_.word(node, text, states, "state");
}

StateEntered Reading::stateEntered(const toml::node& node, const std::string& text) {
    const auto space = text.find(' ');
    if (space == text.npos) {
        toml_.fail(node.source(),
                   "expected \"after\" as a host and a state, as in \"client ESTABLISHED\"");
        return {};
    }
    const Side side = toml_.word(node, text.substr(0, space), kSideWords, "host");
    return {side, state(node, text.substr(space + 1))};
}

// What only some calls have.
void Reading::callOfItsKind(const toml::table& in, std::string_view name, Call& call) {
    const auto only = [&](std::string_view key, CallKind kind, std::string_view kindName) {
        const toml::node* node = in.get(key);
        if (node != nullptr && call.kind != kind)
            toml_.fail(node->source(),
                       "\"" + std::string{key} + "\" goes with " + std::string{kindName} +
                           " only, not with " + std::string{name});
    };
    only("text", CallKind::Send, "send");
    only("size", CallKind::Send, "send");
    only("message", CallKind::Send, "send");
    only("count", CallKind::Recv, "recv");
    only("until", CallKind::Recv, "recv");
    only("option", CallKind::SetOption, "setsockopt");
    only("value", CallKind::SetOption, "setsockopt");

    if (in.contains("text") && in.contains("size"))
        toml_.fail(in.get("size")->source(), "expected \"text\" or \"size\", not both");
    if (const auto text = toml_.string(in, "text")) call.octets = Bytes{*text};
    if (const auto size = toml_.integer(in, "size", 1, 100'000'000))
        call.octets = alphabet(static_cast<std::size_t>(*size));
    if (const auto message = toml_.string(in, "message")) call.octets = framed(in, *message);
    if (call.kind == CallKind::Send && !in.contains("text") && call.octets.empty())
        toml_.fail(in.source(), "expected send with \"text\", \"size\" or \"message\"");
    const auto count = toml_.integer(in, "count", 1, 100'000'000);
    call.count = static_cast<std::uint32_t>(count.value_or(4096));
    if (const auto until = toml_.string(in, "until")) {
        if (*until != "end") toml_.fail(in.get("until")->source(), "expected until = \"end\"");
        call.untilEnd = true;
    }
    if (call.kind == CallKind::SetOption) socketOption(in, call);
}

void Reading::socketOption(const toml::table& in, Call& call) {
    const auto option = toml_.word(in, "option", kOptionWords, "option");
    if (!option || !in.contains("value"))
        return toml_.fail(in.source(), "expected setsockopt with \"option\" and \"value\"");
    call.option = *option;
    const SocketOptionName& named = nameOf(*option);
    call.value = toml_.integer(in, "value", named.least, named.most).value_or(named.least);
}

// The message as the scenario's framing writes it.
Bytes Reading::framed(const toml::table& in, const std::string& message) {
    const toml::node& node = *in.get("message");
    if (!framing_) {
        toml_.fail(node.source(), "\"message\" needs the scenario's \"framing\"");
        return {};
    }
    std::vector<std::uint8_t> octets;
    const std::vector<std::uint8_t> plain{message.begin(), message.end()};
    if (const auto error = framing::encode(*framing_, plain, octets))
        toml_.fail(node.source(), framing::describe(*error, Language::English));
    return Bytes{std::move(octets)};
}

Call Reading::call(const toml::table& in) {
    toml_.knowOnly(in, kCallKeys, "a call");
    Call call;
    const auto kind = toml_.word(in, "call", kCallWords, "call");
    if (!kind) {
        toml_.fail(in.source(), "expected \"call\": the name of a socket call");
        return call;
    }
    call.kind = *kind;
    callOfItsKind(in, *toml_.string(in, "call"), call);
    if (const auto after = toml_.string(in, "after"))
        call.after = stateEntered(*in.get("after"), *after);
    if (const auto at = toml_.duration(in, "at")) call.at = Instant{*at};
    call.delay = toml_.duration(in, "delay").value_or(Duration{});
    return call;
}

void Reading::config(const toml::table& in, std::uint8_t ipVersion, tcp::Config& config) {
    if (const auto profile = toml_.word(in, "profile", kProfileWords, "profile"))
        config = tcp::configOf(*profile);
    if (ipVersion == 6) config = tcp::withIpv6(config);
    if (const auto mss = toml_.integer(in, "mss", 1, 65475)) {
        config.mss = static_cast<std::uint16_t>(*mss);
        config.mtu = std::max<std::uint16_t>(
            config.mtu, static_cast<std::uint16_t>(*mss + config.ipHeader + 20));
    }
    if (const auto size = toml_.integer(in, "receive_buffer", 1, 1 << 30))
        config.receiveBuffer = static_cast<std::uint32_t>(*size);
    options(in, config);
    config.msl = toml_.duration(in, "msl").value_or(config.msl);
    config.delayedAck = toml_.duration(in, "delayed_ack").value_or(config.delayedAck);
    if (config.delayedAck > std::chrono::milliseconds{500})
        toml_.fail(in.get("delayed_ack")->source(), "an ACK may wait for 500 ms at most");
    config.nagle = toml_.boolean(in, "nagle").value_or(config.nagle);
    config.cork = toml_.boolean(in, "cork").value_or(config.cork);
    config.congestionControl =
        toml_.word(in, "congestion_control", kCongestionWords, "congestion control")
            .value_or(config.congestionControl);
    if (config.congestionControl == tcp::Config::CongestionControl::Cubic)
        config.lossDetection = tcp::Config::LossDetection::Rack;
    if (const auto segments = toml_.integer(in, "initial_window", 1, 1000))
        config.initialWindow = static_cast<std::uint32_t>(*segments);
}

void Reading::options(const toml::table& in, tcp::Config& config) {
    if (const auto shift = toml_.integer(in, "window_scale", 0, 14))
        config.windowScale = static_cast<std::uint8_t>(*shift);
    config.timestamps = toml_.boolean(in, "timestamps").value_or(config.timestamps);
    config.sack = config.dsack = toml_.boolean(in, "sack").value_or(config.sack);
    if (const auto idle = toml_.duration(in, "keep_alive")) {
        config.keepAlive = true;
        config.keepAliveIdle = *idle;
    }
}

void Reading::host(const toml::table& root, Side side, HostPlan& plan) {
    const toml::table* in = toml_.table(root.get(toString(side)), toString(side));
    if (in == nullptr) return;
    toml_.knowOnly(*in, kHostKeys, toString(side));
    if (const auto address = toml_.string(*in, "address")) {
        if (const auto ip = wire::parseIpAddress(*address))
            plan.address.ip = *ip;
        else
            toml_.fail(in->get("address")->source(),
                       "\"" + *address + "\" is no IPv4 or IPv6 address");
    }
    constexpr std::int64_t kMost32 = std::numeric_limits<std::uint32_t>::max();
    if (const auto port = toml_.integer(*in, "port", 1, 65535))
        plan.address.port = static_cast<std::uint16_t>(*port);
    if (const auto iss = toml_.integer(*in, "iss", 0, kMost32))
        plan.iss = Seq{static_cast<std::uint32_t>(*iss)};
    config(*in, plan.address.ip.version, plan.config);
    for (const toml::table* one : toml_.tables(*in, "program")) {
        const auto times = toml_.integer(*one, "times", 1, 10'000).value_or(1);
        plan.program.insert(plan.program.end(), static_cast<std::size_t>(times), call(*one));
    }
}

Question Reading::question(const toml::table& in) {
    toml_.knowOnly(in, kQuestionKeys, "a question");
    Question question{.ask = toml_.bilingual(in, "ask"), .answer = toml_.bilingual(in, "answer")};
    if (const auto at = toml_.duration(in, "at")) question.at = Instant{*at};
    question.predict = toml_.boolean(in, "predict").value_or(false);
    if (const auto name = toml_.string(in, "reach"))
        question.reach = state(*in.get("reach"), *name);
    return question;
}

Expectation Reading::expectation(const toml::table& in) {
    toml_.knowOnly(in, kExpectKeys, "an expectation");
    Expectation expected;
    const auto host = toml_.word(in, "host", kSideWords, "host");
    if (!host) {
        toml_.fail(in.source(), "expected \"host\": client or server");
        return expected;
    }
    expected.side = *host;
    if (const auto name = toml_.string(in, "ends_in"))
        expected.endsIn = state(*in.get("ends_in"), *name);
    if (const toml::node* node = in.get("visits")) {
        const toml::array* list = node->as_array();
        if (list == nullptr) toml_.fail(node->source(), "expected \"visits\" as a list of states");
        for (std::size_t i = 0; list != nullptr && i < list->size(); ++i)
            expected.visits.push_back(state((*list)[i], (*list)[i].value_or(std::string_view{})));
    }
    constexpr std::int64_t kMost = 1'000'000;
    const auto count = [&](std::string_view key) -> std::optional<std::uint32_t> {
        const auto number = toml_.integer(in, key, 0, kMost);
        return number ? std::optional{static_cast<std::uint32_t>(*number)} : std::nullopt;
    };
    expected.lost = count("lost");
    expected.retransmissions = count("retransmissions");
    return expected;
}

Scenario Reading::scenario(const toml::table& root) {
    Scenario result;
    const std::string_view origin = toml_.origin();
    const auto slash = origin.rfind('/');
    result.name = origin.substr(slash == origin.npos ? 0 : slash + 1);
    if (result.name.ends_with(".toml")) result.name.resize(result.name.size() - 5);

    toml_.knowOnly(root, kTopKeys, "a scenario");
    result.topic = toml_.word(root, "topic", kTopicWords, "topic");
    if (const auto order = toml_.integer(root, "order", 1, 1000))
        result.order = static_cast<std::uint32_t>(*order);
    result.title = toml_.bilingual(root, "title");
    result.notes = toml_.bilingual(root, "notes");
    if (const auto opens = toml_.duration(root, "opens_at")) result.opensAt = Instant{*opens};
    if (const auto until = toml_.duration(root, "until")) result.until = Instant{*until};
    if (const auto text = toml_.string(root, "framing")) {
        auto framing = framing::parseFraming(*text);
        if (framing)
            framing_ = *std::move(framing);
        else
            toml_.fail(root.get("framing")->source(), framing.error().what);
    }
    result.framing = framing_;
    if (const toml::table* in = toml_.table(root.get("link"), "\"link\"")) link(*in, result.links);
    result.hosts[Side::Client].address = {wire::IpAddress::v4(192, 0, 2, 1), 49152};
    result.hosts[Side::Server].address = {wire::IpAddress::v4(192, 0, 2, 2), 7777};
    for (const Side side : kSides) host(root, side, result.hosts[side]);
    if (result.hosts[Side::Client].address.ip.version !=
        result.hosts[Side::Server].address.ip.version)
        toml_.fail(root.source(), "one host has an IPv4 address and the other an IPv6 address");
    for (const toml::table* one : toml_.tables(root, "questions"))
        result.questions.push_back(question(*one));
    for (const toml::table* one : toml_.tables(root, "expect"))
        result.expectations.push_back(expectation(*one));
    return result;
}

}  // namespace

Expected<Scenario, Error> parseScenario(std::string_view toml,
                                        std::string_view origin,
                                        std::span<const Setting> settings) {
    auto root = parseToml(toml, origin);
    if (!root) return Unexpected{root.error()};
    for (const Setting& setting : settings)
        if (const auto wrong = apply(setting, *root)) return Unexpected{*wrong};
    Reading reading{origin};
    Scenario scenario = reading.scenario(*root);
    if (reading.error()) return Unexpected{*reading.error()};
    return scenario;
}

}  // namespace tcplab::net
