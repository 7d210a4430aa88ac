#pragma once

#include <QIODevice>
#include <QPaintDevice>
#include <QSize>

#include <memory>

namespace tcplab::gui {

/// A paper of SVG on which clipping holds, as it does not on Qt's own: what lies outside of a clip
/// is left out, and what it cuts is written as what is left of it. Letters name the font that they
/// were measured in, so that another program sets them as wide.
class SvgCanvas : public QPaintDevice {
public:
    SvgCanvas(QIODevice& output, QSize size);
    ~SvgCanvas() override;

    [[nodiscard]] QPaintEngine* paintEngine() const override;

protected:
    [[nodiscard]] int metric(PaintDeviceMetric metric) const override;

private:
    class Engine;
    QSize size_;
    std::unique_ptr<Engine> engine_;
};

}  // namespace tcplab::gui
