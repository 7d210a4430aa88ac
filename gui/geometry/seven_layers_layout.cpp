#include "gui/geometry/seven_layers_layout.h"

#include "gui/glossary.h"

#include <QCoreApplication>

#include <algorithm>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr double kMargin = 16;
constexpr double kPadding = 6;      ///< Within a row, above and below.
constexpr double kBoxPadding = 14;  ///< Of a label in its box, both sides together.
constexpr double kLeastCarried = 64;
constexpr double kLeastBetween =
    120;  ///< Between the lanes, before the names of the four give way.

constexpr double kShareOfHeaders = 0.7;  ///< Of the room, the rest is for what they carry.

struct SevenLayers {
    Q_DECLARE_TR_FUNCTIONS(SevenLayers)
};

/// What a layer is given from above: it does not look into it.
QString carriedName(wire::OsiLayer by) {
    switch (by) {
        case wire::OsiLayer::Physical: return SevenLayers::tr("frame");
        case wire::OsiLayer::DataLink: return SevenLayers::tr("packet");
        case wire::OsiLayer::Network: return SevenLayers::tr("segment");
        case wire::OsiLayer::Transport:
        case wire::OsiLayer::Session:
        case wire::OsiLayer::Presentation:
        case wire::OsiLayer::Application: return SevenLayers::tr("data");
    }
    return {};
}

QString labelled(const QString& name, std::size_t octets) {
    return name + u' ' + QString::number(octets);
}

LayerBox boxOf(const wire::LayerPart& part, wire::OsiLayer by) {
    return {.label = labelled(inCurrentLanguage(part.name), part.length),
            .header = part.protocol != wire::Protocol::Payload && by <= wire::OsiLayer::Transport,
            .offset = part.offset,
            .length = part.length};
}

/// Many headers as one, for want of room.
LayerBox merged(const std::vector<LayerBox>& boxes) {
    LayerBox whole = boxes.front();
    whole.length = boxes.back().offset + boxes.back().length - whole.offset;
    whole.label = labelled(SevenLayers::tr("headers: %1,").arg(boxes.size()), whole.length);
    return whole;
}

/// The boxes of one row, before and behind what the layer was given.
struct Wrapping {
    std::vector<LayerBox> before{};
    std::optional<LayerBox> carried{};
    std::vector<LayerBox> behind{};
};

class Placer {
public:
    Placer(const std::array<wire::LayerWork, 7>& works, const SevenLayersMetrics& metrics)
        : works_{works}, metrics_{metrics} {
        right_ = metrics.width - kMargin - metrics.lane;
        left_ = kMargin + metrics.titles + metrics.internet + metrics.lane;
        withInternet_ = right_ - left_ >= kLeastBetween;
        if (!withInternet_) left_ -= metrics.internet;
        right_ = std::max(left_ + kLeastCarried, right_);
    }

    SevenLayersLayout place() {
        wrapAll();
        if (needed() > right_ - left_)
            for (Wrapping& wrapping : wrappings_)
                if (wrapping.before.size() > 1 && wrapping.carried)
                    wrapping.before = {merged(wrapping.before)};
        measureHeaders();
        stackRows();
        placeBoxes();
        return std::move(layout_);
    }

private:
    /// From the application down: whatever is above is what a layer is given.
    void wrapAll() {
        std::optional<LayerBox> given;
        for (std::size_t i = 0; i < works_.size(); ++i) {
            const wire::LayerWork& work = works_[i];
            Wrapping& wrapping = wrappings_[i];
            if (work.parts.empty()) continue;
            wrapping.carried = given;
            if (given) {
                wrapping.carried->own = false;
                wrapping.carried->label = labelled(carriedName(work.layer), given->length);
            }
            for (const wire::LayerPart& part : work.parts) {
                const bool behind = given && part.offset > given->offset;
                (behind ? wrapping.behind : wrapping.before).push_back(boxOf(part, work.layer));
            }
            const std::size_t from = std::min(work.parts.front().offset,
                                              given ? given->offset : work.parts.front().offset);
            given = LayerBox{.offset = from, .length = (given ? given->length : 0) + work.octets};
        }
    }

    /// Headers are drawn to one scale where the page has room for it.
    void measureHeaders() {
        double most = 0;
        double octets = 0;
        const double others = needed();
        double labels = 0;
        for (const Wrapping& wrapping : wrappings_)
            for (const auto& boxes : {wrapping.before, wrapping.behind})
                for (const LayerBox& box : boxes) {
                    if (!box.header) continue;
                    const auto length = static_cast<double>(box.length);
                    most = std::max(most, widthOf(box) / length);
                    octets += length;
                    labels += widthOf(box);
                    headers_.push_back(box);
                }
        const bool hasRoom =
            others - labels + most * octets + kLeastCarried <= kShareOfHeaders * (right_ - left_);
        perOctet_ = hasRoom ? most : 0;
    }
    /// Without the room for that, at least none is narrower than a shorter one.
    [[nodiscard]] double widthOf(const LayerBox& box) const {
        if (box.header && perOctet_ > 0) return perOctet_ * static_cast<double>(box.length);
        double width = metrics_.label(box.label) + kBoxPadding;
        if (box.header)
            for (const LayerBox& one : headers_)
                if (one.length <= box.length)
                    width = std::max(width, metrics_.label(one.label) + kBoxPadding);
        return width;
    }
    [[nodiscard]] double widthOf(const std::vector<LayerBox>& boxes) const {
        double width = 0;
        for (const LayerBox& box : boxes) width += widthOf(box);
        return width;
    }
    [[nodiscard]] double needed() const {
        double width = 0;
        for (const Wrapping& wrapping : wrappings_)
            width += widthOf(wrapping.before) + widthOf(wrapping.behind);
        return width;
    }

