#include "gui/copies.h"
#include "gui/desk.h"
#include "gui/look.h"
#include "gui/main_window.h"
#include "gui/menus.h"
#include "gui/views/export_dialog.h"
#include "gui/views/ladder_view.h"
#include "gui/views/lesson_list.h"
#include "gui/views/notes_pane.h"
#include "gui/views/question_strip.h"
#include "gui/views/state_diagram_view.h"
#include "gui/views/stream_page.h"
#include "gui/views/stream_view.h"
#include "gui/views/why_pane.h"
#include "gui/workspace.h"
#include "tests/gui/support.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QRegularExpression>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTimer>
#include <QXmlStreamReader>
#include <gtest/gtest.h>

// What a person does with the window, key by key and click by click.
namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;
using tcp::State;

class Journey : public testing::Test {
protected:
    Journey() {
        window.show();
        window.activateWindow();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&window));
    }

    void press(int key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(&window, static_cast<Qt::Key>(key), modifiers);
    }

    /// The title is typed; what is counted are the keys that mean something.
    void openLesson(const QString& words) {
        press(Qt::Key_L, Qt::ControlModifier);
        auto* lessons = window.findChild<LessonList*>();
        ASSERT_NE(lessons, nullptr);
        auto* field = lessons->findChild<QLineEdit*>();
        QTest::keyClicks(field, words);
        QTest::keyClick(field, Qt::Key_Return);
        // A desktop gives the window its keys back.
        window.activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(&window));
    }

    void clickArrow(PacketId packet) {
        LadderView& ladder = window.workspace().ladder();
        const LadderArrow* arrow = ladder.layout().arrowOf(packet);
        ASSERT_NE(arrow, nullptr);
        QTest::mouseClick(ladder.viewport(),
                          Qt::LeftButton,
                          {},
                          ladder.toViewport(arrow->label.center()).toPoint());
    }

    /// Ctrl+E, Enter, and a name in the desktop's dialog. All words of the picture.
    QString exportSvg(const QString& path) {
        window.activateWindow();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&window));
        press(Qt::Key_E, Qt::ControlModifier);
        const QPointer<ExportDialog> dialog = window.findChild<ExportDialog*>();
        EXPECT_FALSE(dialog.isNull());
        if (dialog.isNull()) return {};
        QTimer::singleShot(0, [path] {
            auto* files = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            ASSERT_NE(files, nullptr);
            files->findChild<QLineEdit*>(u"fileNameEdit"_s)->setText(path);
            QTest::keyClick(files, Qt::Key_Return);
        });
        QTest::keyClick(dialog.data(), Qt::Key_Return);
        delete dialog.data();
        window.activateWindow();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&window));
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
        QXmlStreamReader xml(&file);
        QString words;
        while (!xml.atEnd())
            if (xml.readNext() == QXmlStreamReader::Characters)
                words += xml.text().toString() + u'\n';
        EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
        return words;
    }

    void clickButton(const QString& accessibleName) {
        for (auto* button : window.findChildren<QPushButton*>())
            if (button->accessibleName() == accessibleName)
                return QTest::mouseClick(button, Qt::LeftButton);
        FAIL() << accessibleName.toStdString();
    }

    /// On the first link of a text, where it is drawn; where it leads.
    QString clickLink(QTextBrowser& text) {
        for (QTextBlock block = text.document()->begin(); block.isValid(); block = block.next())
            for (auto at = block.begin(); !at.atEnd(); ++at) {
                const QTextFragment fragment = at.fragment();
                if (!fragment.charFormat().isAnchor()) continue;
                QTextCursor cursor(text.document());
                cursor.setPosition(fragment.position());
                const QPoint left = text.cursorRect(cursor).center();
                cursor.setPosition(fragment.position() + fragment.length());
                const QPoint right = text.cursorRect(cursor).center();
                QTest::mouseClick(text.viewport(), Qt::LeftButton, {}, (left + right) / 2);
                return fragment.charFormat().anchorHref();
            }
        return {};
    }

    /// As a file manager does.
    void drop(const QString& path) {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        const QPoint middle = window.rect().center();
        QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(&window, &enter);
        ASSERT_TRUE(enter.isAccepted());
        QDropEvent let(middle, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(&window, &let);
    }

    [[nodiscard]] State stateOf(Side side) const {
        return stateAt(document.trace(), document.connection(), side, document.moment());
    }

    /// The packets on their way at the cursor.
    [[nodiscard]] std::vector<PacketId> flying() const {
        return onTheWay(document.trace(), document.moment());
    }
    [[nodiscard]] const TcpNumbers& numbersOf(PacketId packet) const {
        return document.trace().find(packet)->tcp;
    }

    /// The tabs of the futures that can be seen.
    [[nodiscard]] const QTabBar* futures() const {
        for (const auto* tabs : window.findChildren<QTabBar*>())
            if (tabs->isVisible()) return tabs;
        return nullptr;
    }

    Document document{};
    MainWindow window{document, Preferences(Preferences::Memory::None)};
};

