#pragma once

#include "capture/rules.h"
#include "capture/stream.h"
#include "sim/framing/decoder.h"

#include <unordered_map>
#include <utility>

// Rules checked, and rules made, while a capture is read.
namespace tcplab::capture {

/// How a rule fared.
struct RuleVerdict {
    std::size_t rule = 0;               ///< In Rules::flows.
    std::vector<std::string> broken{};  ///< "flow 0 192.0.2.1:1 -> ...: expected ..., got ..."
};

/// Follows the states that the ends of each open connection enter.
class VisitSink : public FlowSink {
public:
    void connection(const Connection& connection) override;
    void packet(const Packet& /*packet*/, Octets /*octets*/) override {}
    void entry(const Entry& entry) override;
    void flow(const Flow& flow) final;

protected:
    virtual void ended(const Flow& flow, const Visited& visited) = 0;

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
    [[nodiscard]] std::vector<RuleVerdict> verdicts();

private:
    void ended(const Flow& flow, const Visited& visited) override;

    struct Fared {
        std::uint32_t flows = 0;  ///< That it is about.
        std::vector<std::pair<ConnectionId, std::string>> broken{};
    };
    /// The messages of one connection, read for one rule.
    struct Reading {
        std::size_t rule = 0;
        StreamOrder order{};
        PerSide<std::optional<framing::Decoder>> decoders{};
        PerSide<std::uint64_t> count{};
        PerSide<std::vector<std::string>> errors{};
    };
    static void note(Reading& reading, Side side, const std::vector<framing::Piece>& pieces);
    void finish(Reading& reading, const Flow& flow);

    const Rules& rules_;
    std::vector<Fared> fared_;
    std::unordered_map<ConnectionId, std::vector<Reading>> reading_{};
};

/// Writes all that holds of a capture, a rule for each connection. How long they took is left out:
/// another run takes another time.
class RuleWriter final : public VisitSink {
public:
    /// As a rules file, when no more comes.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] std::size_t size() const { return rules_.size(); }

private:
    struct Written {
        PerSide<wire::SocketAddress> ends{};
        std::string rule{};  ///< As TOML, if no other connection has these ends.
    };
    void ended(const Flow& flow, const Visited& visited) override;

    std::map<ConnectionId, Written> rules_{};
};

}  // namespace tcplab::capture
