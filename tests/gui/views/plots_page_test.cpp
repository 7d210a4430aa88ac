#include "gui/views/plots_page.h"

#include "gui/main_window.h"
#include "gui/wording.h"
#include "gui/workspace.h"
#include "sim/trace/series.h"
#include "tests/gui/support.h"

#include <QTest>
#include <QToolButton>
#include <gtest/gtest.h>

#include <chrono>

namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;

class PlotsPageOf : public testing::Test {
protected:
    void open(const QString& what) {
        window.resize(1280, 800);
        window.show();
        window.activateWindow();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&window));
        window.open(what);
        QTest::keyClick(&window, Qt::Key_3, Qt::ControlModifier);
        QApplication::processEvents();
    }
    [[nodiscard]] PlotsPage& page() const { return window.workspace().plots(); }

    Document document{};
    MainWindow window{document, Preferences(Preferences::Memory::None)};
};

TEST_F(PlotsPageOf, ACaptureIsShownByItsKey) {
    open(tracePath("loss.pcap"));

    EXPECT_TRUE(page().isVisible());
    EXPECT_EQ(page().graph(), picture::Graph::Sequence);
    EXPECT_FALSE(page().figure().shapes.empty());
}

TEST_F(PlotsPageOf, ACaptureHasAButtonForEachGraph) {
    open(tracePath("loss.pcap"));

    for (QToolButton* button : page().findChildren<QToolButton*>())
        if (button->text() == u"RTT"_s) button->click();

    EXPECT_EQ(page().graph(), picture::Graph::Rtt);
}

TEST_F(PlotsPageOf, AClickGoesToThePacketOfThatTime) {
    open(tracePath("loss.pcap"));
    const Packet& wanted = document.trace().packets().back();
    const Instant start = startOf(document.trace(), document.connection());
    const double seconds =
        std::chrono::duration<double>(firstSighting(wanted.transit)->at - start).count();

    QTest::mouseClick(&page(),
                      Qt::LeftButton,
                      {},
                      QPoint(static_cast<int>(page().xOf(seconds)), page().height() / 2));

    const Packet* chosen = document.selectedPacket();
    ASSERT_NE(chosen, nullptr);
    const Duration apart = firstSighting(wanted.transit)->at - firstSighting(chosen->transit)->at;
    EXPECT_LT(std::abs(std::chrono::duration<double>(apart).count()),
              (page().figure().to - page().figure().from) / 100);
}

TEST_F(PlotsPageOf, TheOtherDirectionCanBeChosen) {
    open(tracePath("loss.pcap"));
    const Side first = page().sender();

    page().setSender(other(first));

    EXPECT_EQ(page().sender(), other(first));
}

TEST_F(PlotsPageOf, ALessonShowsNothingRightOfTheCursor) {
    open(u"transfer"_s);
    document.setPosition(static_cast<int>(document.stops().size()) / 3);

    const QImage early = page().grab().toImage();
    document.toEnd();
    const QImage whole = page().grab().toImage();

    const auto inkRightOf = [&](const QImage& image, double x) {
        const QColor blue = paletteOf(Theme::Light).of(Role::Open);
        int count = 0;
        const int top = static_cast<int>(page().figure().plot.top) + 40;
        for (int column = static_cast<int>(x); column < image.width() - 30; ++column)
            for (int row = top; row < image.height() - 60; ++row)
                count += image.pixelColor(column, row) == blue ? 1 : 0;
        return count;
    };
    document.setPosition(static_cast<int>(document.stops().size()) / 3);
    const double now = page().xOf(std::chrono::duration<double>(document.elapsed()).count()) + 4;
    EXPECT_EQ(inkRightOf(early, now), 0);
    EXPECT_GT(inkRightOf(whole, now), 0);
}

// The line stood at 64 s while the cursor was at 123 s.
TEST_F(PlotsPageOf, ACursorThatIsNotOnTheAxisIsTold) {
    open(u"pmtu-black-hole"_s);
    document.setPosition(1);
    EXPECT_TRUE(page().cursorOutside().isEmpty());

    document.toEnd();

    EXPECT_TRUE(page().cursorOutside().startsWith(u"cursor: 123.1"_s))
        << page().cursorOutside().toStdString();
}

TEST_F(PlotsPageOf, WithoutAConnectionThePageSaysSoAndOffersNothing) {
    open(u"handshake"_s);
    document.close();
    QApplication::processEvents();

    for (QToolButton* button : page().findChildren<QToolButton*>())
        EXPECT_FALSE(button->isEnabled()) << button->text().toStdString();
}

}  // namespace
}  // namespace tcplab::gui
