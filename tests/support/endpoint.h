#pragma once

#include "sim/tcp/endpoint.h"
#include "sim/tcp/transitions.h"
#include "tests/support/notation.h"

#include <gmock/gmock.h>

#include <array>
#include <chrono>
#include <concepts>
#include <ostream>
#include <string>
#include <utility>
#include <variant>

// An endpoint under test: hand in events, look at the actions.
namespace tcplab::tcp {

inline void PrintTo(State state, std::ostream* out) {
    *out << toString(state);
}

inline void PrintTo(Notice notice, std::ostream* out) {
    constexpr std::array kNames{
        "established", "end of data", "refused", "reset", "timed out", "closed"};
    *out << kNames[static_cast<std::size_t>(notice)];
}

// The alternatives of Action: gtest prints the name of the type, and this the rest.
template <class One>
requires std::same_as<decltype(One::why), Clause>
void PrintTo(const One& action, std::ostream* out) {
    if constexpr (requires { action.segment; }) *out << toString(action.segment) << ' ';
    if constexpr (requires { action.to; }) *out << toString(action.to) << ' ';
    if constexpr (requires { action.octets; }) *out << action.octets.size() << ' ';
    if constexpr (requires { action.notice; }) PrintTo(action.notice, out);
    if constexpr (requires { action.error; }) *out << static_cast<int>(action.error) << ' ';
    if constexpr (requires { action.timer; }) *out << toString(action.timer) << ' ';
    *out << "(" << action.why.citation() << ")";
}

}  // namespace tcplab::tcp

namespace tcplab::test {

using namespace std::chrono_literals;

MATCHER_P(isSegment, text, "") {
    const auto wanted = wire::parseSegment(text);
    if (!wanted) {
        *result_listener << wanted.error().what;
        return false;
    }
    // The window is compared where the text gives it, and octets by their number.
    const bool windowGiven = std::string_view{text}.find("win") != std::string_view::npos;
    return arg.seq == wanted->seq && arg.ctl == wanted->ctl &&
           (!arg.ctl.ack || arg.ack == wanted->ack) &&
           arg.payload.size() == wanted->payload.size() &&
           (!windowGiven || arg.wnd == wanted->wnd) &&
           (wanted->options.empty() || arg.options == wanted->options);
}
MATCHER_P(transmits, text, std::string{"transmits "} + text) {
    const auto* action = std::get_if<tcp::Transmit>(&arg);
    return action != nullptr &&
           testing::ExplainMatchResult(isSegment(text), action->segment, result_listener);
}
MATCHER_P(enters, state, "enters " + std::string{toString(state)}) {
    const auto* action = std::get_if<tcp::Enter>(&arg);
    return action != nullptr && action->to == state;
}
MATCHER_P(delivers, count, "delivers " + std::to_string(count)) {
    const auto* action = std::get_if<tcp::Deliver>(&arg);
    return action != nullptr && action->octets.size() == static_cast<std::size_t>(count);
}
MATCHER_P(signals, notice, "signals") {
    const auto* action = std::get_if<tcp::Signal>(&arg);
    return action != nullptr && action->notice == notice;
}
MATCHER_P(refuses, error, "refuses") {
    const auto* action = std::get_if<tcp::Refuse>(&arg);
    return action != nullptr && action->error == error;
}
MATCHER(discards, "discards") {
    return std::holds_alternative<tcp::Discard>(arg);
}

/// One endpoint with ISS 100; its peer, whom the test plays, has ISS 300. States are reached by
/// conversation.
class EndpointTest : public testing::Test {
protected:
    static constexpr Seq kIss{100};

    /// What the event makes the endpoint do, timers aside.
    tcp::Actions on(const tcp::Event& event) {
        tcp::Actions actions;
        endpoint.on(event, now, config, actions);
        std::erase_if(actions, [](const tcp::Action& action) {
            return std::holds_alternative<tcp::Arm>(action) ||
                   std::holds_alternative<tcp::Disarm>(action);
        });
        return actions;
    }
    tcp::Actions arrives(std::string_view text) {
        return on(tcp::SegmentArrives{operator""_seg(text.data(), text.size())});
    }
    tcp::Actions send(std::size_t count) { return on(tcp::Send{Bytes{std::string(count, 'a')}}); }
    tcp::Actions close() { return on(tcp::Close{}); }
    tcp::Actions abort() { return on(tcp::Abort{}); }
    tcp::Actions receive(std::uint32_t count = 65535) { return on(tcp::Receive{count}); }

    /// Lets the next timer run out when it is due.
    tcp::Actions nextTimeout() {
        const auto deadline = endpoint.nextDeadline();
        if (!deadline) return {};
        now = deadline->due;
        return on(tcp::Timeout{deadline->timer});
    }

    void listen() { on(tcp::PassiveOpen{kIss}); }
    void connect() { on(tcp::ActiveOpen{kIss}); }
    /// Opened actively: SND.NXT is 101 and RCV.NXT 301.
    void establish() {
        connect();
        arrives("S. 300:300(0) ack 101 win 8192");
    }
    void reach(tcp::State state);

    [[nodiscard]] tcp::State state() const { return endpoint.state(); }

    tcp::Endpoint endpoint{};
    /// Nothing waits and nothing limits but the peer's window, unless a test says otherwise.
    tcp::Config config{.delayedAck = {},
                       .nagle = false,
                       .congestionControl = tcp::Config::CongestionControl::None};
    Instant now{};
};

inline void EndpointTest::reach(tcp::State state) {
    using tcp::State;
    switch (state) {
        case State::Closed: break;
        case State::Listen: listen(); break;
        case State::SynSent: connect(); break;
        case State::SynReceived:
            listen();
            arrives("S 300:300(0) win 8192");
            break;
        case State::Established: establish(); break;
        case State::FinWait1:
            establish();
            close();
            break;
        case State::FinWait2:
            reach(State::FinWait1);
            arrives(". 301:301(0) ack 102 win 8192");
            break;
        case State::CloseWait:
            establish();
            arrives("F. 301:301(0) ack 101 win 8192");
            break;
        case State::Closing:
            reach(State::FinWait1);
            arrives("F. 301:301(0) ack 101 win 8192");
            break;
        case State::LastAck:
            reach(State::CloseWait);
            close();
            break;
        case State::TimeWait:
            reach(State::FinWait2);
            arrives("F. 301:301(0) ack 102 win 8192");
            break;
    }
    ASSERT_EQ(endpoint.state(), state);
}

}  // namespace tcplab::test
