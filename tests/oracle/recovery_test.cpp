// What is told of losses, disorder and needless retransmissions by SACK blocks and timestamps,
// against what the simulator knows.

#include "capture/analysis/sent_segments.h"
#include "sim/tcp/transfer_clauses.h"
#include "sim/trace/simulate.h"
#include "sim/trace/tap.h"
#include "tests/oracle/recorded.h"
#include "tests/oracle/truth.h"
#include "tests/support/scenario.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

namespace tcplab::test {
namespace {

using capture::endOf;
using capture::Finding;

/// Two senders that know SACK and timestamps, on a wire that does everything to packets.
net::Scenario transferBothWays() {
    return scenario(R"(
        [link]
        loss = 0.06
        duplication = 0.03
        reordering = 0.08
        [client]
        profile = "linux"
        program = [{ call = "connect", at = "10 ms" }, { call = "send", size = 40000 },
                   { call = "recv", until = "end" }, { call = "close" }]
        [server]
        profile = "linux"
        program = [{ call = "listen" }, { call = "accept" }, { call = "recv", count = 30000 },
                   { call = "send", size = 20000 }, { call = "recv", until = "end" },
                   { call = "close" }]
    )");
}

/// The same, but that each waits for the other: what follows a lost packet does not tell of it.
net::Scenario dialogue() {
    std::string client;
    std::string server;
    for (int n = 0; n < 12; ++n) {
        client += R"(, { call = "send", size = 100 }, { call = "recv", count = 100 })";
        server += R"(, { call = "recv", count = 100 }, { call = "send", size = 100 })";
    }
    return scenario(R"(
        [link]
        loss = 0.1
        duplication = 0.03
        reordering = 0.05
        [client]
        profile = "linux"
        program = [{ call = "connect", at = "10 ms" })" +
                    client + R"(, { call = "close" }]
        [server]
        profile = "linux"
        program = [{ call = "listen" }, { call = "accept" })" +
                    server + R"(, { call = "recv", until = "end" }, { call = "close" }]
    )");
}

/// A run, what passed a tap, and what is told of it.
class Judged {
public:
    Judged(const Trace& truth, double tap)
        : truth_{truth}, seen_{recorded(truth, tap)}, passing_{observe(truth, tap)} {}

    /// Checks everything that is told; how often each was told is added to `times`.
    void expectTruth(std::map<Finding, std::size_t>& times) const {
        ASSERT_EQ(seen_.trace.packets().size(), passing_.size());
        for (const capture::PacketFindings& found : seen_.findings) {
            for (const capture::Proof& proof : found) {
                SCOPED_TRACE(std::string{toString(proof.finding)} + " of packet " +
                             std::to_string(found.packet()));
                times[proof.finding] += 1;
                expectTruth(proof);
            }
        }
    }

private:
    [[nodiscard]] const Packet& sent(PacketId inFile) const {
        return *truth_.find(passing_.at(inFile - 1).packet);
    }
    /// The first packet of the proof that this end sent.
    [[nodiscard]] const Packet& provedBy(const capture::Proof& proof, Side side) const {
        const auto* const end = proof.packets.begin() + proof.count;
        const auto* const one = std::find_if(
            proof.packets.begin(), end, [&](PacketId packet) { return sent(packet).from == side; });
        if (one == end) throw std::runtime_error{"nothing of that end proves it"};
        return sent(*one);
    }
    /// How often packets of `side` with some of these numbers had arrived by then.
    [[nodiscard]] std::ptrdiff_t arrivals(Side side,
                                          std::int64_t from,
                                          std::int64_t to,
                                          Moment then) const {
        return std::ranges::count_if(truth_.entries(), [&](const Entry& entry) {
            const auto* arrived = std::get_if<Arrived>(&entry.what);
            if (arrived == nullptr || entry.moment > then) return false;
            const Packet& packet = *truth_.find(arrived->packet);
            return packet.from == side && packet.tcp.seq < to && from < endOf(packet.tcp);
        });
    }
    [[nodiscard]] bool anyPassed(PacketId last, const auto& condition) const {
        return std::any_of(passing_.begin(), passing_.begin() + last - 1, condition);
    }

