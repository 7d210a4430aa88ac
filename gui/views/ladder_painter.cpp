#include "gui/views/ladder_painter.h"

#include "gui/look.h"
#include "gui/views/patterns.h"
#include "gui/wording.h"
#include "sim/base/check.h"

#include <QFontMetricsF>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace tcplab::gui {

namespace {

using Note = LadderNote::Kind;

constexpr double kLine = 1.6;
constexpr double kSelectedLine = 2.6;
constexpr double kHead = 9;
constexpr double kHatch = 10;  ///< Between two lines of a sheaf, along an axis.

QFont nameFont() {
    return fonts::mono(fonts::kLabel, true);
}
QFont numberFont() {
    return fonts::mono(fonts::kLabel);
}
QFont glossFont() {
    return fonts::text(fonts::kLabel);
}

class Painting {
public:
    Painting(QPainter& painter, const LadderLayout& layout, const LadderScene& scene)
        : painter_{painter}, layout_{layout}, scene_{scene}, colors_{*scene.colors} {
        labels_ = layout.labelsInFlight(scene.horizon);
    }

    void paint() {
        painter_.setRenderHint(QPainter::Antialiasing);
        paintStrip();
        for (const LadderMark& gap : layout_.gaps)
            if (gap.moment <= scene_.horizon && visible(gap.y - 12, gap.y + 12)) paintGap(gap);
        for (const LadderBand& band : layout_.bands)
            if (band.from <= scene_.horizon) paintBand(band);
        for (const LadderBracket& bracket : layout_.brackets)
            if (bracket.from <= scene_.horizon) paintBracket(bracket);
        for (const LadderHook& hook : layout_.hooks)
            if (hook.moment <= scene_.horizon) paintHook(hook);
        for (const LadderArrow& arrow : layout_.arrows)
            if (arrow.departed <= scene_.horizon &&
                visible(arrow.strip.top(), arrow.strip.bottom()))
                paintArrow(arrow);
        for (const LadderText& text : layout_.texts)
            if (text.note.moment <= scene_.horizon) paintText(text);
        for (const LadderMark& time : layout_.times)
            if (time.moment <= scene_.horizon) paintTime(time);
        if (scene_.measure) paintMeasure(*scene_.measure);
    }

private:
    [[nodiscard]] bool visible(double top, double bottom) const {
        return bottom >= scene_.clip.top() && top <= scene_.clip.bottom();
    }
    [[nodiscard]] double reach() const { return layout_.reachOf(scene_.horizon); }

    void paintStrip() {
        const LadderArrow* arrow = scene_.selected ? layout_.arrowOf(*scene_.selected) : nullptr;
        if (arrow == nullptr || arrow->departed > scene_.horizon) {
            if (scene_.now > 0 && !scene_.selected)
                painter_.fillRect(layout_.stripOf(scene_.now), colors_.selection);
            return;
        }
        QRectF strip = arrow->strip;
        if (arrow->ended && *arrow->ended > scene_.horizon)
            strip.setBottom(std::max(arrow->line.pointAt(kOnTheWay).y(),
                                     arrow->labelShape().boundingRect().bottom()) +
                            kHead);
        painter_.fillRect(strip, colors_.selection);
    }

    void paintGap(const LadderMark& gap) {
        const double width = ladderTextWidth(gap.text, false) + 20;
        const double left = layout_.shore(Side::Client) + 6;
        const double right = layout_.shore(Side::Server) - 6;
        const double middle = (left + right) / 2;
        painter_.setPen(QPen(colors_.line, 1));
        painter_.drawLine(QPointF{left, gap.y}, QPointF{middle - width / 2, gap.y});
        painter_.drawLine(QPointF{middle + width / 2, gap.y}, QPointF{right, gap.y});
        painter_.setPen(colors_.dim);
        painter_.setFont(numberFont());
        painter_.drawText(
            QRectF{middle - width / 2, gap.y - 10, width, 20}, Qt::AlignCenter, gap.text);
    }

    void paintBand(const LadderBand& band) {
        const bool over = band.to && *band.to <= scene_.horizon;
        const double bottom = over ? band.bottom : reach() + 10;
        const double width = layout_.metrics.band;
        const QRectF area{
            layout_.lifeline(band.side) - width / 2, band.top, width, bottom - band.top};
        fillState(
            painter_, area.intersected(scene_.clip.adjusted(0, -12, 0, 12)), band.state, colors_);
    }

