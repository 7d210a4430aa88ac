#pragma once

#include "gui/document.h"
#include "gui/geometry/window_layout.h"

#include <QWidget>

class QPainter;

namespace tcplab::gui {

/// The send and receive buffers of both ends, and the windows around them, on the axis of sequence
/// numbers. Of a simulated run only: no capture knows what lies in a buffer.
class WindowsView : public QWidget {
    Q_OBJECT

public:
    explicit WindowsView(Document& document, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override { return {340, heightWanted()}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, heightWanted()}; }

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    struct Row {
        QString title{};
        WindowLayout layout{};
        double top = 0;
    };
    [[nodiscard]] std::vector<Row> rows() const;
    [[nodiscard]] int heightWanted() const;
    void paintRow(QPainter& painter, const Row& row) const;
    void paintLegend(QPainter& painter) const;
    void follow();

    Document& document_;
};

/// What octets of a buffer are, in words.
[[nodiscard]] QString nameOf(SpanKind kind);

}  // namespace tcplab::gui
