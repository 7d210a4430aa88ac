#include "gui/geometry/ladder_layout.h"
#include "sim/net/scenario.h"
#include "sim/trace/simulate.h"
#include "tests/gui/support.h"

#include <gtest/gtest.h>

#include <algorithm>

// What is written and drawn at the packets and calls of a ladder.
namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;

struct Ladder {
    explicit Ladder(const char* scenario, double width = 900, double gutter = 150)
        : trace{simulate(*net::scenarioNamed(scenario))},
          layout{layOut(tellLadder(trace, 0),
                        {.width = width,
                         .clientGutter = gutter,
                         .serverGutter = gutter,
                         .measure = [](const QString& text, bool) {
                             return 7.2 * static_cast<double>(text.size());
                         }})} {}

    [[nodiscard]] const LadderArrow& arrow(PacketId packet) const {
        return *layout.arrowOf(packet);
    }
    [[nodiscard]] QString textWith(const QString& part) const {
        for (const LadderText& text : layout.texts)
            if (text.note.text.contains(part)) return text.note.text;
        return {};
    }

    Trace trace;
    LadderLayout layout;
};

// A probe was drawn as a repetition of the SYN, and did not show that its number is an old one.
TEST(LadderMarks, AKeepAliveProbeRepeatsNothingAndShowsItsOldNumber) {
    const Ladder ladder("keep-alive");
    EXPECT_TRUE(ladder.layout.hooks.empty());
    EXPECT_EQ(ladder.arrow(5).numbers, u" seq=0 ack=1"_s);
    EXPECT_EQ(ladder.arrow(3).numbers, u" ack=1"_s) << "the next number goes without saying";
}

TEST(LadderMarks, ARetransmissionStillPointsBack) {
    EXPECT_EQ(Ladder("syn-lost").layout.hooks.size(), 1U);
    EXPECT_EQ(Ladder("tail-loss").layout.hooks.size(), 1U);
}

// Whoever counts duplicate ACKs counted window updates too.
TEST(LadderMarks, AWindowUpdateShowsItsWindow) {
    const Ladder ladder("fast-retransmit", 2000);
    std::size_t updates = 0;
    const TcpNumbers* before = nullptr;
    for (const Packet& packet : ladder.trace.packets()) {
        if (packet.from != Side::Server) continue;
        const bool plain = !packet.tcp.flags.syn && !packet.tcp.flags.fin;
        const bool onlyWindow = plain && before != nullptr && before->ack == packet.tcp.ack &&
                                before->window != packet.tcp.window;
        const QString window = u"win=%1"_s.arg(packet.tcp.window);
        EXPECT_EQ(ladder.arrow(packet.number).numbers.contains(window), onlyWindow)
            << "packet " << packet.number;
        if (onlyWindow) ++updates;
        before = &packet.tcp;
    }
    EXPECT_GE(updates, 2U);
}

TEST(LadderMarks, WhatIsLostOrDamagedSaysSoClearOfLabelsAndGaps) {
    std::size_t words = 0;
    for (const char* name : {"firewall", "pmtu-black-hole", "keep-alive", "corruption"}) {
        const Ladder ladder(name, 628);
        for (const LadderArrow& arrow : ladder.layout.arrows) {
            if (arrow.word.isEmpty()) continue;
            ++words;
            for (const LadderMark& gap : ladder.layout.gaps)
                EXPECT_TRUE(gap.y + 8 <= arrow.word.top() || gap.y - 8 >= arrow.word.bottom())
                    << name << ", packet " << arrow.packet << " and " << gap.text.toStdString();
            for (const LadderArrow& other : ladder.layout.arrows) {
                EXPECT_FALSE(overlap(other.labelShape(), QPolygonF(arrow.word)))
                    << name << ", packets " << arrow.packet << " and " << other.packet;
            }
        }
    }
    EXPECT_GE(words, 12U);
}

TEST(LadderMarks, AResetAndADamagedPacketAreMarkedAsFaults) {
    const Ladder damaged("corruption");
    ASSERT_TRUE(damaged.arrow(4).damaged);
    EXPECT_EQ(*damaged.arrow(4).damaged, *damaged.arrow(4).ended) << "not before it came";
    EXPECT_FALSE(damaged.arrow(4).word.isEmpty());
    EXPECT_FALSE(damaged.arrow(5).damaged);
    EXPECT_TRUE(Ladder("reset").arrow(6).reset);
    EXPECT_FALSE(Ladder("reset").arrow(5).reset);
}