    /// A waiting call: a thin line along the lifeline, with feet at its entry and its return.
    void paintBracket(const LadderBracket& bracket) {
        const bool open = !bracket.to || *bracket.to > scene_.horizon;
        const double bottom = open ? reach() + 4 : bracket.bottom;
        const double toText = bracket.side == Side::Client ? -1 : 1;
        const double x = layout_.lifeline(bracket.side) + toText * (layout_.metrics.band / 2 + 7);
        const double foot = x + toText * 4;
        painter_.setPen(QPen(colors_.link, scale_));
        painter_.drawLine(QPointF{foot, bracket.top}, QPointF{x, bracket.top});
        painter_.drawLine(QPointF{x, bracket.top}, QPointF{x, bottom});
        if (!open) painter_.drawLine(QPointF{x, bottom}, QPointF{foot, bottom});
    }

    void paintHook(const LadderHook& hook) {
        const double away = hook.side == Side::Client ? -1 : 1;
        const double x = layout_.lifeline(hook.side) + away * layout_.metrics.band / 2;
        const double bend = x + away * 4;
        QPainterPath path{{x, hook.bottom}};
        path.cubicTo(bend, hook.bottom, bend, hook.bottom, bend, hook.bottom - 6);
        path.lineTo(bend, hook.top + 6);
        path.cubicTo(bend, hook.top, bend, hook.top, x + away * 2, hook.top);
        painter_.setBrush(Qt::NoBrush);
        painter_.setPen(QPen(colors_.dim, 1.2 * scale_, Qt::DotLine));
        painter_.drawPath(path);
    }

    /// How far on its way it is drawn.
    [[nodiscard]] double shareOf(const LadderArrow& arrow) const {
        const bool over = arrow.ended && *arrow.ended <= scene_.horizon;
        if (arrow.lost && over) return kFaultAt;
        return arrow.ended && !over ? kOnTheWay : 1;
    }

    void paintArrow(const LadderArrow& arrow) {
        if (arrow.sheaf > 0) paintSheaf(arrow);
        const bool selected = scene_.selected == arrow.packet;
        if (!arrow.inSheaf || selected) paintLine(arrow, selected);
        paintLabel(arrow);
        if (scene_.bookmarks != nullptr && scene_.bookmarks->contains(arrow.packet))
            paintBookmark(arrow.line.y1());
    }

    void paintLine(const LadderArrow& arrow, bool selected) {
        const bool over = arrow.ended && *arrow.ended <= scene_.horizon;
        const bool lost = arrow.lost && over;
        const QPointF end = arrow.line.pointAt(shareOf(arrow));
        const bool damaged = arrow.damaged && *arrow.damaged <= scene_.horizon;
        const QColor& color =
            lost || damaged || arrow.reset ? colors_.of(Role::Fault) : colors_.text;

        QPen pen(color, scale_ * (selected ? kSelectedLine : kLine));
        if (!arrow.known) pen.setDashPattern({5, 3});
        painter_.setPen(pen);
        const QPointF ahead = aheadOf(arrow);
        painter_.drawLine(arrow.line.p1(), lost ? end : end - ahead * scale_ * (kHead - 2));
        if (lost)
            paintCross(end);
        else
            paintHead(end, ahead, color, arrow.ended && !over);
        if (damaged) paintBolt(arrow.line.pointAt(kFaultAt));
        if (lost || damaged) paintFaultWord(arrow.word, lost);
    }

    [[nodiscard]] static QPointF aheadOf(const LadderArrow& arrow) {
        const double angle = std::atan2(arrow.line.dy(), arrow.line.dx());
        return {std::cos(angle), std::sin(angle)};
    }

    /// Drawn line by line: a pattern brush is too fine on paper and missing in some SVG viewers.
    void hatch(const QPolygonF& area) {
        const auto sum = [](QPointF point) { return point.x() + point.y(); };
        const auto [least, most] = std::ranges::minmax_element(area, {}, sum);
        const double end = sum(*most);
        for (double at = sum(*least) + kHatch; at < end; at += kHatch) {
            std::vector<QPointF> cuts;
            for (qsizetype i = 0; i < area.size(); ++i) {
                const QPointF a = area[i];
                const QPointF b = area[(i + 1) % area.size()];
                if ((sum(a) < at) != (sum(b) < at))
                    cuts.push_back(a + (b - a) * (at - sum(a)) / (sum(b) - sum(a)));
            }
            std::ranges::sort(cuts, {}, &QPointF::x);
            for (std::size_t i = 0; i + 1 < cuts.size(); i += 2)
                painter_.drawLine(cuts[i], cuts[i + 1]);
        }
    }

