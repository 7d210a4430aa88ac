#pragma once

#include "gui/document.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace tcplab::gui {

/// What is open, and a button that offers the scenarios.
class HeaderBar : public QWidget {
    Q_OBJECT

public:
    explicit HeaderBar(Document& document, QWidget* parent = nullptr);

    [[nodiscard]] QToolButton* scenarios() const { return scenarios_; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    Document& document_;
    QLabel* title_;
    QLabel* details_;
    QToolButton* scenarios_;
};

}  // namespace tcplab::gui
