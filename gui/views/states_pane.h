#pragma once

#include "gui/document.h"

#include <QWidget>

class QAction;
class QToolButton;

namespace tcplab::gui {

class StateDiagramView;

/// The state diagram, with both ends in it or one for each; of a capture with several connections
/// also where all of them went.
class StatesPane : public QWidget {
    Q_OBJECT

public:
    explicit StatesPane(Document& document, QWidget* parent = nullptr);

    /// A diagram for each end, where there is room.
    void setPair(bool pair);
    /// Checked while it shows all connections; for the menu too.
    [[nodiscard]] QAction* heat() const { return heat_; }
    [[nodiscard]] StateDiagramView& diagram() const { return *diagram_; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void apply();
    void retranslate();

    Document& document_;
    StateDiagramView* diagram_;
    StateDiagramView* second_;
    QAction* heat_;
    QToolButton* button_;
    bool pair_ = false;
};

}  // namespace tcplab::gui
