#include "gui/views/desk_pane.h"

#include "gui/document.h"
#include "gui/glossary.h"
#include "gui/look.h"
#include "gui/wording.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kInARow = 4;

QPushButton* buttonFor(QAction* action, QWidget* parent) {
    auto* button = new QPushButton(parent);
    button->setFocusPolicy(Qt::TabFocus);
    button->setMinimumWidth(10);
    button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    button->setAutoDefault(true);  // Enter presses it: Space is the next step everywhere.
    const auto follow = [button, action] {
        button->setText(action->text());
        button->setToolTip(action->toolTip());
        button->setAccessibleName(action->toolTip());
        button->setEnabled(action->isEnabled());
    };
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    follow();
    return button;
}

/// Rows of buttons, each as wide as its word needs: in equal columns the longest words would touch
/// their edges.
QVBoxLayout* rowsOf(const QList<QAction*>& actions, QWidget* parent) {
    auto* rows = new QVBoxLayout;
    rows->setContentsMargins(0, 0, 0, 6);
    rows->setSpacing(3);
    QHBoxLayout* row = nullptr;
    for (int i = 0; i < actions.size(); ++i) {
        if (i % kInARow == 0) {
            row = new QHBoxLayout;
            row->setSpacing(3);
            rows->addLayout(row);
        }
        QPushButton* button = buttonFor(actions[i], parent);
        row->addWidget(button);
        const auto giveRoom = [row, button] {
            constexpr int kAround = 14;
            const int word = button->fontMetrics().horizontalAdvance(button->text());
            row->setStretchFactor(button, word + kAround);
        };
        QObject::connect(actions[i], &QAction::changed, row, giveRoom);
        giveRoom();
    }
    return rows;
}

/// Opens the list of what setsockopt() can change.
QPushButton* optionsButton(DeskActions& actions, Side side, QWidget* parent) {
    auto* button = new QPushButton(parent);
    button->setFlat(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAutoDefault(true);
    auto* menu = new QMenu(button);
    QObject::connect(menu, &QMenu::aboutToShow, menu, [&actions, menu, side] {
        actions.fillSocketOptions(*menu, side);
    });
    button->setMenu(menu);
    return button;
}

}  // namespace

DeskPane::DeskPane(Document& document, DeskActions& actions, QWidget* parent)
    : QWidget(parent), document_{document}, packet_{new QLabel(this)} {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 4);
    column->setSpacing(2);
    column->addWidget(packet_);
    column->addLayout(rowsOf(actions.faults(), this));
    for (const Side side : kSides) {
        hosts_[side] = new QLabel(this);
        options_[side] = optionsButton(actions, side, this);
        auto* heading = new QHBoxLayout;
        heading->addWidget(hosts_[side], 1);
        heading->addWidget(options_[side]);
        column->addLayout(heading);
        column->addLayout(rowsOf(actions.calls(side), this));
    }
    for (QLabel* label : {packet_, hosts_[Side::Client], hosts_[Side::Server]}) {
        label->setTextFormat(Qt::PlainText);
        label->setMinimumWidth(10);
        label->setForegroundRole(QPalette::PlaceholderText);
    }
    connect(&document_.desk(), &Desk::changed, this, &DeskPane::follow);
    follow();
}

void DeskPane::follow() {
    const QFont small = fonts::text(fonts::kLabel);
    for (QLabel* label : {packet_, hosts_[Side::Client], hosts_[Side::Server]})
        label->setFont(small);
    for (QPushButton* button : findChildren<QPushButton*>()) button->setFont(small);
    const auto number = document_.desk().packetOnTheWay();
    const Packet* packet = number ? document_.trace().find(*number) : nullptr;
    packet_->setText(packet == nullptr ? tr("No packet is on its way")
                                       : tr("Packet %1 is on its way: %2")
                                             .arg(packet->number)
                                             .arg(flagsInWords(packet->tcp.flags)));
    hosts_[Side::Client]->setText(tr("The client calls"));
    hosts_[Side::Server]->setText(tr("The server calls"));
    for (const Side side : kSides) {
        options_[side]->setText(tr("Options"));
        options_[side]->setToolTip(u"%1: setsockopt()"_s.arg(nameOf(side)));
        options_[side]->setAccessibleName(options_[side]->toolTip());
    }
}

void DeskPane::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange) follow();
}

}  // namespace tcplab::gui
