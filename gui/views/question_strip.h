#pragma once

#include "gui/document.h"

#include <QLabel>

namespace tcplab::gui {

/// What a class is asked, with its answers numbered, for all to see. Which of them is right it
/// never says: the next step does.
class QuestionStrip : public QLabel {
    Q_OBJECT

public:
    explicit QuestionStrip(Document& document, QWidget* parent = nullptr);

    /// Shown only while it asks, and there is a question.
    void setAsking(bool asking);

protected:
    void changeEvent(QEvent* event) override;

private:
    void follow();

    Document& document_;
    bool asking_ = false;
};

}  // namespace tcplab::gui
