#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace tcplab::gui {

/// A line that tells what could not be read, in its place instead of in a box over the work.
class NoticeBar : public QWidget {
    Q_OBJECT

public:
    explicit NoticeBar(QWidget* parent = nullptr);

    void show(const QString& text);
    void dismiss();
    [[nodiscard]] QString text() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QLabel* label_;
    QToolButton* copy_;
    QToolButton* close_;
};

}  // namespace tcplab::gui
