#include "gui/views/pane.h"

#include "gui/look.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace tcplab::gui {

Pane::Pane(QWidget* content, int margin, QWidget* parent)
    : QWidget(parent), title_{new QLabel(this)}, content_{content} {
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    title_->setContentsMargins(kMargin, 8, kMargin, 4);
    title_->setFont(fonts::text(fonts::kLabel, true));
    title_->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(title_);
    auto* inside = new QVBoxLayout;
    inside->setContentsMargins(margin, 0, margin, 0);
    inside->addWidget(content);
    layout->addLayout(inside, 1);
}

void Pane::setTitle(const QString& title) {
    const QString name = content_->accessibleName();
    if (name.isEmpty() || name == title_->text()) content_->setAccessibleName(title);
    title_->setText(title);
}

void Pane::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) title_->setFont(fonts::text(fonts::kLabel, true));
}

}  // namespace tcplab::gui