    void expectTruth(const capture::Proof& proof) const {
        const PacketId number = proof.packets.at(proof.count - 1);
        const Packet& packet = sent(number);
        const Side from = packet.from;
        const Side peer = other(from);
        const Moment left = packet.transit.departed->moment;
        const std::int64_t begin = packet.tcp.seq;
        const std::int64_t end = endOf(packet.tcp);
        if (proof.finding == Finding::SackHoleFilled) {
            const Moment reported = provedBy(proof, peer).transit.departed->moment;
            EXPECT_EQ(arrivals(from, begin, begin + 1, reported), 0);
        } else if (proof.finding == Finding::NeedlessRetransmission && end > begin) {
            const Moment reported = provedBy(proof, peer).transit.departed->moment;
            EXPECT_GE(arrivals(from, begin, begin + 1, reported), 1);
            EXPECT_GE(arrivals(from, end - 1, end, reported), 1);
        } else if (proof.finding == Finding::NeedlessRetransmission) {
            const TcpNumbers& twice = provedBy(proof, peer).tcp;
            EXPECT_GE(arrivals(peer, twice.seq, endOf(twice), left), 2);
        } else if (proof.finding == Finding::DownstreamDuplicate) {
            EXPECT_TRUE(std::ranges::any_of(truth_.packets(), [&](const Packet& one) {
                return one.from == peer && arrivals(peer, one.tcp.seq, endOf(one.tcp), left) >= 2;
            }));
        } else if (proof.finding == Finding::TailLossProbe) {
            EXPECT_TRUE(std::ranges::any_of(truth_.entries(), [&](const Entry& entry) {
                const auto* one = std::get_if<Sent>(&entry.what);
                return one != nullptr && one->packet == packet.number &&
                       entry.why == tcp::Clause{tcp::clause::kTailLossProbe};
            }));
        } else if (proof.finding == Finding::Overtaken) {
            EXPECT_TRUE(anyPassed(number, [&](const Passing& one) {
                return truth_.find(one.packet)->from == from && one.packet > packet.number;
            }));
        } else if (proof.finding == Finding::UpstreamLoss) {
            EXPECT_TRUE(std::ranges::any_of(truth_.packets(), [&](const Packet& one) {
                return one.from == from && one.number < packet.number && one.tcp.seq < end &&
                       begin < endOf(one.tcp) && !anyPassed(number, [&](const Passing& passed) {
                           return passed.packet == one.number;
                       });
            }));
        } else if (proof.finding == Finding::LostAck) {
            const Transit& ack = provedBy(proof, peer).transit;
            EXPECT_TRUE(ack.lost || !ack.arrived || ack.arrived->moment > left);
        }
    }

    const Trace& truth_;
    capture::Loaded seen_;
    std::vector<Passing> passing_;
};

TEST(Recovery, TellsOnlyWhatIsTrueWhereverTheTapIs) {
    std::map<Finding, std::size_t> times;
    for (const net::Scenario& scenario : {transferBothWays(), dialogue()}) {
        for (std::uint64_t seed = 1; seed <= 200; ++seed) {
            const Trace truth = simulate(scenario, seed);
            for (const double tap : {0.0, 0.5, 1.0}) {
                SCOPED_TRACE("seed " + std::to_string(seed) + ", tap at " + std::to_string(tap));
                Judged{truth, tap}.expectTruth(times);
            }
        }
    }
    for (const Finding finding : {Finding::SackHoleFilled,
                                  Finding::NeedlessRetransmission,
                                  Finding::DownstreamDuplicate,
                                  Finding::TailLossProbe,
                                  Finding::Overtaken,
                                  Finding::UpstreamLoss,
                                  Finding::LostAck}) {
        EXPECT_GT(times[finding], 0U) << toString(finding);
    }
}

}  // namespace
}  // namespace tcplab::test
