#pragma once

#include "gui/document.h"
#include "gui/geometry/state_diagram_layout.h"

#include <QWidget>

class QPainter;

namespace tcplab::gui {

/// One state diagram with the tokens of both ends in it: what each is in now, how it came there,
/// and the ways taken before.
class StateDiagramView : public QWidget {
    Q_OBJECT

public:
    explicit StateDiagramView(Document& document, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override { return {364, 292}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {352, 286}; }

protected:
    bool event(QEvent* event) override;
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
    void paintEdges(QPainter& painter, const std::vector<Taken>& taken) const;
    void paintNode(QPainter& painter, tcp::State state, bool visited) const;
    void paintLegend(QPainter& painter) const;
    void updateAccessibleName();

    Document& document_;
};

}  // namespace tcplab::gui
