#include "sim/tcp/transitions.h"

#include "sim/base/rng.h"
#include "tests/support/endpoint.h"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>
#include <vector>

namespace tcplab::test {
namespace {

using tcp::State;
using Edge = std::pair<State, State>;

// RFC 9293 figure 5, read off the figure, and its note 1 (RST in SYN-RECEIVED) and note 2.
const std::set<Edge> kFigure5{
    {State::Closed, State::Listen},           {State::Closed, State::SynSent},
    {State::Listen, State::SynReceived},      {State::Listen, State::SynSent},
    {State::Listen, State::Closed},           {State::SynSent, State::SynReceived},
    {State::SynSent, State::Established},     {State::SynSent, State::Closed},
    {State::SynReceived, State::Established}, {State::SynReceived, State::FinWait1},
    {State::SynReceived, State::Listen},      {State::Established, State::FinWait1},
    {State::Established, State::CloseWait},   {State::FinWait1, State::FinWait2},
    {State::FinWait1, State::Closing},        {State::FinWait1, State::TimeWait},
    {State::FinWait2, State::TimeWait},       {State::CloseWait, State::LastAck},
    {State::Closing, State::TimeWait},        {State::LastAck, State::Closed},
    {State::TimeWait, State::Closed},
};

TEST(Transitions, ThoseOfFigure5AreThoseOfTheFigure) {
    std::set<Edge> declared;
    for (const auto& edge : tcp::kTransitions)
        if (edge.inFigure5) declared.emplace(edge.from, edge.to);

    EXPECT_EQ(declared, kFigure5);
}

TEST(Transitions, TheOthersAllEndInClosed) {
    for (const auto& edge : tcp::kTransitions)
        EXPECT_TRUE(edge.inFigure5 || edge.to == State::Closed) << toString(edge.from);
}

/// A machine that is fed with events at random, mostly sensible ones.
class Wanderer : public EndpointTest {
protected:
    std::uint32_t below(std::uint32_t bound) {
        return static_cast<std::uint32_t>(rng.next() % bound);
    }
    Seq near(Seq seq) {
        switch (below(6)) {
            case 0: return seq + 1;
            case 1: return seq - 1;
            case 2: return seq + below(100'000) - 50'000;
            default: return seq;
        }
    }
    Segment segment() {
        const tcp::Tcb& tcb = endpoint.tcb();
        Segment made{.seq = near(tcb.rcv.nxt), .ack = near(tcb.snd.nxt)};
        made.ctl = {.fin = below(4) == 0,
                    .syn = below(6) == 0,
                    .rst = below(12) == 0,
                    .ack = below(8) != 0};
        made.wnd = static_cast<std::uint16_t>(below(3) == 0 ? below(20) : 8192);
        if (below(3) == 0) made.payload = Bytes{std::string(below(30), 'a')};
        return made;
    }
    tcp::Event event() {
        switch (below(14)) {
            case 0: return tcp::PassiveOpen{Seq{below(5)}};
            case 1: return tcp::ActiveOpen{Seq{0xffffffff - below(5)}};
            case 2: return tcp::Send{Bytes{std::string(below(4000), 'b')}};
            case 3: return tcp::Receive{1 + below(3000)};
            case 4: return tcp::Close{};
            case 5:
                if (below(8) == 0) return tcp::Abort{};
                [[fallthrough]];
            case 6:
            case 7:
                if (const auto deadline = endpoint.nextDeadline()) {
                    now = std::max(now, deadline->due);
                    return tcp::Timeout{deadline->timer};
                }
                [[fallthrough]];
            default: return tcp::SegmentArrives{segment()};
        }
    }
    void expectSound(const tcp::Actions& actions) {
        const tcp::Tcb& tcb = endpoint.tcb();
        ASSERT_LE(tcb.snd.una, tcb.snd.nxt);
        ASSERT_LE(tcb.rcv.wnd, config.receiveBuffer);
        for (const tcp::Action& action : actions)
            ASSERT_TRUE(std::visit([](const auto& one) { return bool{one.why}; }, action))
                << testing::PrintToString(action);
    }
    Rng rng{1};
};

TEST_F(Wanderer, WhateverHappensChangesAreDeclaredGivenAReasonAndAllOfThemAreTaken) {
    std::set<Edge> taken;
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        SCOPED_TRACE(seed);
        rng = Rng{seed};
        endpoint = {};
        now = {};
        for (int n = 0; n < 300; ++n) {
            now += std::chrono::milliseconds{below(50)};
            tcp::Actions actions;
            endpoint.on(event(), now, config, actions);
            ASSERT_NO_FATAL_FAILURE(expectSound(actions));
            for (const tcp::Action& action : actions)
                if (const auto* change = std::get_if<tcp::Enter>(&action))
                    taken.emplace(change->from, change->to);
        }
    }

    for (const auto& [from, to] : taken)
        EXPECT_TRUE(tcp::isDeclared(from, to)) << toString(from) << " to " << toString(to);
    for (const auto& edge : tcp::kTransitions)
        EXPECT_TRUE(taken.contains({edge.from, edge.to}))
            << "never taken: " << toString(edge.from) << " to " << toString(edge.to);
}

}  // namespace
}  // namespace tcplab::test
