#include "gui/svg_canvas.h"

#include <QFontInfo>
#include <QPaintEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPainterPathStroker>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>
#include <optional>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kDotsAnInch = 96;
constexpr double kMillimetresAnInch = 25.4;
constexpr double kSlack = 3;  ///< Letters reach a little less far than their line does.

/// What Qt's own paper of SVG can do: all else is broken up by the painter.
constexpr QPaintEngine::PaintEngineFeatures kFeatures{
    QPaintEngine::AllFeatures &
    ~QPaintEngine::PaintEngineFeatures(
        QPaintEngine::PatternBrush | QPaintEngine::PerspectiveTransform |
        QPaintEngine::ConicalGradientFill | QPaintEngine::PorterDuff)};

/// The font by its own name, where it was asked for by a name that each desktop reads otherwise.
QFont named(QFont font) {
    font.setFamily(QFontInfo(font).family());
    return font;
}

}  // namespace

class SvgCanvas::Engine : public QPaintEngine {
public:
    Engine(QIODevice& output, QSize size) : QPaintEngine(kFeatures) {
        svg_.setOutputDevice(&output);
        svg_.setSize(size);
        svg_.setViewBox(QRect({}, size));
        svg_.setResolution(kDotsAnInch);
        svg_.setTitle(u"tcplab"_s);
    }

    bool begin(QPaintDevice* /*device*/) override { return to_.begin(&svg_); }
    bool end() override { return to_.end(); }
    [[nodiscard]] Type type() const override { return User; }

    void updateState(const QPaintEngineState& now) override {
        const DirtyFlags changed = now.state();
        if (changed & DirtyTransform) to_.setTransform(now.transform());
        if (changed & DirtyPen) to_.setPen(now.pen());
        if (changed & DirtyBrush) to_.setBrush(now.brush());
        if (changed & DirtyBrushOrigin) to_.setBrushOrigin(now.brushOrigin());
        if (changed & DirtyFont) to_.setFont(named(now.font()));
        if (changed & DirtyBackground) to_.setBackground(now.backgroundBrush());
        if (changed & DirtyBackgroundMode) to_.setBackgroundMode(now.backgroundMode());
        if (changed & DirtyOpacity) to_.setOpacity(now.opacity());
        if (changed & DirtyHints) to_.setRenderHints(now.renderHints());
    }

    void drawPath(const QPainterPath& path) override {
        const double pen = to_.pen().style() == Qt::NoPen ? 0 : penWidth() + 1;
        const QRectF bounds =
            to_.transform().map(path).boundingRect().adjusted(-pen, -pen, pen, pen);
        const QPainterPath clip = clipNow();
        if (lets(clip, bounds)) return to_.drawPath(path);
        if (!clip.intersects(bounds)) return;
        if (to_.brush().style() != Qt::NoBrush)
            fill(to_.transform().map(path).intersected(clip), to_.brush());
        if (to_.pen().style() == Qt::NoPen) return;
        QPainterPathStroker stroker(to_.pen());
        stroker.setWidth(penWidth());
        fill(to_.transform().map(stroker.createStroke(path)).intersected(clip), to_.pen().brush());
    }