    /// One hatched band for the packets that have left, between the lines of the first and the
    /// last: their own lines would be a smear.
    void paintSheaf(const LadderArrow& first) {
        const std::size_t left = layout_.leftBy(first, scene_.horizon);
        if (left == 0) return;
        const LadderArrow* const arrows = &first;
        const LadderArrow& last = arrows[left - 1];
        QPolygonF band{{first.line.p1()}};
        for (std::size_t i = 0; i < left; ++i) band << arrows[i].line.pointAt(shareOf(arrows[i]));
        band << last.line.p1();
        QPen pen(colors_.dim, 1);
        if (!first.known) pen.setDashPattern({5, 3});
        painter_.setPen(pen);
        painter_.setBrush(Qt::NoBrush);
        painter_.drawPolygon(band);
        painter_.setPen(QPen(colors_.dim, 1));
        hatch(band);
        for (const LadderArrow* arrow : {&first, &last}) {
            const bool flying = arrow->ended && *arrow->ended > scene_.horizon;
            paintHead(arrow->line.pointAt(shareOf(*arrow)), aheadOf(*arrow), colors_.text, flying);
        }
    }

    /// A ribbon at the edge.
    void paintBookmark(double y) {
        const QPolygonF ribbon{{QPointF{0, y - 5},
                                QPointF{12, y - 5},
                                QPointF{8, y},
                                QPointF{12, y + 5},
                                QPointF{0, y + 5}}};
        painter_.setPen(Qt::NoPen);
        painter_.setBrush(colors_.link);
        painter_.drawPolygon(ribbon);
        painter_.setBrush(Qt::NoBrush);
    }

    void paintCross(QPointF at) {
        painter_.setPen(QPen(colors_.of(Role::Fault), 2.4 * scale_, Qt::SolidLine, Qt::RoundCap));
        painter_.drawLine(at + scale_ * QPointF{-6, -6}, at + scale_ * QPointF{6, 6});
        painter_.drawLine(at + scale_ * QPointF{-6, 6}, at + scale_ * QPointF{6, -6});
    }

    /// A flash that strikes the line.
    void paintBolt(QPointF at) {
        QPolygonF bolt;
        for (const QPointF corner :
             {QPointF{3, -9}, QPointF{-4, 1}, QPointF{4, -1}, QPointF{-3, 9}})
            bolt << at + scale_ * corner;
        painter_.setPen(QPen(colors_.of(Role::Fault), 2.4 * scale_, Qt::SolidLine, Qt::RoundCap));
        painter_.drawPolyline(bolt);
    }

    void paintFaultWord(const QRectF& box, bool lost) {
        painter_.setPen(colors_.faultText);
        painter_.setFont(glossFont());
        painter_.drawText(
            box, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, faultWord(lost));
    }

