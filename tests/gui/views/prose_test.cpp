#include "gui/views/notes_pane.h"
#include "gui/views/why_pane.h"
#include "tests/gui/support.h"

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

    EXPECT_TRUE(pane.toPlainText().contains(u"× %1"_s.arg(first.times)));
    EXPECT_TRUE(pane.toHtml().contains(u"href=\"#%1\""_s.arg(first.evidence()[0])));
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
