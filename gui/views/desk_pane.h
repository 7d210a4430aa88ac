#pragma once

#include "gui/views/desk_actions.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace tcplab::gui {

/// Buttons for what can befall the packet that is on its way, and for the calls of both hosts and
/// the options of their sockets.
class DeskPane : public QWidget {
    Q_OBJECT

public:
    DeskPane(Document& document, DeskActions& actions, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void follow();

    Document& document_;
    QLabel* packet_;
    PerSide<QLabel*> hosts_{};
    PerSide<QPushButton*> options_{};
};

}  // namespace tcplab::gui
