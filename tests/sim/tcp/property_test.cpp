// Whatever arrives, in whatever state: what must hold of an endpoint afterwards.

#include "sim/base/rng.h"
#include "sim/wire/tcp_options.h"
#include "tests/support/endpoint.h"

#include <rapidcheck.h>

namespace tcplab::test {
namespace {

using tcp::State;

rc::Gen<tcp::Config> anyConfig() {
    return rc::gen::map(rc::gen::tuple(rc::gen::element(tcp::Profile::Rfc9293,
                                                        tcp::Profile::Textbook,
                                                        tcp::Profile::Linux,
                                                        tcp::Profile::FreeBsd),
                                       rc::gen::arbitrary<bool>(),
                                       rc::gen::element<std::uint32_t>(1, 100, 65535, 200'000)),
                        [](const auto& parts) {
                            tcp::Config config = tcp::configOf(std::get<0>(parts));
                            config.exactRst = config.challengeSyn = config.checkAckRange =
                                std::get<1>(parts);
                            config.receiveBuffer = std::get<2>(parts);
                            return config;
                        });
}

/// Numbers near those of the connection more often than not.
rc::Gen<Seq> anySeqNear(Seq number) {
    return rc::gen::oneOf(
        rc::gen::map(rc::gen::inRange(-3, 200),
                     [number](int off) { return number + static_cast<std::uint32_t>(off); }),
        rc::gen::map(rc::gen::arbitrary<std::uint32_t>(), [](std::uint32_t n) { return Seq{n}; }));
}

rc::Gen<Segment> anySegment(const tcp::Tcb& tcb) {
    return rc::gen::map(
        rc::gen::tuple(
            anySeqNear(tcb.rcv.nxt),
            anySeqNear(tcb.snd.nxt),
            rc::gen::arbitrary<std::uint8_t>(),
            rc::gen::arbitrary<std::uint16_t>(),
            rc::gen::arbitrary<std::uint16_t>(),
            rc::gen::container<std::vector<std::uint8_t>>(rc::gen::arbitrary<std::uint8_t>()),
            rc::gen::container<std::vector<std::uint8_t>>(rc::gen::arbitrary<std::uint8_t>())),
        [](const auto& parts) {
            const auto& [seq, ack, flags, wnd, up, options, payload] = parts;
            return Segment{.seq = seq,
                           .ack = ack,
                           .ctl = Flags::fromOctet(flags),
                           .wnd = wnd,
                           .up = up,
                           .options = wire::TcpOptions{Octets{options}},
                           .payload = Bytes{payload}};
        });
}

class Properties : public EndpointTest {
protected:
    static bool sane(const tcp::Tcb& tcb) {
        if (tcb.state == State::Closed || tcb.state == State::Listen) return true;
        return tcb.snd.una <= tcb.snd.nxt && tcb.rcv.irs <= tcb.rcv.nxt && saneScoreboard(tcb);
    }
    /// It has what is in flight, all of it, once, and counts it right.
    static bool saneScoreboard(const tcp::Tcb& tcb) {
        const tcp::Scoreboard& scoreboard = tcb.recovery.scoreboard;
        if (tcb.recovery.window == 0 || tcb.snd.una == tcb.snd.iss) return true;
        Seq next = tcb.snd.una;
        std::uint32_t sacked = 0;
        std::uint32_t lost = 0;
        std::uint32_t retransmitting = 0;
        for (const tcp::Scoreboard::Segment& segment : scoreboard.segments()) {
            if (segment.from != next || segment.to <= segment.from) return false;
            next = segment.to;
            sacked += segment.sacked ? 1 : 0;
            lost += segment.lost ? 1 : 0;
            retransmitting += segment.retransmitting ? 1 : 0;
            if (segment.sacked && (segment.lost || segment.retransmitting)) return false;
        }
        return next == tcb.snd.nxt && lost == scoreboard.lost() && sacked <= scoreboard.sacked() &&
               retransmitting == scoreboard.retransmitting() &&
               scoreboard.sacked() + lost <= scoreboard.out() && tcb.recovery.window > 0;
    }
    /// No event may come at a time that is past.
    void letTimePass() {
        if (const auto deadline = endpoint.nextDeadline();
            deadline && *rc::gen::inRange(0, 4) == 0) {
            RC_ASSERT(deadline->due >= now);
            now = deadline->due;
            on(tcp::Timeout{deadline->timer});
        }
    }
};

TEST_F(Properties, AnyOctetsAsSegmentsInAnyStateKeepTheInvariants) {
    const bool held = rc::check([this] {
        endpoint = {};
        now = Instant{};
        config = *anyConfig();
        reach(*rc::gen::elementOf(tcp::kStates));
        for (int n = 0; n < 20; ++n) {
            const Segment segment = *anySegment(endpoint.tcb());
            const State before = state();
            State at = before;
            for (const tcp::Action& action : on(tcp::SegmentArrives{segment})) {
                if (const auto* change = std::get_if<tcp::Enter>(&action)) {
                    RC_ASSERT(change->from == at);
                    RC_ASSERT(tcp::isDeclared(change->from, change->to));
                    at = change->to;
                }
                if (const auto* sent = std::get_if<tcp::Transmit>(&action))
                    RC_ASSERT(!(segment.ctl.rst && sent->segment.ctl.rst));
            }
            RC_ASSERT(at == state());
            RC_ASSERT(sane(endpoint.tcb()));
            letTimePass();
        }
    });
    EXPECT_TRUE(held);
}

/// Two endpoints and wires that lose, repeat and reorder.
class Pair : public Properties {
protected:
    struct End {
        tcp::Endpoint endpoint{};
        std::string taken{};
        std::vector<Segment> arriving{};
    };
    void feed(std::size_t side, const tcp::Event& event) {
        tcp::Actions actions;
        ends[side].endpoint.on(event, now, config, actions);
        for (const tcp::Action& action : actions) {
            if (const auto* sent = std::get_if<tcp::Transmit>(&action))
                ends[1 - side].arriving.push_back(sent->segment);
            if (const auto* delivery = std::get_if<tcp::Deliver>(&action))
                ends[side].taken += delivery->octets.text();
        }
    }
    void step(Rng& rng, unsigned trouble) {
        const std::size_t side = rng.next() % 2;
        auto& queue = ends[side].arriving;
        if (!queue.empty() && rng.next() % 4 != 0) {
            const std::size_t which = rng.next() % 100 < trouble ? rng.next() % queue.size() : 0;
            const Segment segment = queue[which];
            const bool twice = rng.next() % 100 < trouble / 4;
            if (!twice) queue.erase(queue.begin() + static_cast<std::ptrdiff_t>(which));
            if (rng.next() % 100 >= trouble / 4) feed(side, tcp::SegmentArrives{segment});
        } else if (const auto deadline = ends[side].endpoint.nextDeadline();
                   deadline && queue.empty()) {
            now = std::max(now, deadline->due);
            feed(side, tcp::Timeout{deadline->timer});
        }
        if (rng.next() % 4 == 0)
            feed(side, tcp::Receive{1U + static_cast<std::uint32_t>(rng.next() % 3000)});
    }
    std::array<End, 2> ends{};
};

TEST_F(Pair, WhatIsReceivedIsAPrefixOfWhatWasSent) {
    const bool held = rc::check([this] {
        ends = {};
        now = Instant{};
        config = *anyConfig();
        Rng rng{*rc::gen::arbitrary<std::uint64_t>()};
        const auto trouble = static_cast<unsigned>(*rc::gen::inRange(0, 60));
        std::string text(*rc::gen::inRange<std::size_t>(1, 20'000), 'x');
        for (char& c : text) c = static_cast<char>(rng.next());
        feed(1, tcp::PassiveOpen{Seq{static_cast<std::uint32_t>(rng.next())}});
        feed(0, tcp::ActiveOpen{Seq{static_cast<std::uint32_t>(rng.next())}});
        feed(0, tcp::Send{Bytes{text}});
        feed(0, tcp::Close{});

        for (int n = 0; n < 400; ++n) {
            step(rng, trouble);
            RC_ASSERT(text.starts_with(ends[1].taken));
            RC_ASSERT(sane(ends[0].endpoint.tcb()) && sane(ends[1].endpoint.tcb()));
        }
    });
    EXPECT_TRUE(held);
}

}  // namespace
}  // namespace tcplab::test
