#include "gui/look.h"
#include "gui/main_window.h"
#include "gui/views/column_handle.h"
#include "gui/views/ladder_view.h"
#include "gui/views/stream_page.h"
#include "gui/workspace.h"
#include "tests/gui/support.h"

#include <QApplication>
#include <QFontMetrics>
#include <QImage>
#include <QTest>
#include <gtest/gtest.h>

#include <algorithm>

// The columns beside the page, and the handles that stand where one is hidden.
namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;

constexpr int kLeastPage = 200;

class ColumnsOf : public testing::Test {
protected:
    ColumnsOf() {
        window.show();
        window.activateWindow();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&window));
    }
    ~ColumnsOf() override {
        setLanguage(Language::English);
        setTheme(Theme::Light);
        setTextZoom(1);
    }

    void show(const QString& what, int width) {
        window.open(what);
        resize(width);
    }
    void resize(int width) {
        window.resize(width, 700);
        QApplication::processEvents();
    }
    void press(int key) { QTest::keyClick(&window, static_cast<Qt::Key>(key)); }
    [[nodiscard]] QWidget* named(const QString& name) const {
        auto* widget = window.findChild<QWidget*>(name);
        EXPECT_NE(widget, nullptr) << name.toStdString();
        return widget;
    }
    [[nodiscard]] ColumnHandle* handle(Column column) const {
        return window.findChild<ColumnHandle*>(column == Column::Left ? u"leftHandle"_s
                                                                      : u"rightHandle"_s);
    }
    /// "[ page Why": a handle, the page and a column.
    [[nodiscard]] QString seen() const {
        QStringList parts;
        if (handle(Column::Left)->isVisible()) parts << u"["_s;
        if (named(u"notes"_s)->isVisible()) parts << u"notes"_s;
        if (named(u"flows"_s)->isVisible()) parts << u"flows"_s;
        parts << u"page"_s;
        if (named(u"why"_s)->isVisible()) parts << u"why"_s;
        if (handle(Column::Right)->isVisible()) parts << u"]"_s;
        return parts.join(u' ');
    }

    Document document{};
    MainWindow window{document, Preferences(Preferences::Memory::None)};
    const QString lesson = u"four-way-close"_s;
    const QString oneFlow = tracePath("loss.pcap");
    const QString manyFlows = tracePath("backlog-full.pcap");
};

TEST_F(ColumnsOf, GiveWayToThePageAndLeaveAHandle) {
    show(lesson, 1280);
    EXPECT_EQ(seen(), u"notes page why"_s);
    resize(1024);
    EXPECT_EQ(seen(), u"notes page ]"_s);
    resize(890);
    EXPECT_EQ(seen(), u"[ page ]"_s);

    show(manyFlows, 1280);
    EXPECT_EQ(seen(), u"flows page why"_s);
    resize(1024);
    EXPECT_EQ(seen(), u"flows page ]"_s);
    resize(890);
    EXPECT_EQ(seen(), u"[ page ]"_s);

    show(oneFlow, 1280);
    EXPECT_EQ(seen(), u"page why"_s);
    resize(1024);
    EXPECT_EQ(seen(), u"page why"_s);
    resize(890);
    EXPECT_EQ(seen(), u"page ]"_s);
}

TEST_F(ColumnsOf, AKeyBringsOneInPlaceOfTheOther) {
    for (const QString& what : {lesson, manyFlows}) {
        const QString left = what == lesson ? u"notes"_s : u"flows"_s;
        show(what, 1024);
        press(Qt::Key_F8);
        EXPECT_EQ(seen(), u"[ page why"_s);
        press(Qt::Key_F8);
        EXPECT_EQ(seen(), left + u" page ]"_s);
        press(Qt::Key_F7);
        EXPECT_EQ(seen(), u"[ page ]"_s);
        press(Qt::Key_F7);
        EXPECT_EQ(seen(), left + u" page ]"_s);
        resize(890);
        press(Qt::Key_F7);
        EXPECT_EQ(seen(), left + u" page ]"_s);
        press(Qt::Key_F8);
        EXPECT_EQ(seen(), u"[ page why"_s);
        press(Qt::Key_F8);
        EXPECT_EQ(seen(), u"[ page ]"_s);
    }
}

TEST_F(ColumnsOf, AClickOnAHandleOpensItsColumn) {
    show(lesson, 890);

    QTest::mouseClick(handle(Column::Left), Qt::LeftButton);
    EXPECT_EQ(seen(), u"notes page ]"_s);
    QTest::mouseClick(handle(Column::Right), Qt::LeftButton);
    EXPECT_EQ(seen(), u"[ page why"_s);
}

TEST_F(ColumnsOf, KeysOpenAHandleAndGoOnInTheColumn) {
    for (const Qt::Key key : {Qt::Key_Space, Qt::Key_Return, Qt::Key_Enter}) {
        show(lesson, 890);
        const int before = document.position();
        handle(Column::Right)->setFocus();
        QTest::keyClick(handle(Column::Right), key);
        EXPECT_EQ(seen(), u"[ page why"_s);
        EXPECT_TRUE(named(u"why"_s)->isAncestorOf(QApplication::focusWidget()));
        EXPECT_EQ(document.position(), before) << "no step was taken";
        window.workspace().resetLayout();
    }
}

TEST_F(ColumnsOf, WhatIsHiddenByHandLeavesAHandleAtAnyWidth) {
    show(lesson, 1280);
    press(Qt::Key_F7);
    press(Qt::Key_F8);
    EXPECT_EQ(seen(), u"[ page ]"_s);

    window.workspace().resetLayout();
    EXPECT_EQ(seen(), u"notes page why"_s);
}

