#pragma once

#include <QWidget>

class QLabel;

namespace tcplab::gui {

/// A part of the window under one heading.
class Pane : public QWidget {
    Q_OBJECT

public:
    static constexpr int kMargin = 16;

    Pane(QWidget* content, int margin, QWidget* parent = nullptr);
    void setTitle(const QString& title);

protected:
    void changeEvent(QEvent* event) override;

private:
    QLabel* title_;
    QWidget* content_;
};

}  // namespace tcplab::gui
