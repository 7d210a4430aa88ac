// What we find, judged by tshark, which we take the names from.

#include "capture/session.h"
#include "sim/base/rng.h"
#include "sim/trace/simulate.h"
#include "sim/trace/tap.h"
#include "sim/wire/frame.h"
#include "tests/oracle/recorded.h"
#include "tests/support/captures.h"
#include "tests/support/pcap_maker.h"
#include "tests/support/scenario.h"
#include "tests/support/temporary_file.h"
#include "tests/support/tshark.h"

#include <gmock/gmock.h>

#include <sstream>
#include <string>
#include <vector>

namespace tcplab::test {
namespace {

using capture::Finding;

/// A line for each packet: its number, and which of tshark's findings it has. Read once: a second
/// pass would judge by what came later.
std::vector<std::string> tsharksFindings(const std::string& file) {
    std::vector<std::string> fields{"frame.number"};
    for (std::size_t n = 0; n < capture::kTsharkFindingCount; ++n) {
        fields.push_back("tcp.analysis." + std::string{toString(static_cast<Finding>(n))});
    }
    std::vector<std::string> rows;
    for (const std::string& line : tshark(file, fields, "-Y 'tcp and not icmp'")) {
        std::istringstream cells{line};
        std::string row;
        std::getline(cells, row, '\t');
        std::size_t n = 0;
        for (std::string cell; std::getline(cells, cell, '\t'); ++n) {
            if (!cell.empty()) row += " " + std::string{toString(static_cast<Finding>(n))};
        }
        rows.push_back(row);
    }
    return rows;
}

std::vector<std::string> ourFindings(const std::string& file) {
    struct Rows final : capture::FlowSink {
        std::vector<std::string> rows{};
        void findings(const capture::PacketFindings& found) override {
            std::string row = std::to_string(found.packet());
            for (std::size_t n = 0; n < capture::kTsharkFindingCount; ++n) {
                const auto finding = static_cast<Finding>(n);
                if (found.has(finding)) row += " " + std::string{toString(finding)};
            }
            rows.push_back(std::move(row));
        }
        void connection(const Connection& /*connection*/) override {}
        void packet(const Packet& /*packet*/, Octets /*octets*/) override {}
        void entry(const Entry& /*entry*/) override {}
        void flow(const capture::Flow& /*flow*/) override {}
    };
    Rows rows;
    EXPECT_TRUE(capture::analyze(file, rows).has_value());
    return rows.rows;
}

void expectTsharkToAgree(const std::string& file) {
    const auto ours = ourFindings(file);
    ASSERT_FALSE(ours.empty());
    EXPECT_EQ(ours, tsharksFindings(file));
}

/// The same scenario over a wire that loses, reorders and duplicates.
net::Scenario onABadWire(net::Scenario scenario) {
    for (const Side side : kSides) {
        scenario.links[side].loss = {100'000};
        scenario.links[side].duplication = {100'000};
        scenario.links[side].reordering = {100'000};
    }
    return scenario;
}

TEST(FindingsAreTsharks, OfEveryScenarioOverABadWire) {
    if (!tsharkIsThere()) GTEST_SKIP() << "tshark is not installed";
    PcapMaker maker{std::endian::little, {.magic = PcapMaker::kNanoseconds}};
    std::uint32_t hour = 1;
    for (const net::Scenario& scenario : net::builtInScenarios()) {
        const Trace truth = simulate(onABadWire(scenario), hour);
        for (const Passing& passing : observe(truth, 0.5)) {
            const Octets octets = truth.octetsOf(*truth.find(passing.packet));
            const auto at = passing.at.time_since_epoch().count();
            maker.record(static_cast<std::uint32_t>(hour * 3'600 + at / 1'000'000'000),
                         static_cast<std::uint32_t>(at % 1'000'000'000),
                         std::string{octets.begin(), octets.end()},
                         static_cast<std::uint32_t>(octets.size()));
        }
        ++hour;
    }
    const TemporaryFile file{maker.content()};
    expectTsharkToAgree(file.path());
}

/// Segments that nobody would send, near those that somebody would.
class Nonsense {
public:
    explicit Nonsense(std::uint64_t seed) : rng_{seed} {}

    /// A capture of many conversations between few ends.
    std::string capture() {
        PcapMaker maker{std::endian::little, {}};
        for (int conversation = 0; conversation < 60; ++conversation) talk(maker);
        return maker.content();
    }

private:
    struct End {
        std::uint32_t next = 0;
        std::uint32_t ack = 0;
        std::uint16_t window = 1000;
    };

    template <std::size_t N, class T = std::uint32_t>
    T oneOf(const T (&choices)[N]) {
        return choices[rng_.next() % N];
    }
    bool chance(std::uint64_t percent) { return rng_.next() % 100 < percent; }

    void talk(PcapMaker& maker) {
        const std::uint16_t port = static_cast<std::uint16_t>(40'000 + rng_.next() % 12);
        const std::uint32_t numbers[] = {
            0, 1, 100, 0xFFFFFFF0, static_cast<std::uint32_t>(rng_.next())};
        PerSide<End> ends;
        for (const Side side : kSides) ends[side].next = oneOf(numbers);
        for (const Side side : kSides) ends[side].ack = ends[other(side)].next;
        micros_ += oneOf({0U, 1'000'000U, 100'000'000U});
        if (chance(80)) shakeHands(maker, port, ends);
        for (std::uint64_t n = 5 + rng_.next() % 35; n > 0; --n) say(maker, port, ends);
    }

    void shakeHands(PcapMaker& maker, std::uint16_t port, PerSide<End>& ends) {
        const std::uint32_t wait = oneOf({0U, 500U, 2'000U, 20'000U, 200'000U});
        const auto syn = [&](Side from, bool ack) {
            Segment segment{.seq = Seq{ends[from].next},
                            .ack = Seq{ack ? ends[from].ack : 0},
                            .ctl = {.syn = true, .ack = ack},
                            .wnd = 8192};
            if (chance(60)) {
                segment.options.push(
                    wire::WindowScale{static_cast<std::uint8_t>(oneOf({0U, 1U, 7U, 14U, 15U}))});
            }
            write(maker, port, from, segment);
            micros_ += wait;
        };
        syn(Side::Client, false);
        if (chance(20)) syn(Side::Client, false);
        ends[Side::Client].next += 1;
        ends[Side::Server].ack += 1;
        if (chance(80)) syn(Side::Server, true);
        ends[Side::Server].next += 1;
        ends[Side::Client].ack += 1;
    }

    void say(PcapMaker& maker, std::uint16_t port, PerSide<End>& ends) {
        micros_ += oneOf({0U, 0U, 100U, 1'000U, 2'500U, 4'000U, 19'000U, 21'000U, 300'000U});
        const Side from = chance(50) ? Side::Client : Side::Server;
        End& me = ends[from];
        const End& peer = ends[other(from)];
        std::uint32_t length = oneOf({0U, 0U, 0U, 1U, 1U, 2U, 10U, 100U, 1'000U});
        std::uint32_t seq = me.next;
        if (chance(15)) seq -= oneOf({1U, 1U, 2U, 10U, 100U});
        if (chance(7)) seq += oneOf({1U, 10U, 100U});
        if (chance(35)) me.ack = peer.next;
        if (chance(7)) me.ack += oneOf({1U, 100U});
        if (chance(7)) me.ack -= oneOf({1U, 100U});
        if (chance(20)) me.window = static_cast<std::uint16_t>(oneOf({0U, 0U, 1U, 100U, 65'535U}));
        const std::uint32_t room = peer.ack + peer.window - seq;
        if (chance(12) && room <= 1'400) length = room;
        constexpr std::uint8_t kFlags[] = {
            0x10, 0x10, 0x10, 0x10, 0x18, 0x18, 0x11, 0x14, 0x04, 0x02, 0x12, 0x00};
        const Segment segment{.seq = Seq{seq},
                              .ack = Seq{me.ack},
                              .ctl = Flags::fromOctet(chance(60) ? 0x10 : oneOf(kFlags)),
                              .wnd = me.window,
                              .payload = Bytes{std::vector<std::uint8_t>(length)}};
        for (std::uint64_t times = chance(15) && length == 0 ? 4 : 1; times > 0; --times) {
            write(maker, port, from, segment);
        }
        if (segment.end() > Seq{me.next} || chance(5)) me.next = segment.end().raw();
    }

    void write(PcapMaker& maker, std::uint16_t port, Side from, const Segment& segment) const {
        const PerSide<wire::SocketAddress> ends{
            {wire::SocketAddress{wire::IpAddress::v4(192, 0, 2, 1), port},
             wire::SocketAddress{wire::IpAddress::v4(192, 0, 2, 2), 80}}};
        const auto frame =
            wire::encodeFrame({.from = ends[from], .to = ends[other(from)]}, segment);
        const std::string octets{frame.begin(), frame.end()};
        maker.record(static_cast<std::uint32_t>(micros_ / 1'000'000),
                     static_cast<std::uint32_t>(micros_ % 1'000'000),
                     octets,
                     static_cast<std::uint32_t>(octets.size()));
    }

    Rng rng_;
    std::uint64_t micros_ = 1;
};

TEST(FindingsAreTsharks, OfConversationsThatMakeNoSense) {
    if (!tsharkIsThere()) GTEST_SKIP() << "tshark is not installed";
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        SCOPED_TRACE(seed);
        const TemporaryFile file{Nonsense{seed}.capture()};
        expectTsharkToAgree(file.path());
    }
}

TEST(FindingsAreTsharks, InEveryRecording) {
    if (!tsharkIsThere()) GTEST_SKIP() << "tshark is not installed";
    for (const char* name : {"backlog-full",
                             "close-wait",
                             "half-close",
                             "keep-alive",
                             "loss",
                             "pmtu",
                             "refused",
                             "reordered",
                             "reset-linger",
                             "reset-unread",
                             "simultaneous-close",
                             "simultaneous-open",
                             "zero-window"}) {
        SCOPED_TRACE(name);
        expectTsharkToAgree(recording(std::string{name} + ".pcap"));
    }
}

/// Whether the two carry the same octets, or the same SYN or FIN.
bool sameSegment(const Packet& a, const Packet& b) {
    return a.from == b.from && a.tcp.seq == b.tcp.seq && a.tcp.len == b.tcp.len &&
           a.tcp.flags.syn == b.tcp.flags.syn && a.tcp.flags.fin == b.tcp.flags.fin &&
           // Where both ends open, the SYN with ACK answers the other's SYN.
           (!a.tcp.flags.syn || a.tcp.flags.ack == b.tcp.flags.ack) &&
           a.tcp.len + (a.tcp.flags.syn ? 1U : 0U) + (a.tcp.flags.fin ? 1U : 0U) > 0;
}

TEST(FindingsAreTrue, WhatWasSentAgainIsFoundWhereItsFirstCopyWasSeen) {
    for (const net::Scenario& scenario : net::builtInScenarios()) {
        for (std::uint64_t seed = 1; seed <= 10; ++seed) {
            const Trace truth = simulate(onABadWire(scenario), seed);
            const std::vector<Passing> passing = observe(truth, 0.5);
            if (passing.empty()) continue;
            const capture::Loaded seen = recorded(truth, 0.5);
            for (std::size_t i = 0; i < passing.size(); ++i) {
                const Packet& sent = *truth.find(passing[i].packet);
                if (sent.tcp.flags.rst || sent.tcp.len == 1) continue;  // One octet: a probe.
                bool before = false;
                for (std::size_t k = 0; k < i && !before; ++k) {
                    before = sameSegment(*truth.find(passing[k].packet), sent);
                }
                const Packet& read = seen.trace.packets().at(i);
                bool found = false;
                for (const capture::PacketFindings& one : seen.findings) {
                    if (one.packet() != read.number) continue;
                    found = one.has(Finding::RepeatedOctets) || one.has(Finding::SynRetransmission);
                }
                if (before) {
                    EXPECT_TRUE(found || !read.certain)
                        << scenario.name << ", seed " << seed << ", packet " << read.number;
                }
            }
        }
    }
}

}  // namespace
}  // namespace tcplab::test
