#pragma once

#include "gui/desk.h"

#include <QObject>

#include <array>

class QAction;
class QMenu;

namespace tcplab::gui {

/// What can be done with a scenario, as actions for menus, buttons and keys. They follow the desk:
/// what cannot be done now is disabled.
class DeskActions : public QObject {
    Q_OBJECT

public:
    static constexpr std::array kFaults{net::Fault::Kind::Drop,
                                        net::Fault::Kind::Delay,
                                        net::Fault::Kind::Duplicate,
                                        net::Fault::Kind::Corrupt};
    static constexpr std::array kCalls{net::CallKind::Listen,
                                       net::CallKind::Accept,
                                       net::CallKind::Connect,
                                       net::CallKind::Send,
                                       net::CallKind::Recv,
                                       net::CallKind::Shutdown,
                                       net::CallKind::Close,
                                       net::CallKind::Abort};

    explicit DeskActions(Desk& desk, QObject* parent = nullptr);

    [[nodiscard]] Desk& desk() const { return desk_; }
    [[nodiscard]] const QList<QAction*>& faults() const { return faults_; }
    [[nodiscard]] const QList<QAction*>& calls(Side side) const { return calls_[side]; }
    /// 1 to 4.
    [[nodiscard]] const QList<QAction*>& answers() const { return answers_; }
    [[nodiscard]] QAction* branch() const { return branch_; }
    [[nodiscard]] QAction* undo() const { return undo_; }
    [[nodiscard]] QAction* redo() const { return redo_; }
    [[nodiscard]] QAction* predict() const { return predict_; }
    /// Checked while the futures are compared.
    [[nodiscard]] QAction* compare() const { return compare_; }
    /// All of them; the menu belongs to the caller.
    void fill(QMenu& menu);
    /// What setsockopt() can change from here on, as it is at the cursor.
    void fillSocketOptions(QMenu& menu, Side side);
    void retranslate();

private:
    void fillOptions(QMenu& menu);
    void follow();

    Desk& desk_;
    QList<QAction*> faults_{};
    PerSide<QList<QAction*>> calls_{};
    QList<QAction*> answers_{};
    QAction* branch_;
    QAction* undo_;
    QAction* redo_;
    QAction* predict_;
    QAction* compare_;
    PerSide<QMenu*> callMenus_{};
    QMenu* options_ = nullptr;
    QMenu* answerMenu_ = nullptr;
};

}  // namespace tcplab::gui
