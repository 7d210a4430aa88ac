#pragma once

#include <QStringList>
#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace tcplab::gui {

/// What the window shows while nothing is open: what can be done, and what was open last.
class EmptyPage : public QWidget {
    Q_OBJECT

public:
    explicit EmptyPage(QWidget* parent = nullptr);

    void setRecent(const QStringList& paths);

Q_SIGNALS:
    void openAsked();
    void scenarioAsked();
    void lessonsAsked();
    void recentAsked(const QString& path);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QLabel* heading_;
    QLabel* hint_;
    QPushButton* open_;
    QPushButton* scenario_;
    QPushButton* lessons_;
    QLabel* recentHeading_;
    QVBoxLayout* recent_;
    QStringList paths_{};
};

}  // namespace tcplab::gui
