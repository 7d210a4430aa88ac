#include "gui/views/states_pane.h"

#include "gui/views/state_diagram_view.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

namespace tcplab::gui {

StatesPane::StatesPane(Document& document, QWidget* parent)
    : QWidget(parent),
      document_{document},
      diagram_{new StateDiagramView(document, this)},
      second_{new StateDiagramView(document, this)},
      heat_{new QAction(this)},
      button_{new QToolButton(this)} {
    auto* both = new QHBoxLayout;
    both->setSpacing(0);
    both->addWidget(diagram_, 1);
    both->addWidget(second_, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(both, 1);
    column->addWidget(button_, 0, Qt::AlignRight);
    heat_->setCheckable(true);
    heat_->setShortcut(Qt::Key_H);
    button_->setDefaultAction(heat_);
    connect(heat_, &QAction::toggled, this, &StatesPane::apply);
    connect(&document_, &Document::opened, this, [this] { heat_->setChecked(false); });
    connect(&document_, &Document::opened, this, &StatesPane::apply);
    connect(&document_, &Document::grew, this, &StatesPane::apply);
    retranslate();
    apply();
}

void StatesPane::setPair(bool pair) {
    pair_ = pair;
    apply();
}

void StatesPane::apply() {
    const bool several = document_.flows().size() > 1;
    heat_->setEnabled(several);
    button_->setVisible(several);
    const bool heat = several && heat_->isChecked();
    const bool pair = pair_ && !heat;
    second_->setVisible(pair);
    diagram_->setOnly(pair ? std::optional{Side::Client} : std::nullopt);
    second_->setOnly(Side::Server);
    diagram_->setHeat(heat);
    if (!heat) document_.setPassage({});
}

void StatesPane::retranslate() {
    heat_->setText(tr("All connections"));
    heat_->setToolTip(tr("Where all connections of the capture went in the state diagram  (H)"));
}

void StatesPane::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace tcplab::gui
