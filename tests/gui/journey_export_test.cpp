#include "gui/copies.h"
#include "gui/main_window.h"
#include "gui/views/export_dialog.h"
#include "sim/drill/runner.h"
#include "tests/gui/support.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QRadioButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QTreeWidget>
#include <gtest/gtest.h>

// 5. From capture to test: what a person takes out of the window, key by key.
namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;

/// Two hosts that say hello; `delay` is the link's.
QByteArray helloOver(const char* delay) {
    return QByteArray(R"(
title = { en = "Hello", zh_CN = "你好" }
notes = { en = "Hello", zh_CN = "你好" }
[client]
program = [
    { call = "connect" }, { call = "send", text = "hello" }, { call = "close" },
]
[server]
program = [
    { call = "listen" }, { call = "accept" }, { call = "recv", until = "end" }, { call = "close" },
]
[link]
delay = ")") +
           delay + "\"\n";
}

class ExportJourney : public testing::Test {
protected:
    ExportJourney() {
        window.show();
        window.activateWindow();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&window));
    }

    QString in(const QString& name) const { return folder.filePath(name); }

    static QByteArray contentOf(const QString& path) {
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
        return file.readAll();
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers) {
        // A desktop gives the window its keys back when a dialog has gone.
        window.activateWindow();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&window));
        QTest::keyClick(&window, key, modifiers);
    }

    /// Ctrl+E, and down to the wanted one.
    ExportDialog* ask(Output output) {
        press(Qt::Key_E, Qt::ControlModifier);
        auto* dialog = window.findChild<ExportDialog*>();
        EXPECT_NE(dialog, nullptr);
        auto* outputs = dialog->findChild<QListWidget*>();
        for (int row = 0; dialog->output() != output && row < outputs->count(); ++row)
            QTest::keyClick(outputs, Qt::Key_Down);
        EXPECT_EQ(dialog->output(), output);
        return dialog;
    }

    /// Unticks with Space.
    static void untick(ExportDialog& dialog, capture::RuleKey key) {
        auto* rules = dialog.findChild<QTreeWidget*>();
        QTest::keyClick(rules, Qt::Key_Home);
        for (int row = 0; row < rules->topLevelItemCount(); ++row) {
            const auto at = rules->currentItem()->data(0, Qt::UserRole).toInt();
            if (at == static_cast<int>(key)) {
                QTest::keyClick(rules, Qt::Key_Space);
                EXPECT_EQ(rules->currentItem()->checkState(0), Qt::Unchecked);
                return;
            }
            QTest::keyClick(rules, Qt::Key_Down);
        }
        FAIL() << toString(key);
    }

    /// Enter, then a name in the desktop's dialog.
    static void save(ExportDialog& dialog, const QString& path) {
        QTimer::singleShot(0, [path] {
            auto* files = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            ASSERT_NE(files, nullptr);
            files->findChild<QLineEdit*>(u"fileNameEdit"_s)->setText(path);
            QTest::keyClick(files, Qt::Key_Return);
        });
        QTest::keyClick(&dialog, Qt::Key_Return);
        EXPECT_TRUE(QFile::exists(path)) << path.toStdString();
    }

#ifdef TCPLAB_PROGRAM
    struct Ran {
        int code = -1;
        std::string said{};
    };
    static Ran tcplab(const QStringList& words) {
        QProcess program;
        program.start(QStringLiteral(TCPLAB_PROGRAM), words);
        EXPECT_TRUE(program.waitForFinished());
        return {program.exitCode(),
                (program.readAllStandardOutput() + program.readAllStandardError()).toStdString()};
    }
    QString record(const QString& name, const char* delay) const {
        QFile scenario(in(name + u".toml"_s));
        EXPECT_TRUE(scenario.open(QIODevice::WriteOnly));
        scenario.write(helloOver(delay));
        scenario.close();
        QString path = in(name + u".pcapng"_s);
        EXPECT_EQ(tcplab({u"simulate"_s, scenario.fileName(), u"-w"_s, path}).code, 0);
        return path;
    }
#endif

    QTemporaryDir folder{};
    Document document{};
    MainWindow window{document, Preferences(Preferences::Memory::None)};
};

#ifdef TCPLAB_PROGRAM
// The rules that hold now, without the time, hold of a run that takes longer.
TEST_F(ExportJourney, FromCaptureToTest) {
    const QString now = record(u"now"_s, "10 ms");
    const QString slower = record(u"slower"_s, "90 ms");
    window.open(now);

    ExportDialog* dialog = ask(Output::Rules);
    save(*dialog, in(u"strict.toml"_s));
    ASSERT_FALSE(dialog->isVisible());
    delete dialog;
    dialog = ask(Output::Rules);
    untick(*dialog, capture::RuleKey::LastsAtMost);
    save(*dialog, in(u"rules.toml"_s));

    const auto check = [&](const QString& file, const QString& rules) {
        return tcplab({u"check"_s, file, u"--expect"_s, in(rules)});
    };
    EXPECT_EQ(check(slower, u"rules.toml"_s).code, 0) << check(slower, u"rules.toml"_s).said;
    EXPECT_EQ(check(now, u"strict.toml"_s).code, 0);
    const Ran strict = check(slower, u"strict.toml"_s);
    EXPECT_EQ(strict.code, 1);
    EXPECT_NE(strict.said.find("lasts_at_most"), std::string::npos) << strict.said;
}