// 1. Learn the close: Ctrl+L, "close", Enter; Space, Space; the answer; Space; at "find CLOSING" a
// click on the FIN in flight, D, Space, Space. Nine keys and a click. The design's answer is 2; the
// model shuffles its answers, and here the right one is the number that it says.
TEST_F(Journey, LearnTheClose) {
    openLesson(u"close"_s);
    ASSERT_EQ(document.name(), u"close"_s);
    press(Qt::Key_Space);
    EXPECT_EQ(document.desk().question(), nullptr);
    press(Qt::Key_Space);

    const Prediction* question = document.desk().question();
    ASSERT_NE(question, nullptr) << "the lesson asks, without Q";
    EXPECT_EQ(question->outlooks.size(), 4U);
    press(Qt::Key_1 + static_cast<int>(question->right));
    EXPECT_EQ(document.desk().given(), question->right);
    EXPECT_FALSE(document.desk().canPlayAnswer()) << "it is right";
    press(Qt::Key_Space);
    EXPECT_EQ(stateOf(Side::Client), State::FinWait1);
    auto* notes = window.findChild<NotesPane*>();
    EXPECT_TRUE(notes->toPlainText().contains(u"Find CLOSING"_s));

    ASSERT_EQ(flying().size(), 1U);
    ASSERT_TRUE(numbersOf(flying()[0]).flags.fin);
    clickArrow(flying()[0]);
    press(Qt::Key_D);
    press(Qt::Key_Space);
    EXPECT_FALSE(notes->toPlainText().contains(u"Found"_s));
    press(Qt::Key_Space);

    EXPECT_EQ(stateOf(Side::Client), State::Closing);
    EXPECT_TRUE(window.workspace().ladder().accessibleDescription().contains(u"client, CLOSING"_s));
    auto* diagram = window.findChild<StateDiagramView*>();
    EXPECT_TRUE(diagram->accessibleName().contains(u"CLOSING"_s));
    EXPECT_TRUE(notes->toPlainText().contains(u"Found: the client is in CLOSING."_s));
}

// 2. Who reset my connection? Drop the capture; its verdict is open; click the packet that it
// cites; Ctrl+Shift+C. Two clicks, of which letting go is one, and a key.
TEST_F(Journey, WhoResetMyConnection) {
    drop(tracePath("reset-unread.pcap"));
    auto* why = window.findChild<WhyPane*>();
    ASSERT_NE(why, nullptr);
    EXPECT_TRUE(why->toPlainText().contains(u"unread"_s)) << why->toPlainText().toStdString();

    const QString cited = clickLink(*why);
    ASSERT_FALSE(cited.isEmpty()) << "the verdict cites a packet";
    const PacketId packet = cited.mid(1).toUInt();
    EXPECT_EQ(document.selected(), packet);
    EXPECT_TRUE(numbersOf(packet).flags.rst);
    EXPECT_TRUE(why->toPlainText().contains(u"RST"_s));
    press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);

    EXPECT_EQ(QApplication::clipboard()->text(), toMarkdown(document));
    EXPECT_TRUE(QApplication::clipboard()->text().contains(u"RST"_s));
}

// 3. Show a class: F11, P; the remote's PageDown to the question and on to its answer; a student
// asks "and if that ACK is lost?": click it, X, PageDown; B; both runs are tabs; Ctrl+E.
TEST_F(Journey, ShowAClass) {
    window.open(u"four-way-close"_s);
    auto* notes = window.findChild<NotesPane*>();
    auto* asked = window.findChild<QuestionStrip*>();
    ASSERT_TRUE(notes->isVisible());
    press(Qt::Key_F11);
    EXPECT_TRUE(window.isFullScreen());
    press(Qt::Key_P);
    ASSERT_TRUE(window.isProjecting());
    EXPECT_FALSE(notes->isVisible());
    EXPECT_FALSE(window.findChild<WhyPane*>()->isVisible());
    EXPECT_TRUE(window.findChild<StateDiagramView*>()->isVisible());

    for (int step = 0; step < 9 && !asked->isVisible(); ++step) press(Qt::Key_PageDown);
    ASSERT_TRUE(asked->isVisible());
    const QString choices = asked->text();
    press(Qt::Key_1 + static_cast<int>(document.desk().question()->right));
    EXPECT_EQ(asked->text(), choices) << "it does not tell which answer is right";
    press(Qt::Key_PageDown);
    EXPECT_FALSE(asked->isVisible());

    ASSERT_EQ(flying().size(), 1U);
    const PacketId ack = flying()[0];
    ASSERT_FALSE(numbersOf(ack).flags.fin) << "the ACK of the FIN";
    const int before = document.position();
    clickArrow(ack);
    press(Qt::Key_X);
    press(Qt::Key_PageDown);
    ASSERT_TRUE(document.trace().find(ack)->transit.lost);
    EXPECT_EQ(document.moment(), document.trace().find(ack)->transit.lost->moment);
    EXPECT_EQ(stateOf(Side::Client), State::FinWait1) << "it is not acknowledged";

    press(Qt::Key_B);
    EXPECT_EQ(document.desk().futures()->number(), 0U);
    EXPECT_EQ(document.position(), before);
    ASSERT_NE(futures(), nullptr);
    EXPECT_EQ(futures()->count(), 2);

    // For the slides, each run as it stands.
    const QTemporaryDir folder;
    const QString arrived = exportSvg(folder.filePath(u"arrived.svg"_s));
    EXPECT_TRUE(arrived.contains(u"FIN-WAIT-1"_s));
    EXPECT_FALSE(arrived.contains(u"lost"_s));
    press(Qt::Key_B);
    EXPECT_EQ(document.desk().futures()->number(), 1U);
    press(Qt::Key_PageDown);
    const QString lost = exportSvg(folder.filePath(u"lost.svg"_s));
    EXPECT_TRUE(lost.contains(u"FIN-WAIT-1"_s));
    EXPECT_TRUE(lost.contains(u"lost"_s)) << "the other run";

    press(Qt::Key_Escape);
    EXPECT_FALSE(window.isProjecting());
    EXPECT_FALSE(window.isFullScreen());
    EXPECT_TRUE(notes->isVisible());
    EXPECT_DOUBLE_EQ(textZoom(), 1);
}

