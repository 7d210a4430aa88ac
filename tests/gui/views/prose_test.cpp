#include "gui/findings.h"
#include "gui/look.h"
#include "gui/views/notes_pane.h"
#include "gui/views/why_pane.h"
#include "tests/gui/support.h"

#include <QSet>
#include <QTextCursor>
#include <gtest/gtest.h>

namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;

class NotesPaneOfALesson : public testing::Test {
protected:
    NotesPaneOfALesson() {
        EXPECT_FALSE(document.questions().empty());
        question = QString::fromStdString(document.questions()[0].ask.en);
        answer = QString::fromStdString(document.questions()[0].answer.en);
    }

    Opened document{u"handshake"_s};
    NotesPane pane{document};
    QString question{};
    QString answer{};
};

TEST_F(NotesPaneOfALesson, AsksWhenTheTimeHasComeAndNotBefore) {
    EXPECT_FALSE(pane.toPlainText().contains(question));

    document.toEnd();

    EXPECT_TRUE(pane.toPlainText().contains(question));
    EXPECT_FALSE(pane.toPlainText().contains(answer));
}

TEST_F(NotesPaneOfALesson, AnswersWhenAsked) {
    document.toEnd();

    Q_EMIT pane.anchorClicked(QUrl(u"#0"_s));

    EXPECT_TRUE(pane.toPlainText().contains(answer));
}

TEST(WhyPane, OfACaptureNamesWhatWasFoundAndLeadsThere) {
    Opened document(tracePath("loss.pcap"));
    const WhyPane pane(document);
    ASSERT_FALSE(document.flow()->findings.counts().empty());
    const auto& first = document.flow()->findings.counts()[0];

    ASSERT_EQ(first.times, 2U);
    EXPECT_TRUE(pane.toPlainText().contains(
        u"retransmission, 2 times: %1, %2\n"_s.arg(first.evidence()[0]).arg(first.evidence()[1])))
        << pane.toPlainText().toStdString();
    EXPECT_TRUE(pane.toHtml().contains(u"href=\"#%1\""_s.arg(first.evidence()[0])));
}

TEST(WhyPane, NamesFindingsInTheLanguageOfTheWindow) {
    Opened document(tracePath("loss.pcap"));
    setLanguage(Language::Chinese);
    {
        const WhyPane pane(document);
        const auto& first = document.flow()->findings.counts()[0];
        EXPECT_TRUE(pane.toPlainText().contains(
            u"重传，2 次：%1、%2\n"_s.arg(first.evidence()[0]).arg(first.evidence()[1])))
            << pane.toPlainText().toStdString();
        EXPECT_FALSE(pane.toPlainText().contains(u"retransmission"_s));
        // Who points at it learns the name that the command line has for it.
        QTextCursor name(pane.document());
        name.setPosition(pane.document()->find(u"重传，2 次"_s).selectionStart() + 1);
        EXPECT_TRUE(name.charFormat().toolTip().startsWith(u"retransmission\n"_s));
    }
    setLanguage(Language::English);
}

TEST(Findings, EachHasANameOfItsOwnInBothLanguages) {
    for (const Language language : {Language::English, Language::Chinese}) {
        setLanguage(language);
        QSet<QString> names;
        for (std::size_t i = 0; i < capture::kFindingCount; ++i)
            names.insert(nameOf(static_cast<capture::Finding>(i)));
        EXPECT_EQ(names.size(), static_cast<qsizetype>(capture::kFindingCount));
        EXPECT_FALSE(names.contains(QString()));
    }
    EXPECT_EQ(nameOf(capture::findingNamed("fast_retransmission").value()), u"快重传"_s);
    EXPECT_EQ(nameOf(capture::findingNamed("fin_wait_2_stuck").value()), u"停留在 FIN-WAIT-2"_s);
    EXPECT_EQ(nameOf(capture::findingNamed("tail_loss_probe").value()), u"尾部丢失探测"_s);
    setLanguage(Language::English);
}

TEST(WhyPane, OfAPacketSaysWhatItsFindingMeans) {
    Opened document(tracePath("loss.pcap"));
    const WhyPane pane(document);
    const auto& first = document.flow()->findings.counts()[0];

    document.select(first.evidence()[0]);

    const QString meaning =
        QString::fromUtf8(capture::meaningOf(first.finding).en.data(),
                          static_cast<qsizetype>(capture::meaningOf(first.finding).en.size()));
    EXPECT_TRUE(pane.toPlainText().contains(meaning));
}

}  // namespace
}  // namespace tcplab::gui
