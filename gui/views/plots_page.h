#pragma once

#include "gui/document.h"

#include "picture/graph.h"
#include <QWidget>

class QActionGroup;
class QHBoxLayout;

namespace tcplab::gui {

/// Graphs of the current connection, one at a time, with the document's cursor in them. A click
/// goes to the packet of that time. In a lesson nothing right of the cursor is drawn.
class PlotsPage : public QWidget {
    Q_OBJECT

public:
    explicit PlotsPage(Document& document, QWidget* parent = nullptr);

    /// As its button has it: "Sequence".
    [[nodiscard]] static QString titleOf(picture::Graph graph);

    [[nodiscard]] picture::Graph graph() const { return graph_; }
    void setGraph(picture::Graph graph);
    [[nodiscard]] Side sender() const;
    /// Empty: the end that sent more.
    void setSender(std::optional<Side> sender);
    [[nodiscard]] const picture::Figure& figure() const { return figure_; }
    /// Where a time since the record's beginning is drawn in this page.
    [[nodiscard]] double xOf(double seconds) const;
    /// What is said of a cursor whose time is not drawn; empty where it is.
    [[nodiscard]] QString cursorOutside() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void buildBar();
    void retranslate();
    void redraw();
    [[nodiscard]] bool isOverTime() const { return graph_ != picture::Graph::Rounds; }
    [[nodiscard]] bool isCursorInside() const;
    [[nodiscard]] double barHeight() const;
    [[nodiscard]] QString titleAt(QPointF point) const;
    [[nodiscard]] std::optional<PacketId> packetAt(double seconds) const;

    Document& document_;
    QHBoxLayout* bar_;
    QActionGroup* graphs_;
    QActionGroup* senders_;
    picture::Graph graph_ = picture::Graph::Sequence;
    std::optional<Side> wanted_{};
    picture::Figure figure_{};
};

}  // namespace tcplab::gui
