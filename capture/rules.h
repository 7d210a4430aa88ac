#pragma once

#include "capture/session.h"
#include "sim/framing/framing.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What must hold of the connections of a capture. docs/testing.md has the files that say it.
namespace tcplab::capture {

/// An address, a port, or both; what is empty may be any.
struct EndPattern {
    std::optional<wire::IpAddress> ip{};
    std::optional<std::uint16_t> port{};

    [[nodiscard]] bool matches(const wire::SocketAddress& end) const;
    friend bool operator==(const EndPattern&, const EndPattern&) = default;
};

/// How often each finding may be at most.
struct FindingLimits {
    std::map<Finding, std::uint64_t> most{};
    std::optional<std::uint64_t> other{};  ///< Each of those that are not named.
    friend bool operator==(const FindingLimits&, const FindingLimits&) = default;
};

/// What an end sent, as messages: all of it, without an octet that is none of this framing's.
struct MessageRule {
    framing::Framing framing{};
    std::optional<std::uint64_t> count{};  ///< How many; empty: any number.
};

/// Who ended a connection.
enum class Ender : std::uint8_t { Client, Server, Both, Nobody };
[[nodiscard]] std::string_view toString(Ender ender);
[[nodiscard]] Ender closerOf(const Flow& flow);
[[nodiscard]] Ender resetterOf(const Flow& flow);

/// What must hold of every connection that it is about.
struct FlowRule {
    std::uint32_t line = 0;  ///< In the file.
    std::string name{};      ///< For people; perhaps empty.
    // Which connections: all that match.
    PerSide<EndPattern> ends{};
    // What must hold.
    std::optional<std::uint32_t> count{};       ///< How many there are; empty: at least one.
    PerSide<std::vector<tcp::State>> visits{};  ///< In this order, perhaps with others between.
    PerSide<std::optional<tcp::State>> endsIn{};
    PerSide<std::optional<std::uint64_t>> bytes{};  ///< Distinct octets that it sent.
    PerSide<std::optional<MessageRule>> messages{};
    std::optional<Ender> closedBy{};
    std::optional<Ender> resetBy{};         ///< Never Both.
    std::optional<Duration> lastsAtMost{};  ///< From its first packet to its last.
    FindingLimits findings{};
};

struct Rules {
    std::vector<FlowRule> flows{};
};

/// The states that each end was in, in order.
using Visited = PerSide<std::vector<tcp::State>>;

/// How many connections there are between these ends, and nothing else.
[[nodiscard]] FlowRule ruleAbout(const PerSide<wire::SocketAddress>& ends, std::uint32_t count);
/// All that holds of this connection. The time is rounded up to 1, 2 or 5 and zeros.
[[nodiscard]] FlowRule ruleOf(const Flow& flow, const Visited& visited);
/// The same of a flow in the trace, of whose ends the capture has `alike` connections. Where that
/// is more than one, as ports were used again, how many they are is all that a rule can say.
[[nodiscard]] FlowRule ruleOf(const Trace& trace, const Flow& flow, std::uint32_t alike = 1);

/// What a rule can say and be taken from what holds, by its key in the file.
enum class RuleKey : std::uint8_t {
    Client,
    Server,
    Count,
    ClientVisits,
    ServerVisits,
    ClientEndsIn,
    ServerEndsIn,
    ClientBytes,
    ServerBytes,
    ClosedBy,
    ResetBy,
    LastsAtMost,
    Findings,
};
inline constexpr std::array kRuleKeys{RuleKey::Client,
                                      RuleKey::Server,
                                      RuleKey::Count,
                                      RuleKey::ClientVisits,
                                      RuleKey::ServerVisits,
                                      RuleKey::ClientEndsIn,
                                      RuleKey::ServerEndsIn,
                                      RuleKey::ClientBytes,
                                      RuleKey::ServerBytes,
                                      RuleKey::ClosedBy,
                                      RuleKey::ResetBy,
                                      RuleKey::LastsAtMost,
                                      RuleKey::Findings};
/// "client_visits"
[[nodiscard]] std::string_view toString(RuleKey key);

/// What the rule says under this key, as TOML; nothing where it says nothing.
[[nodiscard]] std::optional<std::string> valueOf(const FlowRule& rule, RuleKey key);
[[nodiscard]] FlowRule without(FlowRule rule, RuleKey key);

/// "[[flow]]" and a line for each key.
[[nodiscard]] std::string toToml(const FlowRule& rule);

}  // namespace tcplab::capture
