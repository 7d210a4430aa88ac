#pragma once

#include <QDialog>

class QMenuBar;

namespace tcplab::gui {

/// Every key that the menus know, by menu.
class KeyList : public QDialog {
    Q_OBJECT

public:
    explicit KeyList(const QMenuBar& menus, QWidget* parent = nullptr);
};

}  // namespace tcplab::gui