// What is seen in the window and what the command writes is one thing.
TEST_F(ExportJourney, AScriptIsThatOfTheCommandAndPassed) {
    window.open(u"four-way-close"_s);
    document.toEnd();

    ExportDialog* dialog = ask(Output::Script);
    EXPECT_TRUE(dialog->findChild<QPlainTextEdit*>()->toPlainText().contains(u"> F. "_s));
    save(*dialog, in(u"window.pkt"_s));
    const Ran made = tcplab({u"simulate"_s,
                             u"four-way-close"_s,
                             u"--export"_s,
                             u"packetdrill"_s,
                             u"-o"_s,
                             in(u"command.pkt"_s)});

    EXPECT_EQ(made.code, 0) << made.said;
    EXPECT_EQ(contentOf(in(u"window.pkt"_s)), contentOf(in(u"command.pkt"_s)));
    EXPECT_EQ(tcplab({u"drill"_s, in(u"window.pkt"_s)}).code, 0);
}
#endif

TEST_F(ExportJourney, ARunHasRulesAsItsRecordingWould) {
    window.open(u"four-way-close"_s);
    document.toEnd();

    ExportDialog* dialog = ask(Output::GoogleTest);
    auto* copy = dialog->findChildren<QPushButton*>().front();
    for (auto* button : dialog->findChildren<QPushButton*>())
        if (button->text() == u"C&opy"_s) copy = button;
    QTest::mouseClick(copy, Qt::LeftButton);

    const QString source = QApplication::clipboard()->text();
    EXPECT_TRUE(
        source.contains(u"ClientVisits(State::Closed, State::SynSent, State::Established, "_s))
        << source.toStdString();
    EXPECT_TRUE(source.contains(u"EXPECT_THAT(flow, ClosedBy(Side::Client));"_s));
    EXPECT_TRUE(source.contains(u"four-way-close.pcapng"_s));
}

TEST_F(ExportJourney, AScriptThatIsOpenIsTakenAsItIs) {
    const QString script = tracePath("scripts/ecn.pkt");
    window.open(script);

    ExportDialog* dialog = ask(Output::Script);
    EXPECT_EQ(dialog->findChild<QPlainTextEdit*>()->toPlainText(),
              QString::fromUtf8(contentOf(script)));
    for (auto* host : dialog->findChildren<QRadioButton*>())
        EXPECT_FALSE(host->isVisibleTo(dialog)) << "it says itself whose machine it tests";
    save(*dialog, in(u"again.pkt"_s));

    EXPECT_EQ(contentOf(in(u"again.pkt"_s)), contentOf(script));
}

TEST_F(ExportJourney, AScriptThatIsGoneIsSaid) {
    ASSERT_TRUE(QFile::copy(tracePath("scripts/ecn.pkt"), in(u"gone.pkt"_s)));
    window.open(in(u"gone.pkt"_s));
    ASSERT_TRUE(QFile::remove(in(u"gone.pkt"_s)));

    const auto content = gui::contentOf(document, {.output = Output::Script});

    ASSERT_FALSE(content.has_value());
    EXPECT_NE(content.error().what.find("no longer there"), std::string::npos);
}

TEST_F(ExportJourney, ConnectionsAreALineEach) {
    window.open(tracePath("dns.pcap"));

    ExportDialog* dialog = ask(Output::Connections);
    save(*dialog, in(u"flows.csv"_s));
    const QString text = QString::fromUtf8(contentOf(in(u"flows.csv"_s)));

    EXPECT_EQ(text.count(u"\r\n"_s), static_cast<qsizetype>(document.flows().size()) + 1);
    press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(QApplication::clipboard()->text(), text);
}

TEST_F(ExportJourney, APictureIsOfTheViewAndFormatThatAreChosen) {
    window.open(u"handshake"_s);
    document.toEnd();

    ExportDialog* dialog = ask(Output::Picture);
    const auto boxes = dialog->findChildren<QComboBox*>();
    ASSERT_EQ(boxes.size(), 2);
    boxes[0]->setCurrentIndex(boxes[0]->findData(u"states"_s));
    QTest::keyClick(boxes[1], Qt::Key_Down);
    save(*dialog, in(u"states.png"_s));

    EXPECT_TRUE(contentOf(in(u"states.png"_s)).startsWith("\x89PNG"));
}

TEST_F(ExportJourney, AFullDiskIsToldInTheDialog) {
    if (!QFile::exists(u"/dev/full"_s)) GTEST_SKIP() << "there is no /dev/full";
    window.open(u"handshake"_s);
    document.toEnd();
    ASSERT_TRUE(QFile::link(u"/dev/full"_s, in(u"full.csv"_s)));

    ExportDialog* dialog = ask(Output::Packets);
    QTimer::singleShot(0, [this] {
        auto* files = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
        files->setOption(QFileDialog::DontConfirmOverwrite);
        files->findChild<QLineEdit*>(u"fileNameEdit"_s)->setText(in(u"full.csv"_s));
        QTest::keyClick(files, Qt::Key_Return);
    });
    QTest::keyClick(dialog, Qt::Key_Return);

    EXPECT_TRUE(dialog->isVisible());
    bool told = false;
    for (const auto* label : dialog->findChildren<QLabel*>())
        if (label->text().contains(u"full.csv"_s)) told = true;
    EXPECT_TRUE(told);
}

}  // namespace
}  // namespace tcplab::gui
