#pragma once

#include "gui/document.h"

#include <QWidget>

namespace tcplab::gui {

/// The line under the header. While a capture is read it shows how far.
class ProgressLine : public QWidget {
    Q_OBJECT

public:
    explicit ProgressLine(Document& document, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void follow();

    Document& document_;
};

}  // namespace tcplab::gui
