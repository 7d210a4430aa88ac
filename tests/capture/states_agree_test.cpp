#include "capture/session.h"
#include "tests/support/captures.h"

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <vector>

// The ladder draws the changes of state, the table the states at each packet: they tell the same.
namespace tcplab::test {
namespace {

using tcp::State;

/// Follows the changes of state, and compares at each packet what they come to with its own.
class Comparing final : public capture::FlowSink {
public:
    void connection(const Connection& one) override { states_[one.id] = one.initial; }

    void packet(const Packet& one, Octets /*octets*/) override {
        compare();
        pending_ = one;
    }

    void entry(const Entry& one) override {
        if (!std::holds_alternative<Entered>(one.what)) return;
        // What comes right after the packet is no more of its moment.
        if (pending_ && one.moment == pending_->transit.seen->moment)
            take(one);
        else
            later_.push_back(one);
    }

    void flow(const capture::Flow& /*one*/) override { compare(); }

private:
    void take(const Entry& one) {
        const auto& change = std::get<Entered>(one.what);
        EXPECT_EQ(toString(states_[one.connection][one.side]), toString(change.from));
        states_[one.connection][one.side] = change.to;
        if (change.to == State::Closed) wasClosed_[one.connection][one.side] = true;
    }

    void compare() {
        if (pending_) compare(*pending_);
        pending_.reset();
        for (const Entry& one : later_) take(one);
        later_.clear();
    }

    void compare(const Packet& packet) {
        const PerSide<State>& told = states_[packet.connection];
        const Side to = other(packet.from);
        EXPECT_EQ(toString(packet.states[to]), toString(told[to])) << "packet " << packet.number;
        if (packet.states[packet.from] == told[packet.from]) return;
        // It was sent before its sender knew of what counts already.
        const Flags& flags = packet.tcp.flags;
        const bool crossesClose = wasClosed_[packet.connection][packet.from] && !flags.syn;
        const bool again = flags.fin || (flags.syn && flags.ack);
        EXPECT_TRUE(crossesClose || again)
            << "packet " << packet.number << ": " << toString(packet.states[packet.from])
            << ", and by the changes " << toString(told[packet.from]);
    }

    std::map<ConnectionId, PerSide<State>> states_{};
    std::map<ConnectionId, PerSide<bool>> wasClosed_{};
    std::optional<Packet> pending_{};
    std::vector<Entry> later_{};
};

void expectAgreement(const std::vector<std::string>& files) {
    for (const std::string& file : files) {
        SCOPED_TRACE(file);
        Comparing comparing;
        (void)capture::analyze(file, comparing);
    }
}

TEST(StatesAgree, InEveryRecording) {
    expectAgreement(capturesIn(TCPLAB_SOURCE_DIR "/traces"));
}

TEST(StatesAgree, InTheCapturesOfOthers) {
    const std::vector<std::string> files = capturesIn(sharedCaptures());
    if (files.empty()) GTEST_SKIP() << "TCPLAB_SHARED names no captures";
    expectAgreement(files);
}

}  // namespace
}  // namespace tcplab::test
