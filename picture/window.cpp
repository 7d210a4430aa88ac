#include "picture/graphs.h"
#include <fmt/format.h>

#include <algorithm>

namespace tcplab::picture {

namespace {

double largestOf(const Series& series) {
    const auto most = std::ranges::max_element(series, {}, &SeriesPoint::value);
    return most == series.end() ? 0 : static_cast<double>(most->value);
}

/// What rises far above this is cut off.
double limitFor(const WindowSeries& series) {
    const double flight = std::max(largestOf(series.inFlight), 1.0);
    const double cwnd = largestOf(series.cwnd);
    const double inner = std::max(flight, cwnd <= 4 * flight ? cwnd : 0);
    const double window = largestOf(series.window);
    return std::max({inner, window <= 5 * inner ? window : 0, 1.1 * inner});
}

}  // namespace

Figure drawWindow(const Scene& scene) {
    const WindowSeries series = windowSeries(scene.trace, scene.request.connection, scene.sender);
    const bool chinese = scene.request.language == Language::Chinese;
    const auto most = [&](const Series& one) {
        return grouped(static_cast<std::int64_t>(largestOf(one)));
    };
    Chart::Head head = scene.head(
        {"Window and octets in flight", "窗口与在途字节"},
        fmt::format(fmt::runtime(chinese ? "在途最多 {} 字节" : "at most {} octets in flight"),
                    most(series.inFlight)));
    Instant last = scene.start;
    for (const Series* one : {&series.window, &series.inFlight})
        if (!one->empty()) last = std::max(last, one->back().at);
    head.x = scene.timeUpTo(last);
    const double limit = limitFor(series);
    head.y = scene.octetsUpTo(limit, {"Octets", "字节"});
    const auto key = [&](const Series& one, Ink ink, Key::Form form, const Text& name) {
        if (one.empty()) return;
        std::string text{scene.in(name)};
        if (largestOf(one) > head.y.to) text += chinese ? "（超出图上方）" : ", goes on above";
        head.keys.push_back({ink, form, text});
    };
    key(series.inFlight, Ink::Sent, Key::Form::Area, {"in flight", "在途（已发送，未确认）"});
    key(series.window, Ink::Offered, Key::Form::Line, {"receiver's window", "接收窗口 rwnd"});
    key(series.cwnd, Ink::Sacked, Key::Form::Line, {"cwnd", "拥塞窗口 cwnd"});
    key(series.ssthresh, Ink::Sacked, Key::Form::Dashed, {"ssthresh", "慢开始门限 ssthresh"});
    Chart chart{head};

    const auto levels = [&](const Series& one) {
        std::vector<Level> all;
        for (const SeriesPoint& point : one)
            all.push_back(
                {chart.x(scene.secondsAt(point.at)), chart.y(static_cast<double>(point.value))});
        return all;
    };
    const auto line = [&](const Series& one, Ink ink, bool dashed) {
        if (one.empty()) return;
        chart.draw(ink,
                   Path{.points = staircase(levels(one), chart.plot().right),
                        .width = 1.8,
                        .dashed = dashed});
    };
    if (!series.inFlight.empty()) {
        std::vector<Point> top = staircase(levels(series.inFlight), chart.plot().right);
        std::vector<Point> area = top;
        area.push_back({top.back().x, chart.plot().bottom});
        area.push_back({top.front().x, chart.plot().bottom});
        chart.draw(Ink::Sent, Area{std::move(area), 0.22});
        chart.draw(Ink::Sent, Path{.points = std::move(top), .width = 1.6});
    } else {
        chart.say(chinese ? "这个方向没有报文段" : "No segment of this direction");
    }
    line(series.window, Ink::Offered, false);
    line(series.ssthresh, Ink::Sacked, true);
    line(series.cwnd, Ink::Sacked, false);
    return chart.take();
}

}  // namespace tcplab::picture
