#include "gui/views/ladder_view.h"

#include "gui/look.h"
#include "gui/main_window.h"
#include "gui/workspace.h"
#include "tests/gui/support.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFontMetrics>
#include <QImage>
#include <QScrollBar>
#include <QTest>
#include <QWheelEvent>
#include <gtest/gtest.h>

#include <cstdlib>

namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;

class LadderViewOf : public testing::Test {
protected:
    LadderViewOf() {
        window.resize(1280, 800);
        window.show();
        window.activateWindow();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&window));
    }
    [[nodiscard]] LadderView& ladder() const { return window.workspace().ladder(); }
    void turnWheel(int by, Qt::KeyboardModifiers modifiers) {
        const QPointF at(200, 200);
        QWheelEvent event(at,
                          ladder().viewport()->mapToGlobal(at),
                          {},
                          {0, by},
                          Qt::NoButton,
                          modifiers,
                          Qt::NoScrollPhase,
                          false);
        QApplication::sendEvent(ladder().viewport(), &event);
    }

    Document document{};
    MainWindow window{document, Preferences(Preferences::Memory::None)};
};

TEST_F(LadderViewOf, TheWheelStretchesItWithCtrlAndScrollsWithout) {
    window.open(u"transfer"_s);
    document.toEnd();
    const double height = ladder().layout().height;

    turnWheel(120, Qt::NoModifier);
    EXPECT_EQ(ladder().layout().height, height);
    turnWheel(120, Qt::ControlModifier);
    EXPECT_GT(ladder().layout().height, height);
    turnWheel(-120, Qt::ControlModifier);
    EXPECT_NEAR(ladder().layout().height, height, 1);
    for (int i = 0; i < 100; ++i) turnWheel(120, Qt::ControlModifier);
    EXPECT_LE(ladder().zoom(), 4) << "it has an end";

    QTest::keyClick(&window, Qt::Key_Minus);
    EXPECT_LT(ladder().zoom(), 4);
}

TEST_F(LadderViewOf, NumbersAreRawWhileAltIsHeld) {
    window.open(u"handshake"_s);
    document.toEnd();
    const auto numbers = [&] { return ladder().layout().arrows[1].numbers; };
    ASSERT_EQ(numbers(), u" seq=0 ack=1"_s);

    QTest::keyPress(&window, Qt::Key_Alt);
    EXPECT_EQ(numbers(), u" seq=300 ack=101"_s);
    QTest::keyRelease(&window, Qt::Key_Alt);
    EXPECT_EQ(numbers(), u" seq=0 ack=1"_s);
}

TEST_F(LadderViewOf, ABookmarkIsFoundAgain) {
    window.open(tracePath("loss.pcap"));
    document.select(7);
    QTest::keyClick(&window, Qt::Key_B, Qt::ControlModifier);
    document.select(3);
    QTest::keyClick(&window, Qt::Key_B, Qt::ControlModifier);
    EXPECT_EQ(document.bookmarks(), (std::set<PacketId>{3, 7}));

    QTest::keyClick(&window, Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(document.selected(), 7U);
    QTest::keyClick(&window, Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(document.selected(), 3U) << "after the last comes the first";
    QTest::keyClick(&window, Qt::Key_B, Qt::ControlModifier);
    EXPECT_EQ(document.bookmarks(), std::set<PacketId>{7});

    window.open(u"handshake"_s);
    EXPECT_TRUE(document.bookmarks().empty());
}

TEST_F(LadderViewOf, APacketIsCopiedForPacketdrill) {
    window.open(u"handshake"_s);
    document.toEnd();
    document.select(2);

    QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);

    EXPECT_EQ(QApplication::clipboard()->text(), u"> S. 0:0(0) ack 1 win 65535 <mss 1460>"_s);
}

TEST_F(LadderViewOf, ARightClickOffersWhatCanBeDone) {
    window.open(u"handshake"_s);
    QStringList offered;
    for (const QAction* action : ladder().actions()) offered << action->text().remove(u'&');

    for (const QString& wanted :
         {u"Drop"_s, u"Delay"_s, u"Follow the stream"_s, u"Copy for packetdrill"_s, u"Bookmark"_s})
        EXPECT_TRUE(offered.contains(wanted)) << wanted.toStdString();
}

/// What is drawn in a part of a picture, as a rectangle around it; a faint strip does not count.
QRect inkIn(const QImage& image, const QRect& part) {
    QRect ink;
    const QColor behind = image.pixelColor(part.topLeft());
    for (int y = part.top(); y <= part.bottom(); ++y)
        for (int x = part.left(); x <= part.right(); ++x)
            if (std::abs(image.pixelColor(x, y).lightness() - behind.lightness()) > 30)
                ink |= QRect(x, y, 1, 1);
    return ink;
}

// The unit of the times stands over their column, and ends where they end.
TEST_F(LadderViewOf, TheColumnOfTimesIsHeadedByItsUnit) {
    for (const char* what : {"four-way-close", "handshake"}) {
        window.open(QString::fromLatin1(what));
        document.toEnd();
        QApplication::processEvents();
        const QImage image = ladder().viewport()->grab().toImage();
        const int column = static_cast<int>(ladder().layout().metrics.timeColumn);
        const int top = static_cast<int>(ladder().toViewport({0, 0}).y()) +
                        ladder().verticalScrollBar()->value();
        const QRect heading = inkIn(image, {1, 2, column - 2, 28});
        const QRect times = inkIn(image, {1, top + 2, column - 2, image.height() - top - 4});
        ASSERT_FALSE(heading.isEmpty()) << what;
        ASSERT_FALSE(times.isEmpty()) << what;
        const QFontMetrics metrics(fonts::mono(fonts::kLeast));
        EXPECT_LE(heading.width(), metrics.horizontalAdvance(u's')) << "one letter";
        EXPECT_NEAR(heading.right(), times.right(), 2) << what;
    }
}

TEST_F(LadderViewOf, AddressesOfIpv6StandApart) {
    window.open(tracePath("ipv6.pcap"));
    for (const int width : {1600, 1280, 1024, 760}) {
        window.resize(width, 700);
        QApplication::processEvents();
        const QImage image = ladder().viewport()->grab().toImage();
        const LadderLayout& layout = ladder().layout();
        const QRectF client = layout.headingBox(Side::Client, 400, 0);
        const QRectF server = layout.headingBox(Side::Server, 400, 0);
        const QRect between(static_cast<int>(client.right()) + 2,
                            26,
                            static_cast<int>(server.left() - client.right()) - 4,
                            16);
        EXPECT_GE(between.width(), 10);
        EXPECT_TRUE(inkIn(image, between).isEmpty()) << width;
    }
}

}  // namespace
}  // namespace tcplab::gui
