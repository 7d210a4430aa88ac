#pragma once

#include "gui/document.h"
#include "gui/geometry/state_diagram_layout.h"

#include <QWidget>

#include <optional>
#include <vector>

class QPainter;

namespace tcplab::gui {

class StateCard;

/// One state diagram with the tokens of both ends in it: what each is in now, how it came there,
/// and the ways taken before. A click on a state, or Enter, opens its card; Up and Down choose one.
/// Or where all connections of a capture went: there a click lists those that went so.
class StateDiagramView : public QWidget {
    Q_OBJECT

public:
    explicit StateDiagramView(Document& document, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override { return {364, 312}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {352, 286}; }

    /// With the token of one end alone.
    void setOnly(std::optional<Side> side);
    /// Where all connections of the capture went, instead of the one that is current.
    void setHeat(bool heat);
    /// The state or change that is drawn there.
    [[nodiscard]] std::optional<capture::Passage> passageAt(QPointF point) const;

    /// The card of a state; made when it is asked for.
    StateCard& showCard(tcp::State state);

protected:
    bool event(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    struct Taken {
        tcp::State from{};
        tcp::State to{};
        Side side{};
        Moment moment = 0;
        QString cause{};
    };
    [[nodiscard]] QTransform placement() const;
    [[nodiscard]] std::vector<Taken> takenSoFar() const;
    [[nodiscard]] std::optional<tcp::State> stateOf(Side side) const;
    [[nodiscard]] QString toolTipAt(tcp::State state) const;
    [[nodiscard]] std::optional<tcp::State> stateAtPoint(QPointF point) const;
    [[nodiscard]] QString causeHere(Side side) const;
    void paintEdges(QPainter& painter, const std::vector<Taken>& taken) const;
    void paintNode(QPainter& painter, tcp::State state, bool visited) const;
    [[nodiscard]] QString legendOf(Side side) const;
    void paintLegend(QPainter& painter) const;
    [[nodiscard]] int legendLines() const;
    [[nodiscard]] double legendHeight() const;
    void updateAccessibleName();
    void renewHeat();
    void paintHeat(QPainter& painter) const;
    void paintHeatLegend(QPainter& painter) const;
    void paintScale(QPainter& painter, const QRectF& box) const;
    [[nodiscard]] QString heatWords() const;
    void choosePassage(std::optional<capture::Passage> passage);
    [[nodiscard]] std::vector<capture::Passage> hotPassages() const;
    void stepPassage(int step);

    Document& document_;
    std::optional<Side> only_{};
    std::optional<capture::Heat> heat_{};        ///< Empty: of one connection.
    std::optional<capture::Passage> pointed_{};  ///< By mouse or keys, in the heat.
    StateCard* card_ = nullptr;
    tcp::State chosen_ = tcp::State::Established;  ///< Of the keys.
};

}  // namespace tcplab::gui
