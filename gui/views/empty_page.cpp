#include "gui/views/empty_page.h"

#include "gui/glossary.h"
#include "gui/look.h"
#include "sim/net/scenario.h"

#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace tcplab::gui {

EmptyPage::EmptyPage(QWidget* parent)
    : QWidget(parent),
      heading_{new QLabel(this)},
      hint_{new QLabel(this)},
      open_{new QPushButton(this)},
      scenario_{new QPushButton(this)},
      lessons_{new QPushButton(this)},
      recentHeading_{new QLabel(this)},
      recent_{new QVBoxLayout} {
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(12);
    for (QPushButton* button : {open_, scenario_, lessons_}) buttons->addWidget(button);
    hint_->setForegroundRole(QPalette::PlaceholderText);
    recentHeading_->setForegroundRole(QPalette::PlaceholderText);

    auto* column = new QVBoxLayout;
    column->setSpacing(12);
    column->addStretch(2);
    column->addWidget(heading_);
    column->addWidget(hint_);
    column->addLayout(buttons);
    column->addSpacing(16);
    column->addWidget(recentHeading_);
    recent_->setSpacing(2);
    column->addLayout(recent_);
    column->addStretch(3);
    auto* middle = new QHBoxLayout(this);
    middle->addStretch();
    middle->addLayout(column);
    middle->addStretch();

    connect(open_, &QPushButton::clicked, this, &EmptyPage::openAsked);
    connect(scenario_, &QPushButton::clicked, this, &EmptyPage::scenarioAsked);
    connect(lessons_, &QPushButton::clicked, this, &EmptyPage::lessonsAsked);
    retranslate();
}

void EmptyPage::setRecent(const QStringList& paths) {
    while (QLayoutItem* item = recent_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    paths_ = paths;
    recentHeading_->setVisible(!paths.isEmpty());
    for (const QString& path : paths) {
        auto* button = new QToolButton(this);
        // A scenario is known by its title, a file by its name.
        const auto scenario = net::scenarioNamed(path.toStdString());
        button->setText(scenario ? toQt(scenario->title.in(currentLanguage()))
                                 : QFileInfo(path).fileName());
        button->setToolTip(path);
        connect(button, &QToolButton::clicked, this, [this, path] { Q_EMIT recentAsked(path); });
        recent_->addWidget(button);
    }
}

void EmptyPage::retranslate() {
    heading_->setFont(fonts::text(fonts::kHeading, true));
    heading_->setText(tr("See what TCP does, and why"));
    hint_->setText(
        tr("Open a capture, or play a scenario step by step. A file can be dropped here."));
    open_->setText(tr("Open a file"));
    scenario_->setText(tr("Play the handshake"));
    lessons_->setText(tr("All scenarios"));
    recentHeading_->setText(tr("Opened last"));
    setRecent(QStringList{paths_});
}

void EmptyPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange)
        retranslate();
}

}  // namespace tcplab::gui
