#pragma once

#include <QWidget>

class QLabel;

namespace tcplab::gui {

/// Three lines for the first start; gone with the first key.
class Hints : public QWidget {
    Q_OBJECT

public:
    explicit Hints(QWidget* parent);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void retranslate();
    void place();

    QLabel* text_;
};

}  // namespace tcplab::gui