    void drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) override {
        QPainterPath path;
        path.addPolygon(QPolygonF(QList<QPointF>(points, points + count)));
        if (mode != PolylineMode) path.closeSubpath();
        if (mode == WindingMode) path.setFillRule(Qt::WindingFill);
        const QBrush brush = to_.brush();
        if (mode == PolylineMode) to_.setBrush(Qt::NoBrush);
        drawPath(path);
        to_.setBrush(brush);
    }
    using QPaintEngine::drawPolygon;

    void drawTextItem(const QPointF& at, const QTextItem& item) override {
        to_.setFont(named(item.font()));
        const double height = item.ascent() + item.descent();
        const QRectF box{at.x(), at.y() - item.ascent(), item.width(), height};
        const QRectF bounds = to_.transform().mapRect(box);
        const QPainterPath clip = clipNow();
        const double slack = std::min(kSlack, bounds.height() / 3);
        if (lets(clip, bounds.adjusted(slack, slack, -slack, -slack)))
            return to_.drawText(at, item.text());
        if (!clip.intersects(bounds)) return;
        QPainterPath letters;
        letters.addText(at, to_.font(), item.text());
        fill(to_.transform().map(letters).intersected(clip), to_.pen().brush());
    }

    void drawPixmap(const QRectF& area, const QPixmap& pixmap, const QRectF& part) override {
        if (const auto cut = left(area, part)) to_.drawPixmap(cut->area, pixmap, cut->part);
    }

    void drawImage(const QRectF& area,
                   const QImage& image,
                   const QRectF& part,
                   Qt::ImageConversionFlags flags) override {
        if (const auto cut = left(area, part)) to_.drawImage(cut->area, image, cut->part, flags);
    }

private:
    /// In the device's pixels; empty where all of the paper may be drawn on.
    [[nodiscard]] QPainterPath clipNow() const {
        QPainterPath clip;
        const QRegion widgets = systemClip();
        if (!widgets.isEmpty()) clip.addRegion(widgets);
        const QPainter* from = painter();
        if (from == nullptr || !from->hasClipping()) return clip;
        const QPainterPath own = to_.transform().map(from->clipPath());
        return clip.isEmpty() ? own : clip.intersected(own);
    }
    [[nodiscard]] static bool lets(const QPainterPath& clip, const QRectF& bounds) {
        return clip.isEmpty() || clip.contains(bounds);
    }
    [[nodiscard]] double penWidth() const { return std::max(1.0, to_.pen().widthF()); }

    void fill(const QPainterPath& shape, const QBrush& brush) {
        if (shape.isEmpty()) return;
        to_.save();
        to_.resetTransform();
        to_.setPen(Qt::NoPen);
        to_.setBrush(brush);
        to_.drawPath(shape);
        to_.restore();
    }

    struct Piece {
        QRectF area{};
        QRectF part{};
    };
    /// Of a picture: what the clip leaves of it.
    [[nodiscard]] std::optional<Piece> left(const QRectF& area, const QRectF& part) const {
        const QPainterPath clip = clipNow();
        const QRectF bounds = to_.transform().mapRect(area);
        if (lets(clip, bounds)) return Piece{area, part};
        const QRectF seen = to_.transform().inverted().mapRect(clip.boundingRect() & bounds);
        if (seen.isEmpty() || area.isEmpty()) return {};
        const double across = part.width() / area.width();
        const double down = part.height() / area.height();
        return Piece{seen,
                     {part.x() + (seen.x() - area.x()) * across,
                      part.y() + (seen.y() - area.y()) * down,
                      seen.width() * across,
                      seen.height() * down}};
    }

    QSvgGenerator svg_{};
    QPainter to_{};
};

SvgCanvas::SvgCanvas(QIODevice& output, QSize size)
    : size_{size}, engine_{std::make_unique<Engine>(output, size)} {}

SvgCanvas::~SvgCanvas() = default;

QPaintEngine* SvgCanvas::paintEngine() const {
    return engine_.get();
}

int SvgCanvas::metric(PaintDeviceMetric metric) const {
    const auto millimetres = [](int pixels) {
        return static_cast<int>(std::lround(pixels * kMillimetresAnInch / kDotsAnInch));
    };
    switch (metric) {
        case PdmWidth: return size_.width();
        case PdmHeight: return size_.height();
        case PdmWidthMM: return millimetres(size_.width());
        case PdmHeightMM: return millimetres(size_.height());
        case PdmDpiX:
        case PdmDpiY:
        case PdmPhysicalDpiX:
        case PdmPhysicalDpiY: return kDotsAnInch;
        case PdmDepth: return 32;
        default: return QPaintDevice::metric(metric);
    }
}

}  // namespace tcplab::gui