// 4. Cure glued messages: Ctrl+2; click the mark of the broken boundary; TCP_NODELAY, and it is
// still broken, its sentence says why; "length field of 4 octets", and the messages are whole; "try
// every cut". The switches stand above the rows and not in a card over them: whoever turns one
// wants to see the rows, all four.
TEST_F(Journey, CureGluedMessages) {
    window.open(u"still-glued"_s);
    press(Qt::Key_2, Qt::ControlModifier);
    StreamPage& page = window.workspace().stream();
    StreamView& view = page.view();
    const auto& rows = [&view]() -> const StreamRows& { return view.story().rows; };
    ASSERT_EQ(rows().broken.size(), 1U);
    const auto clickMark = [&](std::size_t which) {
        const QPointF mark{view.layout().marks.at(which).x, view.layout().axis.center().y()};
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.toViewport(mark).toPoint());
    };
    const auto chosen = [&] { return rows().broken.at(view.chosen().value()).offset; };
    view.choose({});
    clickMark(0);
    EXPECT_EQ(chosen(), 10U);
    EXPECT_TRUE(view.accessibleDescription().contains(u"Nagle"_s))
        << view.accessibleDescription().toStdString();

    for (auto* box : page.findChildren<QCheckBox*>())
        if (box->text().contains(u"NODELAY"_s)) QTest::mouseClick(box, Qt::LeftButton);
    EXPECT_EQ(rows().segments.size(), 3U) << "each send has its segment";
    EXPECT_EQ(rows().broken.size(), 2U) << "and all are glued";
    EXPECT_EQ(chosen(), 10U) << "the same boundary";
    EXPECT_FALSE(view.accessibleDescription().contains(u"Nagle"_s));
    EXPECT_TRUE(view.accessibleDescription().contains(u"read late"_s))
        << view.accessibleDescription().toStdString();

    auto* framings = page.findChild<QComboBox*>();
    framings->setFocus();
    const int wanted = framings->findText(u"length field of 4 octets"_s);
    ASSERT_GE(wanted, 0);
    for (int at = framings->currentIndex(); at < wanted; ++at)
        QTest::keyClick(framings, Qt::Key_Down);
    QTest::keyClick(framings, Qt::Key_Return);
    EXPECT_EQ(page.problem(), QString());
    ASSERT_EQ(rows().messages.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i)
        EXPECT_EQ(rows().messages[i].octets, rows().sends[i].octets) << "whole";

    for (auto* button : page.findChildren<QPushButton*>())
        if (button->text().contains(u"cut"_s)) QTest::mouseClick(button, Qt::LeftButton);
    ASSERT_FALSE(view.layout().trials.empty());
    const StreamTrial& right = view.layout().trials.front();
    EXPECT_TRUE(right.holds);
    static const QRegularExpression whole(u"(\\d[\\d,]*) of \\1 whole"_s);
    EXPECT_TRUE(whole.match(right.text).hasMatch()) << right.text.toStdString();
    EXPECT_FALSE(view.layout().trials.at(1).holds) << "what beginners write breaks";
}

// Start from nothing: two hosts, and every call by a button.
TEST_F(Journey, TwoHostsByHand) {
    Q_EMIT window.findChild<Menus*>()->newRunAsked(u"linux"_s);
    ASSERT_EQ(document.name(), u"new-run"_s);

    clickButton(u"server: listen()"_s);
    clickButton(u"server: accept()"_s);
    clickButton(u"client: connect()"_s);
    press(Qt::Key_End);
    EXPECT_EQ(stateOf(Side::Client), State::Established);

    clickButton(u"client: send()"_s);
    press(Qt::Key_End);
    clickButton(u"client: close()"_s);
    press(Qt::Key_End);

    EXPECT_EQ(stateOf(Side::Server), State::CloseWait);
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(stateOf(Side::Client), State::Established) << "undone";
}

}  // namespace
}  // namespace tcplab::gui