    void stackRows() {
        double top = 0;
        for (std::size_t i = 0; i < works_.size(); ++i) {
            const wire::LayerWork& work = works_[i];
            LayerRow row{.layer = work.layer, .octets = work.octets};
            row.did = toQt(work.did.in(currentLanguage()));
            const double boxes = work.parts.empty() ? 0 : boxHeight() + 4;
            const double said = metrics_.sentence(row.did, right_ - left_);
            const double height = std::max(boxHeight(), boxes + said) + 2 * kPadding;
            row.area = {0, top, right_ + metrics_.lane + kMargin, height};
            row.title = {kMargin, top + kPadding, metrics_.titles - 8, boxHeight()};
            // A sentence alone stands on the line of its title.
            const double above = boxes > 0 ? boxes : (boxHeight() - metrics_.line) / 2;
            row.sentence = {left_, top + kPadding + above, right_ - left_, said};
            row.lane[Side::Client] = {left_ - metrics_.lane, top, metrics_.lane, height};
            row.lane[Side::Server] = {right_, top, metrics_.lane, height};
            if (withInternet_) addInternet(row);
            layout_.rows.push_back(std::move(row));
            top += height;
        }
        layout_.height = top;
    }

    void addInternet(const LayerRow& row) {
        const wire::InternetLayer layer = wire::internetLayerOf(row.layer);
        const QRectF area{
            kMargin + metrics_.titles, row.area.top(), metrics_.internet - 8, row.area.height()};
        if (!layout_.internet.empty() && layout_.internet.back().layer == layer)
            layout_.internet.back().area |= area;
        else
            layout_.internet.push_back({layer, area});
    }

    [[nodiscard]] double boxHeight() const { return metrics_.line + 6; }

    /// From the frame inwards, so that what is carried stands under itself in the row above. Where
    /// not all have the room they need, all give way by the same share.
    void placeBoxes() {
        double from = left_;
        // Only what was carried may be stretched: of a header the width tells the length.
        double to =
            carriesData() ? right_ : std::min(right_, left_ + std::max(kLeastCarried, needed()));
        for (std::size_t i = works_.size(); i-- > 0;) {
            Wrapping& wrapping = wrappings_[i];
            if (works_[i].parts.empty()) continue;
            LayerRow& row = layout_.rows[i];
            const double top = row.area.top() + kPadding;
            const auto put = [&](LayerBox box, double x, double width) {
                box.area = {x, top, width, boxHeight()};
                row.boxes.push_back(std::move(box));
            };
            const double before = widthOf(wrapping.before);
            double behind = widthOf(wrapping.behind);
            const double own = std::max(1.0, before + behind);
            const double inside = wrapping.carried ? neededInside(i) : 0;
            const bool fills = !wrapping.carried || own + inside > to - from;
            const double scale = fills ? (to - from) / (own + inside) : 1;
            double x = from;
            for (const LayerBox& box : wrapping.before) {
                put(box, x, widthOf(box) * scale);
                x += widthOf(box) * scale;
            }
            behind *= scale;
            if (wrapping.carried) put(*wrapping.carried, x, to - behind - x);
            from = x;
            to -= behind;
            x = to;
            for (const LayerBox& box : wrapping.behind) {
                put(box, x, widthOf(box) * scale);
                x += widthOf(box) * scale;
            }
        }
    }

    [[nodiscard]] bool carriesData() const {
        const auto inner = std::ranges::find_if(
            works_, [](const wire::LayerWork& work) { return !work.parts.empty(); });
        if (inner == works_.end()) return true;
        const auto index = static_cast<std::size_t>(inner - works_.begin());
        return std::ranges::any_of(wrappings_[index].before,
                                   [](const LayerBox& box) { return !box.header; });
    }

    /// Room that the layers above row `i` would have.
    [[nodiscard]] double neededInside(std::size_t i) const {
        double width = 0;
        for (std::size_t above = 0; above < i; ++above)
            width += widthOf(wrappings_[above].before) + widthOf(wrappings_[above].behind);
        return std::max(width, kLeastCarried);
    }

    const std::array<wire::LayerWork, 7>& works_;
    const SevenLayersMetrics& metrics_;
    double left_ = 0;  ///< Of what is between the lanes.
    double right_ = 0;
    bool withInternet_ = true;
    std::array<Wrapping, 7> wrappings_{};
    std::vector<LayerBox> headers_{};
    double perOctet_ = 0;  ///< Of a header; 0: as its label needs.
    SevenLayersLayout layout_{};
};

}  // namespace

const LayerRow* SevenLayersLayout::rowOf(std::size_t octet) const {
    for (const LayerRow& row : rows)
        for (const LayerBox& box : row.boxes)
            if (box.own && octet >= box.offset && octet < box.offset + box.length) return &row;
    return nullptr;
}

const LayerRow* SevenLayersLayout::rowAt(QPointF point) const {
    const auto found =
        std::ranges::find_if(rows, [&](const LayerRow& row) { return row.area.contains(point); });
    return found == rows.end() ? nullptr : &*found;
}

QString octetsInWords(std::uint64_t held, std::uint64_t original, bool captured) {
    if (!captured) return SevenLayers::tr("%1 octets").arg(held);
    return held < original ? SevenLayers::tr("captured: %1 of %2 octets").arg(held).arg(original)
                           : SevenLayers::tr("captured: %1 octets").arg(held);
}

SevenLayersLayout layOut(const std::array<wire::LayerWork, 7>& works,
                         const SevenLayersMetrics& metrics) {
    return Placer{works, metrics}.place();
}

}  // namespace tcplab::gui