TEST_F(ColumnsOf, FillTheHeightAndTheWidth) {
    for (const QString& what : {lesson, manyFlows}) {
        show(what, 890);
        const Workspace& workspace = window.workspace();
        EXPECT_EQ(handle(Column::Right)->height(), workspace.height());
        // A table of packets below is as wide as both.
        const int packets = what == lesson ? 0 : 200;
        EXPECT_GE(handle(Column::Left)->height(), workspace.height() - packets - 60);
        EXPECT_GT(workspace.ladder().width(),
                  workspace.width() - handle(Column::Left)->width() -
                      handle(Column::Right)->width() - 10);
    }
}

TEST_F(ColumnsOf, TheSevenLayersKeepTheirFieldsBesideThem) {
    show(lesson, 1024);
    document.toEnd();
    window.workspace().setPage(Workspace::Page::Layers);
    EXPECT_FALSE(named(u"notes"_s)->isVisible());
    EXPECT_FALSE(handle(Column::Right)->isVisible());
    press(Qt::Key_F8);
    EXPECT_EQ(handle(Column::Right)->text(), u"Layers"_s);

    press(Qt::Key_F8);
    window.workspace().setPage(Workspace::Page::Ladder);
    EXPECT_EQ(seen(), u"notes page ]"_s);
}

TEST_F(ColumnsOf, AreWideEnoughForThePageInEveryState) {
    for (const QString& what : {lesson, manyFlows, oneFlow}) {
        for (const int width : {1280, 1024, 890, 1}) {
            show(what, width);
            for (const int key : {0, int{Qt::Key_F7}, int{Qt::Key_F8}}) {
                if (key != 0) press(key);
                QApplication::processEvents();
                for (const Workspace::Page page : Workspace::kPages) {
                    window.workspace().setPage(page);
                    QApplication::processEvents();
                    const QWidget* pageShown = window.workspace().ladder().parentWidget();
                    EXPECT_GE(pageShown->width(), pageShown->minimumSizeHint().width());
                    EXPECT_GE(pageShown->width(), kLeastPage);
                    EXPECT_GE(window.width(), window.minimumSizeHint().width());
                }
                window.workspace().setPage(Workspace::Page::Ladder);
            }
        }
    }
}

TEST_F(ColumnsOf, AProjectorShowsNoHandle) {
    show(lesson, 890);

    window.setProjecting(true);
    EXPECT_EQ(seen(), u"page"_s);
    press(Qt::Key_F8);
    EXPECT_EQ(seen(), u"page"_s);
    window.setProjecting(false);
    EXPECT_EQ(seen(), u"[ page ]"_s);
}

TEST_F(ColumnsOf, AHandleTellsItsNameAndKeyInBothLanguages) {
    show(lesson, 890);
    const auto isWhole = [](const ColumnHandle& one) {
        return one.width() >= one.sizeHint().width() && one.height() >= one.sizeHint().height();
    };
    for (const double zoom : {1.0, 2.0}) {
        setTextZoom(zoom);
        for (const Language language : {Language::English, Language::Chinese}) {
            setLanguage(language);
            QApplication::processEvents();
            const bool chinese = language == Language::Chinese;
            EXPECT_EQ(handle(Column::Left)->text(), chinese ? u"说明"_s : u"Notes"_s);
            EXPECT_EQ(handle(Column::Right)->text(), chinese ? u"原因"_s : u"Why"_s);
            EXPECT_EQ(handle(Column::Right)->accessibleName(),
                      chinese ? u"显示右栏：原因"_s : u"Show the right column: Why"_s);
            EXPECT_TRUE(handle(Column::Left)->toolTip().endsWith(u"(F7)"_s));
            EXPECT_TRUE(handle(Column::Right)->toolTip().endsWith(u"(F8)"_s));
            for (const Column column : {Column::Left, Column::Right})
                EXPECT_TRUE(isWhole(*handle(column))) << zoom;
        }
    }
    window.open(manyFlows);
    EXPECT_EQ(handle(Column::Left)->text(), u"连接"_s);
}

/// Whether anything is drawn in the lines of pixels around a text.
bool isFree(const QImage& image, const QRect& part) {
    for (int y = part.top(); y <= part.bottom(); ++y)
        for (int x = part.left(); x <= part.right(); ++x)
            if (image.pixelColor(x, y) != image.pixelColor(0, image.height() - 1)) return false;
    return true;
}

TEST_F(ColumnsOf, TheTextOfAHandleTouchesNoEdge) {
    for (const Theme theme : {Theme::Light, Theme::Dark}) {
        for (const Language language : {Language::English, Language::Chinese}) {
            setTheme(theme);
            setLanguage(language);
            show(manyFlows, 890);
            for (const Column column : {Column::Left, Column::Right}) {
                const QImage image = handle(column)->grab().toImage();
                const QColor behind = image.pixelColor(0, image.height() - 1);
                EXPECT_EQ(behind, paletteOf(theme).pane);
                EXPECT_TRUE(isFree(image, {0, 0, 2, image.height()}));
                EXPECT_TRUE(isFree(image, {image.width() - 2, 0, 2, image.height()}));
                EXPECT_FALSE(isFree(image, image.rect()));
            }
        }
    }
}

TEST_F(ColumnsOf, AQuestionOpensTheNotes) {
    show(lesson, 890);

    press(Qt::Key_Q);

    EXPECT_EQ(seen(), u"notes page ]"_s);
}

}  // namespace
}  // namespace tcplab::gui
