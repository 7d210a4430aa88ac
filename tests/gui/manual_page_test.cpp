#include "gui/arguments.h"
#include "gui/export.h"

#include <QFile>
#include <QRegularExpression>
#include <gtest/gtest.h>

#include <cstdlib>

// The manual page of tcplab-gui, which is written by hand.
namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;

const QString kPage = QStringLiteral(TCPLAB_SOURCE_DIR "/gui/desktop/tcplab-gui.1");

QString text() {
    QFile file(kPage);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    return QString::fromUtf8(file.readAll()).replace(u"\\-"_s, u"-"_s);
}

TEST(ManualPageOfTheWindow, NamesEveryOptionAndEveryView) {
    const QString page = text();
    static const QRegularExpression option(u"(?<![\\w-])--?[a-z]+"_s);
    auto all = option.globalMatch(helpText());

    ASSERT_TRUE(all.hasNext());
    while (all.hasNext()) {
        const QString name = all.next().captured();
        EXPECT_TRUE(page.contains(u"\\fB"_s + name + u"\\fR"_s)) << name.toStdString();
    }
    for (const QString& view : pictureViews())
        EXPECT_TRUE(page.contains(QRegularExpression(u"\\b%1\\b"_s.arg(view))))
            << view.toStdString();
}

TEST(ManualPageOfTheWindow, IsWellFormed) {
    if (std::system("command -v groff >/dev/null") != 0) GTEST_SKIP() << "there is no groff";
    const std::string lint =
        "test -z \"$(groff -man -ww -z -Tutf8 '" + kPage.toStdString() + "' 2>&1)\"";
    EXPECT_EQ(std::system(lint.c_str()), 0);
}

}  // namespace
}  // namespace tcplab::gui