// The option was elided for the sake of a 0.
TEST(LadderMarks, ACallWithoutRoomDropsThatItGave0) {
    EXPECT_EQ(Ladder("late-nodelay", 900, 260).textWith(u"setsockopt"_s),
              u"setsockopt(TCP_NODELAY, 1) = 0"_s);
    EXPECT_EQ(Ladder("late-nodelay", 900, 210).textWith(u"setsockopt"_s),
              u"setsockopt(TCP_NODELAY, 1)"_s);
    EXPECT_EQ(Ladder("late-nodelay", 900, 90).textWith(u"recv"_s), u"recv(4096) = 5"_s)
        << "any other result stays";
}

TEST(LadderMarks, WhatACallWasToldIsNoPartOfWhatItGave) {
    EXPECT_EQ(Ladder("reset", 900, 200).textWith(u"linger"_s), u"close() = 0 (linger 0)"_s);
}

TEST(LadderMarks, WhatIsUnderWayIsDrawnNoFurtherThanTheLifelines) {
    for (const net::Scenario& scenario : net::builtInScenarios()) {
        const Ladder ladder(scenario.name.c_str(), 628);
        for (Moment moment = 1; moment <= ladder.trace.moments(); ++moment) {
            const double reach = ladder.layout.reachOf(moment);
            for (const LadderArrow& arrow : ladder.layout.arrows) {
                if (arrow.departed > moment) break;
                const bool flies = arrow.ended && *arrow.ended > moment;
                EXPECT_LE(arrow.line.pointAt(flies        ? kOnTheWay
                                             : arrow.lost ? kFaultAt
                                                          : 1)
                              .y(),
                          reach + 10)
                    << scenario.name << " at " << moment << ", packet " << arrow.packet;
            }
        }
    }
}

TEST(LadderMarks, EveryStepHasAStrip) {
    const Ladder ladder("silly-window", 628);
    for (Moment moment = 1; moment <= ladder.trace.moments(); ++moment)
        EXPECT_FALSE(ladder.layout.stripOf(moment).isEmpty()) << moment;
}

TEST(LadderMarks, NoStripCutsATextBesideIt) {
    for (const net::Scenario& scenario : net::builtInScenarios()) {
        const Ladder ladder(scenario.name.c_str(), 628);
        for (const LadderArrow& arrow : ladder.layout.arrows)
            for (const LadderText& text : ladder.layout.texts) {
                const QRectF whole = text.box.united(text.glossBox);
                const double top = arrow.strip.top();
                EXPECT_FALSE(whole.top() < top - 2 && whole.bottom() > top + 2)
                    << scenario.name << ": " << text.note.text.toStdString() << " at packet "
                    << arrow.packet;
            }
    }
}

TEST(LadderMarks, AtLeastNineOfTenLabelsHaveTheirNumbers) {
    for (const char* name : {"fast-retransmit", "slow-start", "transfer", "small-cwnd"}) {
        const Ladder ladder(name, 1000);
        std::ptrdiff_t bare = 0;
        for (const LadderArrow& arrow : ladder.layout.arrows) bare += arrow.numbers.isEmpty();
        EXPECT_LE(bare * 10, static_cast<std::ptrdiff_t>(ladder.layout.arrows.size())) << name;
    }
}

// Twenty packets stood under one time.
TEST(LadderMarks, PacketsCloserThanAMillisecondShowMicroseconds) {
    const auto timesOf = [](const char* name) {
        Opened document(tracePath(name));
        const ConnectionId id = document.flows().front().connection.id;
        document.setConnection(id);
        QStringList times;
        const LadderLayout layout =
            layOut(tellLadder(document.trace(), id), {.measure = [](const QString& text, bool) {
                       return 7.2 * static_cast<double>(text.size());
                   }});
        for (const LadderMark& mark : layout.times) times << mark.text;
        return times;
    };
    const QStringList times = timesOf("reordered.pcap");
    ASSERT_FALSE(times.isEmpty());
    EXPECT_EQ(times.last().section(u'.', 1).size(), 6);
    EXPECT_EQ(Ladder("handshake").layout.times.back().text.section(u'.', 1).size(), 3);
}

}  // namespace
}  // namespace tcplab::gui
