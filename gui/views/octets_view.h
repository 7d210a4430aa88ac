#pragma once

#include "sim/base/bytes.h"

#include <QAbstractScrollArea>

#include <vector>

namespace tcplab::gui {

/// Octets as hexadecimal and as text, one range of them marked.
class OctetsView : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit OctetsView(QWidget* parent = nullptr);

    void show(Octets octets);
    void mark(std::size_t offset, std::size_t length);
    [[nodiscard]] std::size_t markedFrom() const { return from_; }
    [[nodiscard]] std::size_t markedLength() const { return length_; }
    /// Where an octet's digits stand in the viewport.
    [[nodiscard]] QRectF boxOf(std::size_t octet) const;

Q_SIGNALS:
    void chosen(std::size_t octet);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;
    [[nodiscard]] QSize sizeHint() const override { return {340, 100}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 40}; }

private:
    [[nodiscard]] QRectF textBoxOf(std::size_t octet) const;
    [[nodiscard]] std::size_t perRow() const;
    [[nodiscard]] double advance() const;
    [[nodiscard]] double lineHeight() const;
    [[nodiscard]] double hexLeft() const { return 5.5 * advance(); }
    [[nodiscard]] double textLeft() const;
    void updateScrollBar();

    std::vector<std::uint8_t> octets_{};
    std::size_t from_ = 0;
    std::size_t length_ = 0;
};

}  // namespace tcplab::gui
