#pragma once

#include <QTextBrowser>

namespace tcplab::gui {

/// Text to read, which says itself anew when the language, the colours or the size change.
class ProseView : public QTextBrowser {
    Q_OBJECT

public:
    explicit ProseView(QWidget* parent = nullptr);

protected:
    /// As HTML.
    [[nodiscard]] virtual QString prose() const = 0;
    void changeEvent(QEvent* event) override;
    [[nodiscard]] QSize sizeHint() const override { return {288, 112}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 60}; }
    void refresh();
};

namespace html {

[[nodiscard]] QString paragraph(const QString& inner, int below = 8);
[[nodiscard]] QString bold(const QString& text);
[[nodiscard]] QString code(const QString& text);
[[nodiscard]] QString colored(const QString& inner, const QColor& color);

}  // namespace html

}  // namespace tcplab::gui
