#pragma once

#include "gui/document.h"
#include "gui/geometry/stream_layout.h"

#include <QAbstractScrollArea>

class QScrollBar;

namespace tcplab::gui {

/// The rows of a stream over one axis, its broken boundaries with their causes, and what decoders
/// make of all cuts. A click or the arrow keys choose a boundary; a click on a segment selects its
/// packet; plus and minus zoom.
class StreamView : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit StreamView(Document& document, QWidget* parent = nullptr);

    void setStory(StreamStory story);
    [[nodiscard]] const StreamStory& story() const { return story_; }
    [[nodiscard]] const StreamLayout& layout() const { return layout_; }
    /// In StreamRows::broken.
    [[nodiscard]] std::optional<std::size_t> chosen() const { return chosen_; }
    void choose(std::optional<std::size_t> broken);
    [[nodiscard]] QPointF toViewport(QPointF point) const;
    /// All of it, in this width.
    [[nodiscard]] int wholeHeight(int width) const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool viewportEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] StreamMetrics metricsOf(double width) const;
    [[nodiscard]] framing::StreamRange shown() const;
    [[nodiscard]] QPointF fromViewport(QPointF point) const;
    void layOutAgain();
    void placeScroller();
    void zoom(double factor);
    void chooseNext(int step);
    void tellChosen();
    Document& document_;
    StreamStory story_{};
    StreamLayout layout_{};
    QScrollBar* scroller_;
    double octetsShown_ = 0;  ///< How many; 0: all.
    bool isZoomed_ = false;   ///< By the reader: else it is what fits.
    std::optional<std::size_t> chosen_{};
};

}  // namespace tcplab::gui
