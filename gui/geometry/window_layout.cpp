#include "gui/geometry/window_layout.h"

#include <algorithm>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr double kBar = 14;
constexpr double kGap = 3;
constexpr double kLeastSpan = 16;
constexpr double kBetweenLabels = 8;
constexpr std::int64_t kShownBefore = 1;  ///< So much of what is done with is a hint of the rest.

void add(WindowAxis& axis, SpanKind kind, std::int64_t from, std::int64_t to) {
    if (to > from) axis.spans.push_back({kind, from, to});
}

}  // namespace

WindowAxis sendAxisOf(const tcp::Tcb& tcb) {
    const auto& snd = tcb.snd;
    const std::int64_t una = snd.una - snd.iss;
    const std::int64_t nxt = snd.nxt - snd.iss;
    // The SYN and the FIN take a number and no place in the buffer.
    const auto octets = static_cast<std::int64_t>(tcb.sendQueue.size());
    const std::int64_t buffered = octets == 0 ? nxt : std::max<std::int64_t>(una, 1) + octets;
    const std::int64_t edge = una + snd.wnd;
    WindowAxis axis{.windowFrom = una, .windowTo = std::max(edge, nxt)};
    add(axis, SpanKind::Acknowledged, std::max<std::int64_t>(0, una - kShownBefore), una);
    add(axis, SpanKind::InFlight, una, nxt);
    add(axis, SpanKind::Waiting, nxt, buffered);
    add(axis, SpanKind::Free, std::max(nxt, buffered), edge);
    axis.marks = {{u"SND.UNA"_s, una}, {u"SND.NXT"_s, nxt}, {u"SND.UNA+SND.WND"_s, edge}};
    return axis;
}

WindowAxis receiveAxisOf(const tcp::Tcb& tcb) {
    const auto& rcv = tcb.rcv;
    const std::int64_t nxt = rcv.nxt - rcv.irs;
    const auto unread = static_cast<std::int64_t>(tcb.receivedSize());
    const std::int64_t taken = nxt - unread;
    const std::int64_t edge = nxt + rcv.wnd;
    WindowAxis axis{.windowFrom = nxt,
                    .windowTo = edge,
                    .heldAhead = static_cast<std::int64_t>(tcb.reassembly.size())};
    add(axis, SpanKind::Acknowledged, std::max<std::int64_t>(0, taken - kShownBefore), taken);
    add(axis, SpanKind::Unread, taken, nxt);
    add(axis, SpanKind::Free, nxt, edge);
    axis.marks = {{u"RCV.NXT"_s, nxt}, {u"RCV.NXT+RCV.WND"_s, edge}};
    return axis;
}

WindowLayout layOut(const WindowAxis& axis,
                    double width,
                    double line,
                    const std::function<double(const QString&)>& measure) {
    WindowLayout layout;
    const double top = line + kGap;
    layout.height = top + kBar + kGap;
    if (axis.spans.empty()) return layout;
    // Each span has its least width; what is left is divided by octets.
    double octets = 0;
    for (const WindowSpan& span : axis.spans)
        if (span.kind != SpanKind::Acknowledged) octets += static_cast<double>(span.to - span.from);
    const double free = std::max(0.0, width - kLeastSpan * static_cast<double>(axis.spans.size()));
    std::vector<std::pair<std::int64_t, double>> places;  // Of numbers; ascending in both.
    double x = 0;
    for (const WindowSpan& span : axis.spans) {
        places.emplace_back(span.from, x);
        const bool hint = span.kind == SpanKind::Acknowledged;
        const double share =
            hint || octets == 0 ? 0 : static_cast<double>(span.to - span.from) / octets;
        const double wide = kLeastSpan + free * share;
        layout.boxes.push_back({span.kind, {x, top, wide, kBar}});
        x += wide;
        places.emplace_back(span.to, x);
    }
    const auto placeOf = [&](std::int64_t number) {
        const auto next =
            std::ranges::lower_bound(places, number, {}, &std::pair<std::int64_t, double>::first);
        if (next == places.end()) return places.back().second;
        if (next == places.begin() || next->first == number) return next->second;
        const auto& before = *std::prev(next);
        const double share = static_cast<double>(number - before.first) /
                             static_cast<double>(next->first - before.first);
        return before.second + share * (next->second - before.second);
    };
    const double left = placeOf(axis.windowFrom);
    layout.window = {left, top - 2, placeOf(axis.windowTo) - left, kBar + 4};
    // Labels that have no room of their own give way to the one before them.
    double end = -kBetweenLabels;
    for (const WindowMark& mark : axis.marks) {
        const QString text = u"%1 %2"_s.arg(mark.name).arg(mark.at);
        const double wide = measure(text);
        const double at = placeOf(mark.at);
        const double from = std::max(std::min(at, width - wide), end + kBetweenLabels);
        if (from < 0 || from + wide > width + 0.5) continue;
        layout.labels.push_back({text, {from, 0, wide, line}, at});
        end = from + wide;
    }
    return layout;
}

}  // namespace tcplab::gui
