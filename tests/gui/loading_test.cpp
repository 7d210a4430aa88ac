#include "gui/loading.h"

#include "gui/desk.h"
#include "gui/main_window.h"
#include "gui/models/flow_table.h"
#include "gui/views/notice_bar.h"
#include "gui/workspace.h"
#include "tests/gui/large_capture.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QElapsedTimer>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <gtest/gtest.h>

// A capture is read while the window answers.
namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr int kMany = 100;
constexpr int kTooMany = 600;  ///< To be read before anybody can press a key.

class OfALargeCapture : public testing::Test {
protected:
    OfALargeCapture() {
        document.setPatience(0ms);
        window.show();
    }
    void waitUntilLoaded() {
        EXPECT_TRUE(QTest::qWaitFor([this] { return !document.isLoading(); }, 60'000));
    }

    LargeCapture capture{kMany};
    Document document{};
    MainWindow window{document, Preferences(Preferences::Memory::None)};
};

TEST_F(OfALargeCapture, TheRestComesWhileTheWindowAnswers) {
    const LargeCapture huge{kTooMany};
    FlowTable table(document);
    const QAbstractItemModelTester contract(&table,
                                            QAbstractItemModelTester::FailureReportingMode::Fatal);
    const QSignalSpy grew(&document, &Document::grew);
    window.open(huge.path());
    EXPECT_TRUE(document.isLoading());

    waitUntilLoaded();

    EXPECT_GT(grew.count(), 1);
    Document whole;
    ASSERT_TRUE(whole.open(huge.path()).has_value());
    EXPECT_EQ(document.summary().packets, whole.summary().packets);
    EXPECT_EQ(document.flows().size(), whole.flows().size());
    EXPECT_EQ(document.connection(), whole.connection()) << "the worst one";
    EXPECT_EQ(table.rowCount(), static_cast<int>(whole.flows().size()));
}

TEST_F(OfALargeCapture, EscapeStopsAndKeepsWhatWasRead) {
    const LargeCapture huge{kTooMany};
    window.activateWindow();
    EXPECT_TRUE(QTest::qWaitForWindowActive(&window));
    window.open(huge.path());
    EXPECT_TRUE(document.isLoading());

    QTest::keyClick(&window, Qt::Key_Escape);
    waitUntilLoaded();

    EXPECT_TRUE(document.wasStopped());
    EXPECT_TRUE(window.notice().isVisible());
    EXPECT_TRUE(window.notice().text().contains(u"stopped"_s));
    Document whole;
    ASSERT_TRUE(whole.open(huge.path()).has_value());
    EXPECT_LT(document.summary().packets, whole.summary().packets);

    document.setPatience(1min);
    window.notice().action().click();
    EXPECT_EQ(document.summary().packets, whole.summary().packets);
}

TEST_F(OfALargeCapture, WhatTheReaderChoseStaysChosen) {
    window.open(capture.path());
    ASSERT_TRUE(QTest::qWaitFor([this] { return document.selected().has_value(); }, 60'000));
    document.next();
    const auto chosen = document.selected();

    waitUntilLoaded();

    EXPECT_EQ(document.selected(), chosen);
}

TEST_F(OfALargeCapture, ALongConnectionIsShownInParts) {
    document.setPatience(1min);
    window.open(capture.path());
    const Document::Part part = document.part();
    ASSERT_LT(part.shown, part.whole);
    EXPECT_TRUE(window.notice().text().contains(u"in this connection are shown"_s));

    document.toEnd();
    document.next();
    EXPECT_EQ(document.part().first, part.shown) << "the next step leads into the next part";
    document.back();
    EXPECT_LT(document.part().first, part.shown) << "and back";

    const PacketId first = document.trace().packets().front().number;
    document.setPart(part.whole - 10);
    EXPECT_EQ(document.part().shown, 10U);
    EXPECT_TRUE(document.selected().has_value());
    document.select(first + 5000);
    EXPECT_EQ(document.selected(), first + 5000);
}

TEST_F(OfALargeCapture, AFileThatGrowsIsOfferedAgain) {
    document.setPatience(1min);
    window.open(capture.path());
    const auto packets = document.summary().packets;
    const auto selected = document.selected();

    capture.append();

    ASSERT_TRUE(QTest::qWaitFor(
        [this] { return window.notice().text().contains(u"has changed"_s); }, 20'000));
    EXPECT_EQ(document.summary().packets, packets) << "nothing changes by itself";
    window.notice().action().click();
    EXPECT_GT(document.summary().packets, packets);
    EXPECT_EQ(document.selected(), selected);
}

TEST_F(OfALargeCapture, AFileThatVanishesIsStillShown) {
    document.setPatience(1min);
    window.open(capture.path());

    QFile::remove(capture.path());

    ASSERT_TRUE(QTest::qWaitFor(
        [this] { return window.notice().text().contains(u"no longer there"_s); }, 20'000));
    document.setPart(100);
    EXPECT_TRUE(document.selected().has_value()) << "and read";
}

TEST_F(OfALargeCapture, AFileThatWasCutSaysSoAndKeepsWhatIsShown) {
    document.setPatience(1min);
    window.open(capture.path());
    const Trace& trace = document.trace();
    const auto packets = trace.packets().size();

    QFile(capture.path()).resize(5000);
    document.setPart(20'000);

    EXPECT_TRUE(window.notice().text().contains(u"has changed since it was read"_s));
    EXPECT_EQ(document.trace().packets().size(), packets);
}

/// Preferences that are kept in a folder of the test.
class Kept : public testing::Test {
protected:
    Kept() { QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder.path()); }
    ~Kept() override {
        QSettings::setPath(
            QSettings::NativeFormat, QSettings::UserScope, QDir::tempPath() + u"/tcplab-none"_s);
    }
    QTemporaryDir folder{};
};

TEST_F(Kept, TheSessionIsRestored) {
    const QString file = tracePath("loss.pcap");
    PacketId packet = 0;
    {
        Document document;
        MainWindow window(document, Preferences(Preferences::Memory::Kept));
        window.show();
        window.open(file);
        document.setPosition(7);
        packet = *document.selected();
        window.workspace().setPage(Workspace::Page::Plots);
        window.resize(1100, 750);
        window.close();
    }
    Document document;
    MainWindow window(document, Preferences(Preferences::Memory::Kept));
    window.show();
    window.welcome();

    EXPECT_EQ(document.source(), file);
    EXPECT_EQ(document.selected(), packet);
    EXPECT_EQ(window.workspace().page(), Workspace::Page::Plots);
    EXPECT_EQ(window.size(), QSize(1100, 750));
    EXPECT_EQ(Preferences(Preferences::Memory::Kept).recent().first(), file);
}

class Bookmarks : public Kept {
protected:
    /// Opened, as if the program were started for it.
    static std::set<PacketId> keptOf(const QString& source) {
        Document document;
        MainWindow window(document, Preferences(Preferences::Memory::Kept));
        window.open(source);
        return document.bookmarks();
    }
    /// Opened, the packets at these positions marked, closed.
    static std::set<PacketId> mark(const QString& source, std::initializer_list<int> positions) {
        Document document;
        MainWindow window(document, Preferences(Preferences::Memory::Kept));
        window.open(source);
        for (const int position : positions) {
            document.setPosition(position);
            document.toggleBookmark();
        }
        return document.bookmarks();
    }
};

TEST_F(Bookmarks, AreFoundAgainInTheSameFileAndInNoOther) {
    const auto marked = mark(tracePath("loss.pcap"), {3, 8});
    ASSERT_EQ(marked.size(), 2U);

    EXPECT_EQ(keptOf(tracePath("loss.pcap")), marked);
    EXPECT_TRUE(keptOf(tracePath("http.pcap")).empty());
}

TEST_F(Bookmarks, AreFoundAgainInAScenario) {
    const auto marked = mark(u"four-way-close"_s, {4});
    ASSERT_EQ(marked.size(), 1U);

    EXPECT_EQ(keptOf(u"four-way-close"_s), marked);
    EXPECT_TRUE(keptOf(u"handshake"_s).empty());
}

TEST_F(Bookmarks, AreGoneOnceTheyAreTakenAway) {
    const auto marked = mark(tracePath("loss.pcap"), {3});
    ASSERT_EQ(marked.size(), 1U);
    mark(tracePath("loss.pcap"), {3});

    EXPECT_TRUE(keptOf(tracePath("loss.pcap")).empty());
}

TEST_F(Bookmarks, OfAFileThatHasChangedAreNone) {
    const QString path = folder.filePath(u"mine.pcap"_s);
    ASSERT_TRUE(QFile::copy(tracePath("loss.pcap"), path));
    ASSERT_EQ(mark(path, {3}).size(), 1U);
    ASSERT_EQ(keptOf(path).size(), 1U);
    ASSERT_TRUE(QFile::remove(path));
    ASSERT_TRUE(QFile::copy(tracePath("http.pcap"), path));

    EXPECT_TRUE(keptOf(path).empty());
}

TEST_F(Bookmarks, OfAnotherFutureAreNotTheScenarios) {
    {
        Document document;
        MainWindow window(document, Preferences(Preferences::Memory::Kept));
        window.open(u"four-way-close"_s);
        document.setPosition(4);
        document.toggleBookmark();
        ASSERT_EQ(document.bookmarks().size(), 1U);
        document.desk().befall(net::Fault::Kind::Drop);
        ASSERT_NE(document.desk().futures()->number(), 0U);
        document.toEnd();
        document.toggleBookmark();
    }
    EXPECT_EQ(keptOf(u"four-way-close"_s).size(), 1U);
}

TEST_F(Kept, ASecondProgramSaysThatItKeepsNothing) {
    Document first;
    MainWindow one(first, Preferences(Preferences::Memory::Kept));
    one.show();
    one.open(u"four-way-close"_s);

    Document second;
    MainWindow two(second, Preferences(Preferences::Memory::Kept));
    two.show();
    two.welcome();
    EXPECT_TRUE(two.notice().text().contains(u"Another tcplab is running"_s));
    two.close();
    one.close();

    QSettings kept(u"tcplab"_s, u"tcplab-gui"_s);
    EXPECT_EQ(kept.value(u"session/source"_s).toString(), u"four-way-close"_s);
}

TEST_F(Kept, AFileThatIsGoneAtTheNextStartIsSaid) {
    const LargeCapture capture{1};
    {
        Document document;
        MainWindow window(document, Preferences(Preferences::Memory::Kept));
        window.show();
        window.open(capture.path());
        window.close();
    }
    QFile::remove(capture.path());

    Document document;
    MainWindow window(document, Preferences(Preferences::Memory::Kept));
    window.show();
    window.welcome();

    EXPECT_EQ(document.kind(), Document::Kind::Lesson);
    EXPECT_TRUE(window.notice().text().contains(u"large.pcap"_s));
}

}  // namespace
}  // namespace tcplab::gui
