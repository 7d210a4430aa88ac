#include "picture/graphs.h"
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace tcplab::picture {

namespace {

constexpr double kShortest = 5;           // A segment that can be seen.
constexpr std::size_t kMostRings = 2000;  // Each with a text of its own.

/// Draws one direction's sequence numbers.
class SequenceGraph {
public:
    explicit SequenceGraph(const Scene& scene)
        : scene_{scene},
          series_{sequenceSeries(scene.trace, scene.request.connection, scene.sender)},
          chart_{head()} {}

    Figure draw();

private:
    [[nodiscard]] Chart::Head head() const;
    [[nodiscard]] double lastData() const;
    [[nodiscard]] Instant lastTime() const;
    void drawWindow();
    void drawSegments();
    void drawSacked();
    void drawDuplicates();
    void drawResets();
    [[nodiscard]] double xAt(Instant at) const { return chart_.x(scene_.secondsAt(at)); }
    [[nodiscard]] double yAt(std::int64_t number) const {
        return chart_.y(static_cast<double>(number));
    }
    [[nodiscard]] std::vector<Point> lineOf(std::int64_t Acknowledgment::*value) const;
    [[nodiscard]] std::string titleOf(const SentSegment& segment, std::size_t more) const;

    const Scene& scene_;
    SequenceSeries series_;
    Chart chart_;
};

double SequenceGraph::lastData() const {
    std::int64_t last = 1;
    for (const SentSegment& segment : series_.segments) last = std::max(last, segment.to);
    for (const Acknowledgment& ack : series_.acks) last = std::max(last, ack.ack);
    return static_cast<double>(last);
}

Instant SequenceGraph::lastTime() const {
    Instant last = scene_.start;
    for (const SentSegment& segment : series_.segments) last = std::max(last, segment.at);
    for (const Acknowledgment& ack : series_.acks) last = std::max(last, ack.at);
    for (const Reset& reset : series_.resets) last = std::max(last, reset.at);
    return last;
}

Chart::Head SequenceGraph::head() const {
    const bool chinese = scene_.request.language == Language::Chinese;
    std::size_t again = 0;
    std::size_t late = 0;
    std::size_t probes = 0;
    bool lost = false;
    bool damaged = false;
    for (const SentSegment& segment : series_.segments) {
        probes += segment.kind == SentSegment::Kind::Probe ? 1U : 0U;
        damaged = damaged || segment.damaged;
        again += segment.kind == SentSegment::Kind::Again ? 1U : 0U;
        late += segment.kind == SentSegment::Kind::Late ? 1U : 0U;
        lost = lost || segment.lost;
    }
    const auto duplicates = std::ranges::count(series_.acks, true, &Acknowledgment::duplicate);
    std::string counts = fmt::format(fmt::runtime(chinese             ? "{} 个报文段"
                                                  : series_.sent == 1 ? "{} segment"
                                                                      : "{} segments"),
                                     series_.sent);
    if (again > 0)
        counts +=
            fmt::format(fmt::runtime(chinese ? "，其中重传 {} 个" : ", {} sent again"), again);
    if (probes > 0)
        counts +=
            fmt::format(fmt::runtime(chinese ? (again > 0 ? "，探测 {} 个" : "，其中探测 {} 个")
                                     : probes == 1 ? ", {} probe"
                                                   : ", {} probes"),
                        probes);
    Chart::Head head = scene_.head({"Sequence numbers over time", "序号随时间的变化"}, counts);
    head.x = scene_.timeUpTo(lastTime());
    // The window is often far above the data: then it may leave the plot, and the data stay large.
    double edge = 0;
    for (const Acknowledgment& ack : series_.acks)
        edge = std::max(edge, static_cast<double>(ack.edge));
    const double data = lastData();
    const bool fits = edge <= 1.7 * data;
    head.y = scene_.octetsUpTo(fits ? std::max(edge, data) : 1.25 * data,
                               {"Sequence number, relative", "序号（相对值）"});
    const auto key = [&](Ink ink, Key::Form form, const Text& text) {
        head.keys.push_back({ink, form, std::string{scene_.in(text)}});
    };
    key(Ink::Sent, Key::Form::Bar, {"segment", "报文段"});
    if (again > 0) key(Ink::Again, Key::Form::Bar, {"sent again", "重传"});
    if (late > 0) key(Ink::Late, Key::Form::Diamond, {"fills a gap", "填补空缺"});
    if (probes > 0) key(Ink::Sent, Key::Form::Disc, {"probe", "探测报文段"});
    if (lost) key(Ink::Again, Key::Form::Cross, {"lost", "丢失"});
    if (damaged) key(Ink::Again, Key::Form::Diamond, {"damaged on its way", "途中损坏"});
    key(Ink::Acked, Key::Form::Line, {"acknowledged", "已确认"});
    if (duplicates > 0) key(Ink::Acked, Key::Form::Ring, {"duplicate ACK", "重复确认"});
    if (!series_.sacked.empty()) key(Ink::Sacked, Key::Form::Bar, {"SACK block", "SACK 块"});
    const bool isSeen = std::ranges::any_of(
        series_.acks, [&](const auto& ack) { return static_cast<double>(ack.edge) <= head.y.to; });
    key(Ink::Offered, Key::Form::Area, {"allowed by the receiver's window", "接收窗口允许的范围"});
    if (isSeen) key(Ink::Offered, Key::Form::Line, {"its right edge", "接收窗口右边沿"});
    return head;
}

std::vector<Point> SequenceGraph::lineOf(std::int64_t Acknowledgment::*value) const {
    std::vector<Level> levels;
    std::int64_t highest = 0;
    for (const Acknowledgment& ack : series_.acks) {
        highest = std::max(highest, ack.*value);
        levels.push_back({xAt(ack.at), yAt(highest)});
    }
    return staircase(levels, chart_.plot().right);
}

void SequenceGraph::drawWindow() {
    const std::vector<Point> acked = lineOf(&Acknowledgment::ack);
    const std::vector<Point> edge = lineOf(&Acknowledgment::edge);
    std::vector<Point> allowed = edge;
    allowed.insert(allowed.end(), acked.rbegin(), acked.rend());
    chart_.draw(Ink::Offered, Area{allowed, 0.08});
    chart_.draw(Ink::Offered, Path{.points = edge, .width = 1.6});
    chart_.draw(Ink::Acked, Path{.points = acked, .width = 1.8});
}

std::string SequenceGraph::titleOf(const SentSegment& segment, std::size_t more) const {
    const bool chinese = scene_.request.language == Language::Chinese;
    std::string title = scene_.packetAt(segment.packet, segment.at);
    title += fmt::format(fmt::runtime(chinese ? "：序号 {} 到 {}" : ": {} to {}"),
                         grouped(segment.from),
                         grouped(segment.to));
    using enum SentSegment::Kind;
    if (segment.kind == Again) title += chinese ? "，重传" : ", sent again";
    if (segment.kind == Probe) title += chinese ? "，探测" : ", a probe";
    if (segment.damaged) title += chinese ? "，途中损坏" : ", damaged on its way";
    if (segment.kind == Late) title += chinese ? "，填补空缺" : ", fills a gap";
    if (segment.lost) title += chinese ? "，丢失" : ", lost";
    if (more > 0)
        title +=
            fmt::format(fmt::runtime(chinese ? "，此处还有 {} 个" : ", and {} more here"), more);
    return title;
}

// Segments of a kind that fall on the same pixels are one bar.
void SequenceGraph::drawSegments() {
    struct Bar {
        const SentSegment* first = nullptr;
        std::int64_t from = 0;
        std::int64_t to = 0;
        std::size_t count = 0;
        bool lost = false;
        bool damaged = false;
    };
    std::map<std::tuple<SentSegment::Kind, double, double>, Bar> bars;
    for (const SentSegment& segment : series_.segments) {
        const double column = std::floor(xAt(segment.at) * 2);
        const double row = std::floor(yAt(segment.from) / 4);
        Bar& bar = bars[{segment.kind, column, row}];
        if (bar.first == nullptr) bar = {&segment, segment.from, segment.to};
        bar.from = std::min(bar.from, segment.from);
        bar.to = std::max(bar.to, segment.to);
        bar.count += 1;
        bar.lost = bar.lost || segment.lost;
        bar.damaged = bar.damaged || segment.damaged;
    }
    for (const auto& [place, bar] : bars) {
        const double x = xAt(bar.first->at);
        double low = yAt(bar.from);
        double high = yAt(bar.to);
        if (low - high < kShortest) {
            const double middle = (low + high) / 2;
            low = middle + kShortest / 2;
            high = middle - kShortest / 2;
        }
        const auto kind = std::get<SentSegment::Kind>(place);
        const std::string title = titleOf(*bar.first, bar.count - 1);
        if (kind == SentSegment::Kind::Late) {
            chart_.draw(Ink::Late, Mark{{x, (low + high) / 2}, Mark::Form::Diamond, 4.5}, title);
        } else if (kind == SentSegment::Kind::Probe) {
            chart_.draw(Ink::Sent, Mark{{x, (low + high) / 2}, Mark::Form::Disc, 4}, title);
        } else {
            const bool again = kind == SentSegment::Kind::Again;
            chart_.draw(again ? Ink::Again : Ink::Sent,
                        Path{.points = {{x, low}, {x, high}}, .width = again ? 3.0 : 2.2},
                        title);
        }
        if (bar.first->flags.syn || bar.first->flags.fin)
            chart_.label(Ink::Dim, {x, high - 4}, bar.first->flags.syn ? "SYN" : "FIN");
        const Point middle{x, (low + high) / 2};
        if (bar.lost) chart_.draw(Ink::Again, Mark{middle, Mark::Form::Cross, 5}, title);
        if (bar.damaged) chart_.draw(Ink::Again, Mark{middle, Mark::Form::Diamond, 5}, title);
    }
}

void SequenceGraph::drawSacked() {
    std::map<std::pair<double, double>, SackedRange> bars;
    for (const SackedRange& range : series_.sacked) {
        SackedRange& bar =
            bars.try_emplace({std::floor(xAt(range.at)), std::floor(yAt(range.from))}, range)
                .first->second;
        bar.to = std::max(bar.to, range.to);
    }
    for (const auto& [place, range] : bars) {
        const double x = xAt(range.at);
        const double middle = (yAt(range.from) + yAt(range.to)) / 2;
        const double half = std::max(yAt(range.from) - yAt(range.to), kShortest) / 2;
        chart_.draw(Ink::Sacked,
                    Path{.points = {{x, middle + half}, {x, middle - half}}, .width = 1.4},
                    fmt::format("{}: SACK {} – {}",
                                scene_.packetAt(range.packet, range.at),
                                grouped(range.from),
                                grouped(range.to)));
    }
}

void SequenceGraph::drawDuplicates() {
    std::size_t drawn = 0;
    for (const Acknowledgment& ack : series_.acks) {
        if (!ack.duplicate || ++drawn > kMostRings) continue;
        chart_.draw(Ink::Acked,
                    Mark{{xAt(ack.at), yAt(ack.ack)}, Mark::Form::Ring, 3.2},
                    fmt::format("{}: {} {}",
                                scene_.packetAt(ack.packet, ack.at),
                                scene_.in({"duplicate ACK", "重复确认"}),
                                grouped(ack.ack)));
    }
}

void SequenceGraph::drawResets() {
    for (const Reset& reset : series_.resets) {
        const double x = xAt(reset.at);
        const Box& plot = chart_.plot();
        chart_.draw(Ink::Again,
                    Path{.points = {{x, plot.top}, {x, plot.bottom}}, .width = 1.4},
                    scene_.packetAt(reset.packet, reset.at) + ": RST");
        if (&reset == &series_.resets.front())
            chart_.label(Ink::Again, {x, plot.top + 12}, "RST", true);
    }
}

Figure SequenceGraph::draw() {
    if (series_.segments.empty() && series_.acks.empty())
        chart_.say(std::string{scene_.in({"No segment of this direction", "这个方向没有报文段"})});
    drawWindow();
    drawSacked();
    drawSegments();
    drawDuplicates();
    drawResets();
    return chart_.take();
}

}  // namespace

Figure drawSequence(const Scene& scene) {
    return SequenceGraph{scene}.draw();
}

}  // namespace tcplab::picture
