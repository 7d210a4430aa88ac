#include "gui/geometry/window_layout.h"

#include "sim/net/scenario.h"
#include "sim/trace/simulate.h"
#include "tests/gui/support.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;
using testing::ElementsAre;
using testing::IsEmpty;

double measure(const QString& text) {
    return 6.6 * static_cast<double>(text.size());
}

// RFC 9293 figure 3: octets 1 to 100 are acknowledged, 101 to 300 in flight; 50 more wait, and
// the window of 1000 begins at SND.UNA.
TEST(SendAxis, HasTheFourPartsOfTheFigure) {
    tcp::Tcb tcb;
    tcb.snd.iss = Seq{1000};
    tcb.snd.una = Seq{1101};
    tcb.snd.nxt = Seq{1301};
    tcb.snd.wnd = 1000;
    tcb.sendQueue.append(net::alphabet(250));

    const WindowAxis axis = sendAxisOf(tcb);

    EXPECT_THAT(axis.spans,
                ElementsAre(WindowSpan{SpanKind::Acknowledged, 100, 101},
                            WindowSpan{SpanKind::InFlight, 101, 301},
                            WindowSpan{SpanKind::Waiting, 301, 351},
                            WindowSpan{SpanKind::Free, 351, 1101}));
    EXPECT_EQ(axis.windowFrom, 101);
    EXPECT_EQ(axis.windowTo, 1101);
}

TEST(SendAxis, OctetsBeyondAClosedWindowWaitOutsideOfIt) {
    tcp::Tcb tcb;
    tcb.snd.iss = Seq{0};
    tcb.snd.una = Seq{1};
    tcb.snd.nxt = Seq{1};
    tcb.snd.wnd = 0;
    tcb.sendQueue.append(net::alphabet(20));

    const WindowAxis axis = sendAxisOf(tcb);

    EXPECT_EQ(axis.spans.back(), (WindowSpan{SpanKind::Waiting, 1, 21}));
    EXPECT_EQ(axis.windowTo, axis.windowFrom);
}

// RFC 9293 figure 4.
TEST(ReceiveAxis, TellsWhatIsNotRead) {
    tcp::Tcb tcb;
    tcb.rcv.irs = Seq{500};
    tcb.rcv.nxt = Seq{601};
    tcb.rcv.wnd = 900;
    tcb.received = {net::alphabet(40)};

    EXPECT_THAT(receiveAxisOf(tcb).spans,
                ElementsAre(WindowSpan{SpanKind::Acknowledged, 60, 61},
                            WindowSpan{SpanKind::Unread, 61, 101},
                            WindowSpan{SpanKind::Free, 101, 1001}));
}

TEST(WindowAxis, OfNoConnectionIsEmpty) {
    EXPECT_THAT(sendAxisOf({}).spans, IsEmpty());
    EXPECT_THAT(layOut(sendAxisOf({}), 300, 14, measure).boxes, IsEmpty());
}

TEST(WindowLayout, KeepsEverythingInPlaceAtEveryStepOfEveryScenario) {
    constexpr double kWidth = 330;
    for (const net::Scenario& scenario : net::builtInScenarios())
        for (const Moment at : {4U, 9U, 15U}) {
            const auto world = worldAfter(scenario, {.steps = at});
            ASSERT_TRUE(world);
            for (const Side side : kSides) {
                const tcp::Tcb& tcb = world->hosts[side].endpoint.tcb();
                for (const WindowAxis& axis : {sendAxisOf(tcb), receiveAxisOf(tcb)}) {
                    const WindowLayout layout = layOut(axis, kWidth, 14, measure);
                    double x = 0;
                    for (const WindowLayout::Box& box : layout.boxes) {
                        EXPECT_DOUBLE_EQ(box.area.left(), x) << scenario.name;
                        EXPECT_GE(box.area.width(), 16) << "wide enough to be seen";
                        x = box.area.right();
                    }
                    EXPECT_LE(x, kWidth + 0.01);
                    for (std::size_t i = 1; i < layout.labels.size(); ++i)
                        EXPECT_LT(layout.labels[i - 1].area.right(), layout.labels[i].area.left());
                    for (const WindowLayout::Label& label : layout.labels)
                        EXPECT_LE(label.area.right(), kWidth + 1) << scenario.name;
                }
            }
        }
}

}  // namespace
}  // namespace tcplab::gui
