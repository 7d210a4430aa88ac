#include "gui/views/future_bar.h"

#include "gui/glossary.h"
#include "gui/wording.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QTabBar>
#include <QToolButton>

namespace tcplab::gui {

QString futureName(const Futures& futures, std::size_t number) {
    const Futures::Future& future = futures.all()[number];
    if (future.turn.empty()) return FutureBar::tr("As written");
    // An option from the start is named as it is set; anything else is the last fork of the course.
    const auto& forks = future.course.forks;
    if (forks.empty() || toString(forks.back().choice) != future.turn) return toQt(future.turn);
    return nameOf(forks.back().choice);
}

FutureBar::FutureBar(DeskActions& actions, QWidget* parent)
    : QWidget(parent), desk_{actions.desk()}, tabs_{new QTabBar(this)} {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 2, 8, 2);
    row->setSpacing(4);
    tabs_->setExpanding(false);
    tabs_->setDrawBase(false);
    tabs_->setUsesScrollButtons(true);
    tabs_->setElideMode(Qt::ElideMiddle);
    tabs_->setFocusPolicy(Qt::TabFocus);
    tabs_->setMinimumWidth(60);
    row->addWidget(tabs_, 1);
    for (QAction* action : {actions.undo(), actions.compare()}) {
        auto* button = new QToolButton(this);
        button->setDefaultAction(action);
        row->addWidget(button);
    }
    connect(tabs_, &QTabBar::currentChanged, this, [this](int index) {
        if (index >= 0) desk_.chooseFuture(static_cast<std::size_t>(index));
    });
    connect(&desk_, &Desk::changed, this, &FutureBar::follow);
    follow();
}

void FutureBar::follow() {
    const Futures* futures = desk_.futures();
    const int count = futures == nullptr ? 0 : static_cast<int>(futures->all().size());
    setVisible(count > 1);
    if (count < 2) return;
    const QSignalBlocker quiet(tabs_);
    tabs_->setAccessibleName(tr("Futures"));
    while (tabs_->count() > count) tabs_->removeTab(tabs_->count() - 1);
    while (tabs_->count() < count) tabs_->addTab(QString());
    for (int i = 0; i < count; ++i) {
        const auto number = static_cast<std::size_t>(i);
        const QString name = futureName(*futures, number);
        tabs_->setTabText(i, name);
        tabs_->setTabToolTip(i,
                             i == 0 ? name
                                    : tr("%1, at step %2 of \"%3\"")
                                          .arg(name)
                                          .arg(futures->all()[number].left)
                                          .arg(futureName(*futures, futures->all()[number].from)));
    }
    tabs_->setCurrentIndex(static_cast<int>(futures->number()));
}

void FutureBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) follow();
}

}  // namespace tcplab::gui
