#include "picture/graphs.h"
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace tcplab::picture {

namespace {

std::string rateText(double bitsPerSecond) {
    const Unit unit = rateUnit(bitsPerSecond);
    return fmt::format("{:.3g} {}", bitsPerSecond / unit.size, unit.name);
}

}  // namespace

Figure drawThroughput(const Scene& scene) {
    const ThroughputSeries series =
        throughputSeries(scene.trace, scene.request.connection, scene.sender);
    const bool chinese = scene.request.language == Language::Chinese;
    const double seconds = secondsOf(series.span);
    const auto rate = [&](std::int64_t octets) {
        return seconds > 0 ? 8 * static_cast<double>(octets) / seconds : 0.0;
    };
    const auto sum = [](const std::vector<std::int64_t>& all) {
        return std::accumulate(all.begin(), all.end(), std::int64_t{0});
    };
    const std::int64_t once = sum(series.once);
    const std::int64_t again = sum(series.sent) - once;
    const auto count = static_cast<std::int64_t>(series.sent.size());
    const double mean = count > 0 ? rate(once) / static_cast<double>(count) : 0;

    std::string counts =
        fmt::format(fmt::runtime(chinese ? "{} 字节" : "{} octets"), grouped(once));
    if (again > 0)
        counts += fmt::format(fmt::runtime(chinese ? "，另重传 {} 字节" : ", {} more sent again"),
                              grouped(again));
    Chart::Head head = scene.head({"Throughput", "吞吐量"}, counts);
    const Duration start = series.start - scene.start;
    const Duration end = start + series.span * count;
    head.x = timeAxis(std::max(end, Duration{1000}), head.width, scene.request.language);
    const double largest =
        series.sent.empty() ? 0 : rate(*std::max_element(series.sent.begin(), series.sent.end()));
    const Unit unit = rateUnit(largest);
    head.y.to = std::max(largest, 1.0) * 1.06;
    head.y.ticks = ticksIn(unit, 0, head.y.to, ticksUp(head.height));
    head.y.name = fmt::format(
        fmt::runtime(chinese ? "数据部分，每 {} 的平均（{}）" : "Payload, mean of each {} ({})"),
        shortTime(series.span),
        unit.name);
    head.keys = {
        {Ink::Sent, Key::Form::Area, chinese ? "首次发送的数据" : "data sent for the first time"}};
    if (again > 0)
        head.keys.push_back(
            {Ink::Again, Key::Form::Area, chinese ? "重传的数据" : "data sent again"});
    if (once > 0)
        head.keys.push_back(
            {Ink::Acked,
             Key::Form::Dashed,
             fmt::format(fmt::runtime(chinese ? "首次发送的平均：{}" : "mean, first time only: {}"),
                         rateText(mean))});
    Chart chart{head};
    if (once == 0) {
        chart.say(chinese ? "这个方向没有数据" : "No data in this direction");
        return chart.take();
    }
    const double bottom = chart.plot().bottom;
    for (std::size_t i = 0; i < series.sent.size(); ++i) {
        if (series.sent[i] == 0) continue;
        const Duration from = start + series.span * static_cast<std::int64_t>(i);
        const double left = chart.x(secondsOf(from));
        const double right = chart.x(secondsOf(from + series.span));
        const double air = right - left > 4 ? 0.5 : 0;
        const auto bar = [&](Ink ink, double low, double high) {
            chart.draw(ink,
                       Area{{{left + air, low},
                             {right - air, low},
                             {right - air, high},
                             {left + air, high}},
                            0.55},
                       fmt::format("{} – {}: {}",
                                   shortTime(from),
                                   shortTime(from + series.span),
                                   rateText(rate(series.sent[i]))));
        };
        const double first = chart.y(rate(series.once[i]));
        if (series.once[i] > 0) bar(Ink::Sent, bottom, first);
        if (series.sent[i] > series.once[i]) bar(Ink::Again, first, chart.y(rate(series.sent[i])));
    }
    chart.draw(
        Ink::Acked,
        Path{.points = {{chart.plot().left, chart.y(mean)}, {chart.plot().right, chart.y(mean)}},
             .width = 1.6,
             .dashed = true});
    return chart.take();
}

}  // namespace tcplab::picture
