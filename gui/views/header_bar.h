#pragma once

#include "gui/document.h"

#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace tcplab::gui {

class FindField;

/// What is open, the pages that show it, and a button that offers the scenarios.
class HeaderBar : public QWidget {
    Q_OBJECT

public:
    explicit HeaderBar(Document& document, QWidget* parent = nullptr);

    [[nodiscard]] FindField& find() const { return *find_; }
    [[nodiscard]] QToolButton* scenarios() const { return scenarios_; }
    /// A button for each: what may stand in the middle.
    void setPages(const QList<QAction*>& pages);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    Document& document_;
    QLabel* title_;
    QLabel* details_;
    FindField* find_;
    QHBoxLayout* pages_;
    QToolButton* scenarios_;
};

}  // namespace tcplab::gui
