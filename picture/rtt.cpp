#include "picture/graphs.h"
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace tcplab::picture {

namespace {

/// SRTT after each sample (RFC 6298 2).
std::vector<double> smoothed(const std::vector<RttSample>& samples) {
    std::vector<double> values;
    for (const RttSample& sample : samples) {
        const double rtt = secondsOf(sample.rtt);
        values.push_back(values.empty() ? rtt : values.back() * 7 / 8 + rtt / 8);
    }
    return values;
}

std::string summaryOf(const std::vector<RttSample>& samples, bool chinese) {
    if (samples.empty()) return {};
    std::vector<Duration> times;
    for (const RttSample& sample : samples) times.push_back(sample.rtt);
    std::ranges::sort(times);
    return fmt::format(fmt::runtime(chinese ? "{} 个样本：最小 {}，中位数 {}，最大 {}"
                                            : "{} samples: least {}, median {}, most {}"),
                       times.size(),
                       shortTime(times.front()),
                       shortTime(times[times.size() / 2]),
                       shortTime(times.back()));
}

}  // namespace

Figure drawRtt(const Scene& scene) {
    const std::vector<RttSample> samples =
        rttSamples(scene.trace, scene.request.connection, scene.sender);
    const bool chinese = scene.request.language == Language::Chinese;
    Chart::Head head = scene.head({"Round-trip time", "往返时间 RTT"}, summaryOf(samples, chinese));
    Instant last = scene.start;
    Duration largest{1000};
    for (const RttSample& sample : samples) {
        last = std::max(last, sample.at);
        largest = std::max(largest, sample.rtt);
    }
    head.x = scene.timeUpTo(last);
    const Unit unit = timeUnit(largest);
    head.y.to = secondsOf(largest) * 1.08;
    head.y.ticks = ticksIn(unit, 0, head.y.to, ticksUp(head.height));
    head.y.name =
        fmt::format(fmt::runtime(chinese ? "往返时间（{}）" : "Round-trip time ({})"), unit.name);
    head.keys = {{Ink::Sent,
                  Key::Form::Disc,
                  chinese ? "样本；重传过的报文段不计（Karn 算法）"
                          : "sample; none of what was sent twice (Karn's algorithm)"},
                 {Ink::Offered, Key::Form::Line, chinese ? "SRTT（RFC 6298）" : "SRTT (RFC 6298)"}};
    Chart chart{head};
    if (samples.empty()) {
        chart.say(chinese ? "这个方向测不到往返时间"
                          : "No round trip can be measured in this direction");
        return chart.take();
    }
    std::vector<Level> levels;
    const std::vector<double> smooth = smoothed(samples);
    for (std::size_t i = 0; i < samples.size(); ++i)
        levels.push_back({chart.x(scene.secondsAt(samples[i].at)), chart.y(smooth[i])});
    // One dot for those on the same pixels.
    std::map<std::pair<double, double>, const RttSample*> dots;
    for (const RttSample& sample : samples)
        dots.try_emplace({std::floor(chart.x(scene.secondsAt(sample.at))),
                          std::floor(chart.y(secondsOf(sample.rtt)))},
                         &sample);
    for (const auto& [place, sample] : dots) {
        const Point at{chart.x(scene.secondsAt(sample->at)), chart.y(secondsOf(sample->rtt))};
        chart.draw(Ink::Sent,
                   Mark{at, Mark::Form::Disc, samples.size() > 300 ? 2.0 : 3.2},
                   fmt::format(fmt::runtime(chinese ? "{}：{}，确认报文 {}"
                                                    : "{}: {}, acknowledges packet {}"),
                               scene.packetAt(sample->packet, sample->at),
                               shortTime(sample->rtt),
                               sample->segment));
    }
    chart.draw(Ink::Offered, Path{.points = staircase(levels, levels.back().x), .width = 1.8});
    return chart.take();
}

}  // namespace tcplab::picture
