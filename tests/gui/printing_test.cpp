#include "gui/printing.h"

#include "gui/desk.h"
#include "gui/export.h"
#include "gui/look.h"
#include "gui/views/ladder_view.h"
#include "tests/gui/support.h"

#include <QFile>
#include <QPdfWriter>
#include <QTemporaryDir>
#include <gtest/gtest.h>

namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;

class PrintingOf : public testing::Test {
protected:
    int printed(Document& document, const QString& view) {
        QPdfWriter pdf(path);
        pdf.setPageSize(QPageSize(QPageSize::A4));
        pdf.setResolution(300);
        return print(document, view, pdf);
    }
    /// As the file says it: what a PDF holds is compressed, the tree of its pages is not.
    [[nodiscard]] int pagesInFile() const {
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        const QByteArray head = "/Count ";
        return text.mid(text.indexOf(head) + head.size(), 4).split('\n')[0].trimmed().toInt();
    }

    QTemporaryDir folder{};
    QString path = folder.filePath(u"page.pdf"_s);
};

TEST_F(PrintingOf, AShortLadderTakesOnePage) {
    Opened document(u"handshake"_s);
    document.toEnd();

    EXPECT_EQ(printed(document, u"ladder"_s), 1);
    EXPECT_EQ(pagesInFile(), 1);
}

TEST_F(PrintingOf, ALongLadderTakesAsManyPagesAsItNeeds) {
    Opened document(tracePath("loss.pcap"));
    LadderView ladder(document);
    const int packets = static_cast<int>(document.trace().packets().size());

    const int pages = printed(document, u"ladder"_s);

    EXPECT_GT(pages, 1);
    EXPECT_EQ(pagesInFile(), pages);
    // A page of A4 has some 1,060 pixels of the window, and a packet takes 60 or so.
    EXPECT_GE(pages, packets * 50 / 1060);
    EXPECT_LE(pages, ladder.wholeHeight(700) / 700 + 1);
}

TEST_F(PrintingOf, EveryOtherViewTakesOne) {
    Opened document(u"four-way-close"_s);
    document.toEnd();
    for (const QString& view : {u"states"_s, u"framing"_s, u"layers"_s, u"throughput"_s}) {
        if (!pictureViews().contains(view)) continue;
        EXPECT_EQ(printed(document, view), 1) << view.toStdString();
        EXPECT_EQ(pagesInFile(), 1) << view.toStdString();
    }
}

// Paper is white, whatever the window is: but for its date and its id, it is the same file.
TEST_F(PrintingOf, IsLightInADarkWindow) {
    const auto content = [this] {
        Opened document(u"handshake"_s);
        document.toEnd();
        printed(document, u"ladder"_s);
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly));
        return file.readAll();
    };
    setTheme(Theme::Light);
    const QByteArray light = content();
    setTheme(Theme::Dark);
    const QByteArray dark = content();
    setTheme(Theme::Light);

    ASSERT_EQ(light.size(), dark.size());
    int differing = 0;
    for (qsizetype i = 0; i < light.size(); ++i) differing += light[i] == dark[i] ? 0 : 1;
    EXPECT_LT(differing, 200);
}

}  // namespace
}  // namespace tcplab::gui
