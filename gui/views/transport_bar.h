#pragma once

#include "gui/document.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QLabel;
class QSlider;
class QToolButton;

namespace tcplab::gui {

/// Where in time: to the start, a step back, play, a step on, to the end; a slider over all steps.
class TransportBar : public QWidget {
    Q_OBJECT

public:
    explicit TransportBar(Document& document, QWidget* parent = nullptr);

    /// In the order in which they are shown; menus show them too.
    [[nodiscard]] QAction* toStart() const { return toStart_; }
    [[nodiscard]] QAction* back() const { return back_; }
    [[nodiscard]] QAction* play() const { return play_; }
    [[nodiscard]] QAction* next() const { return next_; }
    [[nodiscard]] QAction* toEnd() const { return toEnd_; }
    /// Words at the end of the bar, while a scenario is open.
    void addVerbs(const QList<QAction*>& verbs);
    [[nodiscard]] QSlider* slider() const { return slider_; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildLayout();
    void retranslate();
    void drawIcons();
    void follow();
    void setPlaying(bool playing);

    Document& document_;
    QAction* toStart_;
    QAction* back_;
    QAction* play_;
    QAction* next_;
    QAction* toEnd_;
    QSlider* slider_;
    QLabel* place_;
    QWidget* verbs_;
    QList<QToolButton*> marks_{};  ///< The buttons of the actions.
    QTimer timer_{};
};

}  // namespace tcplab::gui
