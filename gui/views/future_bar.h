#pragma once

#include "gui/views/desk_actions.h"

#include <QWidget>

class QTabBar;
class QToolButton;

namespace tcplab::gui {

/// The futures of a scenario as tabs, once there is more than one.
class FutureBar : public QWidget {
    Q_OBJECT

public:
    explicit FutureBar(DeskActions& actions, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void follow();

    Desk& desk_;
    QTabBar* tabs_;
};

/// A future's name: what began it, as it is typed at the prompt of tcplab simulate --step too.
[[nodiscard]] QString futureName(const Futures& futures, std::size_t number);

}  // namespace tcplab::gui
