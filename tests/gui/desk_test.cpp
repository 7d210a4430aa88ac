#include "gui/desk.h"

#include "tests/gui/support.h"

#include <QSignalSpy>
#include <gtest/gtest.h>

namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;
using net::CallKind;
using net::Fault;

/// To the first step at which a packet is on its way.
void goToAPacketInFlight(Document& document) {
    document.toStart();
    while (!document.desk().packetOnTheWay()) {
        ASSERT_LT(document.position(), static_cast<int>(document.stops().size()));
        document.next();
    }
}

class DeskOf : public testing::Test {
protected:
    void SetUp() override { goToAPacketInFlight(document); }

    Opened document{u"handshake"_s};
    Desk& desk = document.desk();
};

TEST_F(DeskOf, ADroppedPacketIsLostInAnotherFuture) {
    const Moment at = document.moment();

    desk.befall(Fault::Kind::Drop);

    ASSERT_EQ(desk.futures()->all().size(), 2U);
    EXPECT_EQ(document.moment(), at + 1);
    EXPECT_EQ(document.selected(), 1U) << "the packet stays selected";
    EXPECT_TRUE(document.trace().find(1)->transit.lost);
    EXPECT_EQ(desk.turnHere(), u"Packet 1 dropped"_s);
}

TEST_F(DeskOf, AnActIsAStepThatCanBeGoneBackTo) {
    desk.befall(Fault::Kind::Delay);
    const int here = document.position();

    document.next();
    document.back();

    EXPECT_EQ(document.position(), here);
    EXPECT_GT(document.elapsed(), Duration{}) << "it has the time of the step before it";
}

TEST_F(DeskOf, SeveralActsFollowEachOther) {
    desk.befall(Fault::Kind::Delay);
    desk.befall(Fault::Kind::Duplicate);

    EXPECT_EQ(desk.futures()->current().course.forks.size(), 2U);
}

TEST_F(DeskOf, WithoutAPacketThereIsNothingToDrop) {
    document.toEnd();
    const QSignalSpy refused(&desk, &Desk::refused);

    desk.befall(Fault::Kind::Drop);

    EXPECT_EQ(refused.count(), 1);
    EXPECT_EQ(desk.futures()->all().size(), 1U);
}

TEST_F(DeskOf, OneGoesBackAndThereAgain) {
    const Moment at = document.moment();
    desk.befall(Fault::Kind::Drop);
    document.toEnd();

    desk.branchOrBack();
    EXPECT_EQ(desk.futures()->number(), 0U);
    EXPECT_EQ(document.moment(), at);
    EXPECT_FALSE(document.trace().find(1)->transit.lost);

    desk.branchOrBack();
    EXPECT_EQ(desk.futures()->number(), 1U);
    EXPECT_EQ(document.moment(), at + 1);
}

TEST_F(DeskOf, WhatIsUndoneCanBeDoneAgain) {
    desk.befall(Fault::Kind::Drop);

    desk.undo();
    EXPECT_EQ(desk.futures()->all().size(), 1U);
    EXPECT_FALSE(desk.canUndo());
    ASSERT_TRUE(desk.canRedo());

    desk.redo();
    EXPECT_EQ(desk.turnHere(), u"Packet 1 dropped"_s);
    EXPECT_FALSE(desk.canRedo());
}

TEST_F(DeskOf, FuturesAreCompared) {
    EXPECT_FALSE(desk.differences().has_value());

    desk.befall(Fault::Kind::Drop);

    ASSERT_TRUE(desk.differences().has_value());
    EXPECT_FALSE(desk.differences()->packets.empty());
}

TEST_F(DeskOf, AnotherOptionIsPlayedFromTheStart) {
    net::Scenario other = desk.futures()->current().scenario;
    for (const Side side : kSides) other.links[side].delay *= 10;

    desk.replay(other, u"link.delay=100 ms"_s);

    EXPECT_EQ(desk.futures()->all().size(), 2U);
    document.toEnd();
    EXPECT_GT(document.elapsed(), Duration{std::chrono::milliseconds{200}});
}

TEST_F(DeskOf, TheRightAnswerIsWhatHappens) {
    desk.setPredicts(true);
    ASSERT_NE(desk.question(), nullptr);

    desk.answer(desk.question()->right);

    EXPECT_FALSE(desk.canPlayAnswer());
    document.next();
    EXPECT_EQ(desk.futures()->all().size(), 1U);
}

