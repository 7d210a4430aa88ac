#pragma once

#include "capture/session.h"
#include "capture/stream.h"
#include "sim/base/error.h"
#include "sim/base/expected.h"
#include "sim/framing/decoder.h"
#include "sim/framing/framing.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

// Rules files: what must hold of the connections of a capture. docs/testing.md has the schema.
namespace tcplab::cli {

/// An address, a port, or both; what is empty may be any.
struct EndPattern {
    std::optional<wire::IpAddress> ip{};
    std::optional<std::uint16_t> port{};

    [[nodiscard]] bool matches(const wire::SocketAddress& end) const;
    friend bool operator==(const EndPattern&, const EndPattern&) = default;
};

/// How often each finding may be at most.
struct FindingLimits {
    std::map<capture::Finding, std::uint64_t> most{};
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
    std::optional<Ender> resetBy{};  ///< Never Both.
    FindingLimits findings{};
};

struct Rules {
    std::vector<FlowRule> flows{};
};

/// Reads a rules file. `origin` names it in errors, which say line, column and the nearest right
/// word.
[[nodiscard]] Expected<Rules, Error> parseRules(std::string_view toml, std::string_view origin);

/// How a rule fared.
struct Verdict {
    std::size_t rule = 0;               ///< In Rules::flows.
    std::vector<std::string> broken{};  ///< "flow 0 192.0.2.1:1 -> ...: expected ..., got ..."
};

/// Follows the states that the ends of each open connection enter.
class VisitSink : public capture::FlowSink {
public:
    void connection(const Connection& connection) override;
    void packet(const Packet& /*packet*/, Octets /*octets*/) override {}
    void entry(const Entry& entry) override;
    void flow(const capture::Flow& flow) final;

protected:
    using Visited = PerSide<std::vector<tcp::State>>;
    virtual void ended(const capture::Flow& flow, const Visited& visited) = 0;

private:
    std::unordered_map<ConnectionId, Visited> open_{};
};

/// Checks each connection of a capture when it has ended.
class RuleCheck final : public VisitSink {
public:
    explicit RuleCheck(const Rules& rules) : rules_{rules}, fared_(rules.flows.size()) {}

    void connection(const Connection& connection) override;
    void packet(const Packet& packet, Octets octets) override;

    /// One for each rule, when no more comes.
    [[nodiscard]] std::vector<Verdict> verdicts();

private:
    void ended(const capture::Flow& flow, const Visited& visited) override;

    struct Fared {
        std::uint32_t flows = 0;  ///< That it is about.
        std::vector<std::pair<ConnectionId, std::string>> broken{};
    };
    /// The messages of one connection, read for one rule.
    struct Reading {
        std::size_t rule = 0;
        capture::StreamOrder order{};
        PerSide<std::optional<framing::Decoder>> decoders{};
        PerSide<std::uint64_t> count{};
        PerSide<std::vector<std::string>> errors{};
    };
    static void note(Reading& reading, Side side, const std::vector<framing::Piece>& pieces);
    void finish(Reading& reading, const capture::Flow& flow);

    const Rules& rules_;
    std::vector<Fared> fared_;
    std::unordered_map<ConnectionId, std::vector<Reading>> reading_{};
};

/// Writes rules that hold of a capture, a rule for each connection.
class RuleWriter final : public VisitSink {
public:
    /// As a rules file, when no more comes.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] std::size_t size() const { return rules_.size(); }

private:
    using Ends = PerSide<wire::SocketAddress>;
    struct Written {
        Ends ends{};
        std::string holds{};
    };
    void ended(const capture::Flow& flow, const Visited& visited) override;

    std::map<ConnectionId, Written> rules_{};
};

}  // namespace tcplab::cli
