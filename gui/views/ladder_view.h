#pragma once

#include "gui/document.h"
#include "gui/geometry/ladder_layout.h"
#include "gui/views/ladder_painter.h"

#include <QAbstractScrollArea>

namespace tcplab::gui {

/// What happened between the two ends, from top to bottom. Two lifelines with the states beside
/// them, the packets between.
class LadderView : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit LadderView(Document& document, QWidget* parent = nullptr);

    /// How high the view must be to show all of the ladder at this width.
    [[nodiscard]] int wholeHeight(int width) const;
    [[nodiscard]] const LadderLayout& layout() const { return layout_; }
    [[nodiscard]] const std::optional<LadderMeasure>& measured() const { return measured_; }
    void setNotation(Notation notation);
    /// Time runs evenly, or every packet has the same room.
    void setProportional(bool proportional);
    /// How much room packets and times have; 1 is usual.
    [[nodiscard]] double zoom() const { return zoom_; }
    void setZoom(double zoom);
    /// Where a point of the ladder is in the viewport.
    [[nodiscard]] QPointF toViewport(QPointF point) const;

protected:
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;
    [[nodiscard]] QSize sizeHint() const override { return {628, 480}; }

private:
    [[nodiscard]] LadderLayout layOutAt(double width) const;
    void setRaw(bool raw);
    void describe();
    void tellAgain();
    void layOutAgain();
    void follow();
    [[nodiscard]] double headerHeight() const;
    void paintHeader(QPainter& painter, const Palette& colors) const;
    void paintNothing(QPainter& painter, const Palette& colors) const;
    [[nodiscard]] QPointF toLadder(QPointF inViewport) const;
    [[nodiscard]] QString toolTipAt(QPointF point) const;
    [[nodiscard]] QString toolTipOver(double x) const;

    Document& document_;
    LadderStory story_{};
    LadderLayout layout_{};
    Notation notation_ = Notation::Names;
    bool proportional_ = false;
    double zoom_ = 1;
    bool raw_ = false;                  ///< While Alt is held.
    std::optional<QPointF> pressed_{};  ///< Where a drag began, in the ladder.
    std::optional<LadderMeasure> measured_{};
};

}  // namespace tcplab::gui
