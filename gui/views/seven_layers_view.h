#pragma once

#include "gui/document.h"
#include "gui/geometry/seven_layers_layout.h"

#include <QAbstractScrollArea>

namespace tcplab::gui {

/// The seven layers of OSI beside the four of TCP/IP for the selected packet: what each did, and
/// what it wrapped around what it was given.
class SevenLayersView : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit SevenLayersView(Document& document, QWidget* parent = nullptr);

    [[nodiscard]] const SevenLayersLayout& layout() const { return layout_; }
    [[nodiscard]] std::optional<wire::OsiLayer> chosenLayer() const { return chosen_; }
    [[nodiscard]] QPointF toViewport(QPointF point) const;
    /// All of it, in this width.
    [[nodiscard]] int wholeHeight(int width) const;

    /// The selected packet; at a step without one, the last that there was. Null before the first.
    [[nodiscard]] const Packet* shownPacket() const;
    /// What is said beside its name: its octets, and what became of it.
    [[nodiscard]] QString noteOf(const Packet& packet) const;

    /// Lights the layer that put these octets there.
    void mark(std::size_t offset, std::size_t length);

Q_SIGNALS:
    /// A header or message was chosen, which begins at this octet of the frame.
    void chosen(std::size_t octet);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void reload();
    void layOutAgain();
    [[nodiscard]] SevenLayersLayout layOutAt(double width) const;
    [[nodiscard]] double headerHeight() const;
    [[nodiscard]] QPointF fromViewport(QPointF point) const;
    [[nodiscard]] const LayerRow* chosenRow() const;
    void choose(const LayerRow& row, const LayerBox* box);
    void paintHeader(QPainter& painter, const Packet& packet) const;
    void paintRow(QPainter& painter, const LayerRow& row, Side from) const;
    void paintBoxes(QPainter& painter, const LayerRow& row) const;
    void paintLanes(QPainter& painter, const LayerRow& row, Side from) const;
    void paintInternet(QPainter& painter) const;

    Document& document_;
    std::optional<std::array<wire::LayerWork, 7>> works_{};
    SevenLayersLayout layout_{};
    std::optional<wire::OsiLayer> chosen_{};
    std::size_t markedFrom_ = 0;
    std::size_t markedLength_ = 0;
};

}  // namespace tcplab::gui