TEST_F(DeskOf, AWrongAnswerIsPlayedInABranch) {
    desk.setPredicts(true);
    ASSERT_NE(desk.question(), nullptr);
    const std::size_t wrong = desk.question()->right == 0 ? 1 : 0;

    desk.answer(wrong);
    ASSERT_TRUE(desk.canPlayAnswer());
    desk.branchOrBack();

    EXPECT_EQ(desk.futures()->all().size(), 2U);
}

TEST_F(DeskOf, NothingIsAskedOfWhoDoesNotWantIt) {
    EXPECT_EQ(desk.question(), nullptr);
}

TEST_F(DeskOf, SilenceHasItsReason) {
    const auto silences = desk.silencesOf(Side::Client);

    ASSERT_FALSE(silences.empty());
    EXPECT_NE(silences[0].en.find("Retransmission"), std::string::npos);
}

TEST_F(DeskOf, WhereThereIsNoConnectionNothingIsWaitedFor) {
    Opened closed(u"four-way-close"_s);
    closed.toEnd();

    for (const Side side : kSides) EXPECT_TRUE(closed.desk().silencesOf(side).empty());
}

TEST(Desk, TwoHostsWithoutAProgramTalkByHand) {
    Document document;
    document.show(emptyScenario("rfc9293"));
    Desk& desk = document.desk();
    EXPECT_FALSE(desk.canCall(Side::Client, CallKind::Send));

    desk.call(Side::Server, CallKind::Listen);
    desk.call(Side::Server, CallKind::Accept);
    desk.call(Side::Client, CallKind::Connect);
    document.toEnd();
    desk.call(Side::Client, CallKind::Send);
    document.toEnd();
    desk.call(Side::Server, CallKind::Recv);
    document.toEnd();
    desk.call(Side::Client, CallKind::Close);
    document.toEnd();
    desk.call(Side::Server, CallKind::Close);
    document.toEnd();

    const auto state = [&](Side side) {
        return stateAt(document.trace(), 0, side, document.moment());
    };
    EXPECT_EQ(state(Side::Client), tcp::State::Closed) << "after TIME-WAIT";
    EXPECT_EQ(state(Side::Server), tcp::State::Closed);
}

TEST_F(DeskOf, AnOptionIsSetFromHereOnAndNotBefore) {
    desk.setOption(Side::Client, net::SocketOption::Cork, 1);

    EXPECT_EQ(valueOf(desk.world()->hosts[Side::Client].config, net::SocketOption::Cork), 1);
    EXPECT_EQ(desk.turnHere(), u"client: setsockopt(TCP_CORK, 1)");
    document.back();
    EXPECT_EQ(valueOf(desk.world()->hosts[Side::Client].config, net::SocketOption::Cork), 0);
}

TEST(Desk, EveryProfileHasAnEmptyScenario) {
    for (const char* profile : {"rfc9293", "textbook", "linux", "freebsd"})
        EXPECT_TRUE(emptyScenario(profile).hosts[Side::Client].program.empty()) << profile;
}

TEST(Desk, ACaptureHasNone) {
    const Opened document(tracePath("handshake-data-close.pcap"));

    EXPECT_EQ(document.desk().futures(), nullptr);
    EXPECT_EQ(document.desk().world(), nullptr);
    EXPECT_FALSE(document.desk().packetOnTheWay().has_value());
}

// The machine explains silence without being disturbed, at every step of every scenario.
TEST(Desk, EveryStepOfEveryScenarioHasAWorld) {
    for (const net::Scenario& scenario : net::builtInScenarios()) {
        Document document;
        document.show(scenario);
        const int last = std::min(20, static_cast<int>(document.stops().size()));
        for (int position = 0; position <= last; position += 4) {
            document.setPosition(position);
            for (const Side side : kSides) {
                const auto state = stateAt(document.trace(), 0, side, document.moment());
                EXPECT_EQ(document.desk().world()->hosts[side].endpoint.state(), state)
                    << scenario.name << " at " << position;
                for (const tcp::Silence& silence : document.desk().silencesOf(side))
                    EXPECT_FALSE(silence.zh.empty());
            }
        }
    }
}

}  // namespace
}  // namespace tcplab::gui
