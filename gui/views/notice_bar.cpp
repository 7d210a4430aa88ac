#include "gui/views/notice_bar.h"

#include "gui/look.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace tcplab::gui {

NoticeBar::NoticeBar(QWidget* parent)
    : QWidget(parent),
      label_{new QLabel(this)},
      act_{new QToolButton(this)},
      copy_{new QToolButton(this)},
      close_{new QToolButton(this)} {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 6, 12, 6);
    label_->setWordWrap(true);
    label_->setTextFormat(Qt::PlainText);
    label_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(label_, 1);
    layout->addWidget(act_);
    layout->addWidget(copy_);
    layout->addWidget(close_);
    connect(copy_, &QToolButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(label_->text());
    });
    connect(act_, &QToolButton::clicked, this, [this] {
        const auto act = doIt_;
        dismiss();
        if (act) act();
    });
    connect(close_, &QToolButton::clicked, this, &NoticeBar::dismiss);
    retranslate();
    hide();
}

void NoticeBar::show(const QString& text) {
    show(text, {}, {});
}

void NoticeBar::show(const QString& text, const QString& label, std::function<void()> act) {
    label_->setText(text);
    act_->setText(label);
    act_->setVisible(!label.isEmpty());
    doIt_ = std::move(act);
    setVisible(true);
}

void NoticeBar::dismiss() {
    label_->clear();
    doIt_ = {};
    hide();
}

QString NoticeBar::text() const {
    return label_->text();
}

void NoticeBar::retranslate() {
    copy_->setText(tr("Copy"));
    close_->setText(tr("Dismiss"));
}

void NoticeBar::paintEvent(QPaintEvent*) {
    const Palette& colors = paletteOf(*this);
    QPainter painter(this);
    painter.fillRect(rect(), colors.notice);
    painter.fillRect(QRect(0, 0, 4, height()), colors.of(Role::Opening));
}

void NoticeBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace tcplab::gui
