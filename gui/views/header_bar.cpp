#include "gui/views/header_bar.h"

#include "gui/glossary.h"
#include "gui/look.h"
#include "gui/views/find_field.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QToolButton>

namespace tcplab::gui {

namespace {

constexpr int kHeight = 40;
constexpr int kLeastLabel = 10;  ///< Labels give way, so that the window can be narrow.

QString detailsOf(const Document& document) {
    if (document.kind() != Document::Kind::Capture)
        // A script has no other title than its name.
        return document.name() == toQt(document.title().en) ? QString() : document.name();
    const QLocale locale;
    const capture::Summary& summary = document.summary();
    if (document.isLoading())
        return HeaderBar::tr("Reading: %1 packets, %2 connections. Esc stops.")
            .arg(locale.toString(static_cast<qulonglong>(summary.packets)),
                 locale.toString(static_cast<qulonglong>(document.flows().size())));
    return HeaderBar::tr("Packets: %1   TCP: %2   Connections: %3")
        .arg(locale.toString(static_cast<qulonglong>(summary.packets)),
             locale.toString(static_cast<qulonglong>(summary.tcpPackets)),
             locale.toString(static_cast<qulonglong>(document.flows().size())));
}

/// Text that gives way where there is no room, with the whole of it in the tooltip.
class GivingLabel : public QLabel {
public:
    using QLabel::QLabel;

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setFont(font());
        painter.setPen(palette().color(foregroundRole()));
        const QString shown = fontMetrics().elidedText(text(), Qt::ElideMiddle, width());
        painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeft, shown);
    }
};

void setWhole(QLabel* label, const QString& text) {
    label->setText(text);
    label->setToolTip(text);
}

}  // namespace

HeaderBar::HeaderBar(Document& document, QWidget* parent)
    : QWidget(parent),
      document_{document},
      title_{new GivingLabel(this)},
      details_{new GivingLabel(this)},
      find_{new FindField(document, this)},
      pages_{new QHBoxLayout},
      scenarios_{new QToolButton(this)} {
    setMinimumHeight(kHeight);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 4, 12, 4);
    layout->setSpacing(12);
    layout->addWidget(title_);
    layout->addWidget(details_, 1);
    layout->addWidget(find_);
    layout->addLayout(pages_);
    layout->addWidget(scenarios_);
    pages_->setSpacing(2);
    title_->setTextFormat(Qt::PlainText);
    details_->setTextFormat(Qt::PlainText);
    details_->setForegroundRole(QPalette::PlaceholderText);
    title_->setMinimumWidth(kLeastLabel);
    details_->setMinimumWidth(kLeastLabel);
    scenarios_->setPopupMode(QToolButton::InstantPopup);
    // The chevron behind the word.
    scenarios_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    scenarios_->setLayoutDirection(Qt::RightToLeft);
    connect(&document_, &Document::opened, this, &HeaderBar::retranslate);
    connect(&document_, &Document::grew, this, &HeaderBar::retranslate);
    connect(&document_, &Document::loaded, this, &HeaderBar::retranslate);
    retranslate();
}

void HeaderBar::setPages(const QList<QAction*>& pages) {
    for (QAction* page : pages) {
        auto* button = new QToolButton(this);
        button->setDefaultAction(page);
        pages_->addWidget(button);
    }
}

void HeaderBar::retranslate() {
    title_->setFont(fonts::text(fonts::kHeading, true));
    setWhole(title_, toQt(document_.title().in(currentLanguage())));
    setWhole(details_, document_.kind() == Document::Kind::None ? QString() : detailsOf(document_));
    scenarios_->setText(tr("Scenarios"));
    scenarios_->setIcon(icon(QStringLiteral("down"), *this));
}

void HeaderBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange ||
        event->type() == QEvent::PaletteChange)
        retranslate();
}

}  // namespace tcplab::gui