    void paintHead(QPointF tip, QPointF ahead, const QColor& color, bool hollow) {
        const QPointF beside{-ahead.y(), ahead.x()};
        const QPointF back = tip - ahead * kHead * scale_;
        painter_.setPen(QPen(color, 1.2 * scale_, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter_.setBrush(hollow ? colors_.page : color);
        painter_.drawPolygon(
            QPolygonF{tip, back + beside * 4 * scale_, back - beside * 4 * scale_});
        painter_.setBrush(Qt::NoBrush);
    }

    void paintLabel(const LadderArrow& arrow) {
        if (arrow.inSheaf && arrow.sheaf == 0) return;
        const auto moved = labels_.find(static_cast<std::size_t>(&arrow - layout_.arrows.data()));
        QRectF box = moved == labels_.end() ? arrow.label : moved->second;
        painter_.save();
        if (arrow.tilt != 0) {
            painter_.translate(box.center());
            painter_.rotate(arrow.tilt);
            painter_.translate(-box.center());
        }
        painter_.setFont(nameFont());
        painter_.setPen(arrow.reset ? colors_.faultText : colors_.text);
        QString flags = arrow.flags;
        if (arrow.sheaf > 0) {
            const std::size_t left = layout_.leftBy(arrow, scene_.horizon);
            const bool isShort = flags == shortSheafLabel(arrow.sheaf);
            flags = isShort ? shortSheafLabel(left) : sheafLabel(left);
        }
        painter_.drawText(box, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, flags);
        box.setLeft(box.left() + ladderTextWidth(arrow.flags, true));
        painter_.setFont(numberFont());
        painter_.setPen(colors_.dim);
        painter_.drawText(box, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, arrow.numbers);
        painter_.restore();
    }

    [[nodiscard]] const QColor& colorOf(Note kind) const {
        switch (kind) {
            case Note::State: return colors_.text;
            case Note::Call: return colors_.link;
            case Note::Timer: return colors_.dim;
            case Note::Discard: return colors_.faultText;
        }
        TCPLAB_UNREACHABLE();
    }

    /// On the client's side to the right, against its lifeline.
    void paintText(const LadderText& text) {
        if (!visible(text.box.top(), text.box.bottom() + text.glossBox.height())) return;
        const int side = text.side == Side::Client ? int{Qt::AlignRight} : int{Qt::AlignLeft};
        const bool isState = text.note.kind == Note::State;
        const bool code = isState || text.note.kind == Note::Call;
        painter_.setFont(isState ? nameFont() : code ? numberFont() : glossFont());
        painter_.setPen(colorOf(text.note.kind));
        const QFontMetricsF metrics(painter_.font());
        painter_.drawText(text.box,
                          side | Qt::AlignVCenter | Qt::TextDontClip,
                          metrics.elidedText(text.note.text, Qt::ElideMiddle, text.box.width()));
        if (text.note.gloss.isEmpty()) return;
        painter_.setFont(glossFont());
        painter_.setPen(colors_.dim);
        painter_.drawText(
            text.glossBox, side | Qt::AlignVCenter | Qt::TextDontClip, text.note.gloss);
    }

    /// A dimension line between two heights, as on a technical drawing.
    void paintMeasure(const LadderMeasure& measure) {
        const double x = (layout_.shore(Side::Client) + layout_.shore(Side::Server)) / 2;
        const double top = std::min(measure.from.at.y(), measure.to.at.y());
        const double bottom = std::max(measure.from.at.y(), measure.to.at.y());
        painter_.setPen(QPen(colors_.link, 1, Qt::DashLine));
        for (const LadderPoint* end : {&measure.from, &measure.to})
            painter_.drawLine(end->at, QPointF{x, end->at.y()});
        painter_.setPen(QPen(colors_.link, 1.6));
        painter_.drawLine(QPointF{x, top}, QPointF{x, bottom});
        if (bottom - top > 2 * kHead) {
            paintHead({x, top}, {0, -1}, colors_.link, false);
            paintHead({x, bottom}, {0, 1}, colors_.link, false);
        }
        const Duration time = measure.to.time > measure.from.time
                                  ? measure.to.time - measure.from.time
                                  : measure.from.time - measure.to.time;
        const QString text = lasting(time);
        const QRectF box{x + 8, (top + bottom) / 2 - 11, ladderTextWidth(text, true) + 12, 22};
        painter_.setPen(QPen(colors_.link, 1));
        painter_.setBrush(colors_.page);
        painter_.drawRoundedRect(box, 4, 4);
        painter_.setBrush(Qt::NoBrush);
        painter_.setPen(colors_.text);
        painter_.setFont(nameFont());
        painter_.drawText(box, Qt::AlignCenter, text);
    }

    void paintTime(const LadderMark& time) {
        if (!visible(time.y - 10, time.y + 10)) return;
        painter_.setFont(fonts::mono(fonts::kLeast));
        painter_.setPen(colors_.dim);
        painter_.drawText(QRectF{0, time.y - 10, layout_.metrics.timeColumn - 6, 20},
                          Qt::AlignRight | Qt::AlignVCenter,
                          time.text);
    }

    QPainter& painter_;
    const LadderLayout& layout_;
    const LadderScene& scene_;
    const Palette& colors_;
    const double scale_ = layout_.metrics.scale;
    std::map<std::size_t, QRectF> labels_{};  ///< Of packets in flight, where they are elsewhere.
};

}  // namespace

double ladderTextWidth(const QString& text, bool bold) {
    return QFontMetricsF(bold ? nameFont() : numberFont()).horizontalAdvance(text);
}

double ladderLineHeight() {
    return std::ceil(QFontMetricsF(numberFont()).height());
}

void paintLadder(QPainter& painter, const LadderLayout& layout, const LadderScene& scene) {
    painter.save();
    Painting{painter, layout, scene}.paint();
    painter.restore();
}

}  // namespace tcplab::gui
