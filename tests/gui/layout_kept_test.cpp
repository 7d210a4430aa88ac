#include "gui/main_window.h"
#include "gui/workspace.h"
#include "tests/gui/support.h"

#include <QApplication>
#include <QSplitter>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>

#include <memory>

// What a reader has divided and hidden is there again, for lessons and for captures apart.
namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;

class LayoutKept : public testing::Test {
protected:
    LayoutKept() {
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder.path());
        start();
    }
    ~LayoutKept() override {
        window.reset();
        QSettings::setPath(
            QSettings::NativeFormat, QSettings::UserScope, QDir::tempPath() + u"/tcplab-none"_s);
    }

    void start() {
        if (window) window->close();
        window.reset();
        document = std::make_unique<Document>();
        window = std::make_unique<MainWindow>(*document, Preferences(Preferences::Memory::Kept));
        window->resize(1280, 800);
        window->show();
        window->activateWindow();
        EXPECT_TRUE(QTest::qWaitForWindowActive(window.get()));
    }
    void open(const QString& what) {
        window->open(what);
        QApplication::processEvents();
    }
    [[nodiscard]] QWidget& named(const QString& name) const {
        return *window->findChild<QWidget*>(name);
    }
    /// By its line, as with the mouse.
    void drag(const QString& pane, int by) {
        auto* splitter = qobject_cast<QSplitter*>(named(pane).parentWidget());
        ASSERT_NE(splitter, nullptr);
        QSplitterHandle* line = splitter->handle(splitter->indexOf(&named(pane)));
        const bool across = splitter->orientation() == Qt::Horizontal;
        const QPoint from = line->rect().center();
        const QPoint to = from + (across ? QPoint(by, 0) : QPoint(0, by));
        QTest::mousePress(line, Qt::LeftButton, {}, from);
        QTest::mouseMove(line, to);
        QTest::mouseRelease(line, Qt::LeftButton, {}, to);
        QApplication::processEvents();
    }

    QTemporaryDir folder{};
    std::unique_ptr<Document> document{};
    std::unique_ptr<MainWindow> window{};
};

TEST_F(LayoutKept, EveryDividedPaneIsAsItWasLeft) {
    open(u"four-way-close"_s);
    const int usual = named(u"desk"_s).height();
    drag(u"desk"_s, -40);
    const int lesson = named(u"desk"_s).height();
    ASSERT_GT(lesson, usual + 20);
    const int states = named(u"why"_s).height();

    open(tracePath("backlog-full.pcap"));
    const int list = named(u"flows"_s).width();
    drag(u"page"_s, 60);
    ASSERT_GT(named(u"flows"_s).width(), list + 40);
    const int capture = named(u"flows"_s).width();

    open(u"handshake"_s);
    EXPECT_NEAR(named(u"desk"_s).height(), lesson, 2);
    open(tracePath("close-wait.pcap"));
    EXPECT_NEAR(named(u"flows"_s).width(), capture, 2);

    start();
    open(u"four-way-close"_s);
    EXPECT_NEAR(named(u"desk"_s).height(), lesson, 2);
    EXPECT_NEAR(named(u"why"_s).height(), states, 2);
    open(tracePath("backlog-full.pcap"));
    EXPECT_NEAR(named(u"flows"_s).width(), capture, 2);

    window->workspace().resetLayout();
    QApplication::processEvents();
    EXPECT_NEAR(named(u"flows"_s).width(), list, 2);
}

TEST_F(LayoutKept, WhatIsHiddenStaysHiddenInItsArrangement) {
    open(u"four-way-close"_s);
    QTest::keyClick(window.get(), Qt::Key_F7);
    QTest::keyClick(window.get(), Qt::Key_F9);

    open(tracePath("backlog-full.pcap"));
    EXPECT_TRUE(named(u"flows"_s).isVisible());
    open(u"handshake"_s);
    EXPECT_FALSE(named(u"notes"_s).isVisible());
    EXPECT_TRUE(named(u"packets"_s).isVisible());

    start();
    open(u"handshake"_s);
    EXPECT_FALSE(named(u"notes"_s).isVisible());
    EXPECT_TRUE(named(u"leftHandle"_s).isVisible());
    EXPECT_TRUE(named(u"packets"_s).isVisible());
    window->workspace().resetLayout();
    EXPECT_TRUE(named(u"notes"_s).isVisible());
    EXPECT_FALSE(named(u"packets"_s).isVisible());
}

// What nobody has divided goes on to suit the size of the window.
TEST_F(LayoutKept, WhatNobodyHasDividedSuitsTheNextWindow) {
    open(u"four-way-close"_s);
    window->resize(1600, 1000);
    QApplication::processEvents();
    const int wide = named(u"why"_s).width();

    start();
    open(u"four-way-close"_s);
    window->resize(1280, 800);
    QApplication::processEvents();
    EXPECT_LT(named(u"why"_s).width(), wide);
    const int usual = named(u"why"_s).width();
    window->workspace().resetLayout();
    EXPECT_EQ(named(u"why"_s).width(), usual);
}

TEST_F(LayoutKept, AProjectorLeavesWhatWasDivided) {
    open(u"four-way-close"_s);
    drag(u"desk"_s, -40);
    const int desk = named(u"desk"_s).height();
    const int why = named(u"why"_s).width();

    window->setProjecting(true);
    QApplication::processEvents();
    window->setProjecting(false);
    QApplication::processEvents();
    EXPECT_NEAR(named(u"desk"_s).height(), desk, 2);
    EXPECT_NEAR(named(u"why"_s).width(), why, 2);

    window->setProjecting(true);
    start();
    open(u"four-way-close"_s);
    EXPECT_NEAR(named(u"why"_s).width(), why, 2);
}

}  // namespace
}  // namespace tcplab::gui
