#include "gui/views/layers_pane.h"

#include "gui/glossary.h"
#include "gui/look.h"
#include "tests/gui/support.h"

#include <QApplication>
#include <QFontMetrics>
#include <QLabel>
#include <QTest>
#include <gtest/gtest.h>

namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;

class LayersPaneOfASyn : public testing::Test {
protected:
    LayersPaneOfASyn() {
        document.toEnd();
        pane.resize(500, 700);
        pane.show();
    }

    [[nodiscard]] const LayerTree& model() const {
        return *qobject_cast<LayerTree*>(pane.tree().model());
    }

    Opened document{u"handshake"_s};
    LayersPane pane{document};
};

TEST_F(LayersPaneOfASyn, ChoosingAFieldMarksItsOctets) {
    const QModelIndex tcp = model().index(2, 0);
    const QModelIndex port = model().index(0, 0, tcp);

    pane.tree().setCurrentIndex(port);

    EXPECT_EQ(pane.octets().markedFrom(), 34U);
    EXPECT_EQ(pane.octets().markedLength(), 2U);
}

TEST_F(LayersPaneOfASyn, ChoosingALayerMarksItsHeader) {
    pane.tree().setCurrentIndex(model().index(0, 0));

    EXPECT_EQ(pane.octets().markedFrom(), 0U);
    EXPECT_EQ(pane.octets().markedLength(), 14U);
}

TEST_F(LayersPaneOfASyn, ClickingAnOctetChoosesItsField) {
    const QPoint place = pane.octets().boxOf(35).center().toPoint();

    QTest::mouseClick(pane.octets().viewport(), Qt::LeftButton, {}, place);

    const QModelIndex chosen = pane.tree().currentIndex();
    ASSERT_TRUE(chosen.isValid());
    EXPECT_EQ(model().rangeOf(chosen), (LayerTree::Range{34, 2}));
    EXPECT_EQ(pane.octets().markedFrom(), 34U);
}

TEST_F(LayersPaneOfASyn, AnotherPacketBringsItsOwnOctets) {
    pane.tree().setCurrentIndex(model().index(0, 0));

    document.select(1);

    EXPECT_EQ(pane.octets().markedLength(), 0U);
    EXPECT_EQ(model().rowCount(), 3);
}

TEST_F(LayersPaneOfASyn, NamesAreWholeWhereThereIsRoom) {
    const QFontMetrics bold(fonts::text(fonts::kLabel, true));
    const int wanted = bold.horizontalAdvance(u"Transmission Control Protocol"_s);
    EXPECT_GT(pane.tree().columnWidth(LayerTree::Name), wanted);

    pane.resize(300, 700);
    QApplication::processEvents();
    EXPECT_LE(pane.tree().columnWidth(LayerTree::Name), 180) << "room for the values";
}

TEST_F(LayersPaneOfASyn, SaysThatAStepHasNoPacket) {
    const auto* remark = pane.tree().findChild<QLabel*>();
    ASSERT_NE(remark, nullptr);
    EXPECT_FALSE(remark->isVisible());

    document.toStart();

    EXPECT_TRUE(remark->isVisible());
    EXPECT_EQ(remark->text(), u"No packet in this step."_s);
}

/// As in the right column of the window.
TEST_F(LayersPaneOfASyn, NamesOfLayersAreNeverCut) {
    const QFontMetrics bold(fonts::text(fonts::kLabel, true));
    for (const Language language : {Language::English, Language::Chinese}) {
        setLanguage(language);
        for (const int width : {240, 330, 356, 500, 700}) {
            pane.resize(width, 300);
            QApplication::processEvents();
            for (int row = 0; row < model().rowCount(); ++row) {
                const QModelIndex layer = model().index(row, 0);
                EXPECT_LE(bold.horizontalAdvance(layer.data().toString()) + 2,
                          pane.tree().visualRect(layer).width())
                    << layer.data().toString().toStdString() << " at " << width;
            }
            const QModelIndex tcp = model().index(2, 0);
            EXPECT_TRUE(tcp.data(Qt::ToolTipRole)
                            .toString()
                            .startsWith(inCurrentLanguage(wire::titleOf(wire::Protocol::Tcp))));
            if (language == Language::English) {
                EXPECT_EQ(tcp.data().toString() == u"TCP"_s, width < 400) << width;
            }
        }
    }
    setLanguage(Language::English);
}

TEST_F(LayersPaneOfASyn, RowsGetWhatTheyNeedBeforeOctets) {
    pane.setOpened(false);
    pane.resize(356, 300);
    QApplication::processEvents();
    const int row = pane.tree().visualRect(model().index(0, 0)).height();
    EXPECT_GE(pane.tree().height(), 3 * row);
    EXPECT_LE(pane.tree().height(), 4 * row + 8) << "and no more";
    EXPECT_GT(pane.octets().height(), 300 - 5 * row);
}

}  // namespace
}  // namespace tcplab::gui
