#pragma once

#include <QWidget>

#include <functional>

class QLabel;
class QToolButton;

namespace tcplab::gui {

/// A line that tells what could not be read, in its place instead of in a box over the work.
class NoticeBar : public QWidget {
    Q_OBJECT

public:
    explicit NoticeBar(QWidget* parent = nullptr);

    void show(const QString& text);
    /// With a button that does something about it; the line goes away with it.
    void show(const QString& text, const QString& label, std::function<void()> act);
    void dismiss();
    [[nodiscard]] QString text() const;
    [[nodiscard]] QToolButton& action() const { return *act_; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QLabel* label_;
    QToolButton* act_;
    QToolButton* copy_;
    QToolButton* close_;
    std::function<void()> doIt_{};
};

}  // namespace tcplab::gui
