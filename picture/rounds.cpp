#include "picture/graphs.h"
#include <fmt/format.h>

#include <algorithm>

namespace tcplab::picture {

namespace {

/// The largest payload of the direction: a full-sized segment, as far as the record shows.
double segmentSize(const Scene& scene) {
    std::uint32_t largest = 1;
    for (const Packet& packet : scene.trace.packets())
        if (packet.connection == scene.request.connection && packet.from == scene.sender)
            largest = std::max(largest, packet.tcp.len);
    return largest;
}

}  // namespace

Figure drawRounds(const Scene& scene) {
    const std::vector<Round> all = rounds(scene.trace, scene.request.connection, scene.sender);
    const bool chinese = scene.request.language == Language::Chinese;
    const double size = segmentSize(scene);
    const auto segments = [size](std::int64_t octets) {
        return static_cast<double>(octets) / size;
    };
    Chart::Head head = scene.head(
        {"Congestion window by transmission round", "拥塞窗口与传输轮次"},
        all.empty()
            ? ""
            : fmt::format(fmt::runtime(chinese ? "{} 个传输轮次" : "{} rounds"), all.size()));
    double largest = 1;
    for (const Round& round : all) largest = std::max(largest, segments(round.cwnd));
    const auto count = static_cast<double>(std::max<std::size_t>(all.size(), 2));
    head.x = {.from = 0.5,
              .to = count + 0.5,
              .ticks = wholeTicks(1, count, ticksAcross(head.width, 40)),
              .name = std::string{scene.in({"Transmission round", "传输轮次"})}};
    head.y = {
        .to = largest * 1.12,
        .ticks = wholeTicks(0, largest * 1.12, ticksUp(head.height)),
        .name = fmt::format(fmt::runtime(chinese ? "拥塞窗口（报文段，每个 {} 字节）"
                                                 : "Congestion window (segments of {} octets)"),
                            grouped(static_cast<std::int64_t>(size)))};
    const bool timeouts = std::ranges::any_of(all, &Round::afterTimeout);
    std::string threshold = chinese ? "慢开始门限 ssthresh" : "ssthresh";
    if (std::ranges::any_of(all, [&](const Round& round) {
            return round.ssthresh && segments(*round.ssthresh) > head.y.to;
        }))
        threshold += chinese ? "（超出图上方）" : ", goes on above";
    head.keys = {{Ink::Sacked, Key::Form::Disc, chinese ? "拥塞窗口 cwnd" : "cwnd"},
                 {Ink::Offered, Key::Form::Dashed, threshold}};
    if (timeouts)
        head.keys.push_back(
            {Ink::Again, Key::Form::Ring, chinese ? "超时之后" : "after a timeout"});
    Chart chart{head};
    if (all.empty()) {
        chart.say(chinese ? "没有传输轮次：只有发送数据的模拟连接才知道拥塞窗口"
                          : "No round: the congestion window is known of simulated data only");
        return chart.take();
    }
    const auto x = [&](std::size_t i) { return chart.x(static_cast<double>(i + 1)); };
    std::vector<Level> thresholds;
    std::vector<Point> line;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].ssthresh) thresholds.push_back({x(i), chart.y(segments(*all[i].ssthresh))});
        line.push_back({x(i), chart.y(segments(all[i].cwnd))});
    }
    chart.draw(
        Ink::Offered,
        Path{.points = staircase(thresholds, chart.plot().right), .width = 1.6, .dashed = true});
    chart.draw(Ink::Sacked, Path{.points = line, .width = 1.8});
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::string title =
            fmt::format(fmt::runtime(chinese ? "第 {} 轮，{}：cwnd = {} 字节"
                                             : "Round {}, {}: cwnd = {} octets"),
                        i + 1,
                        shortTime(all[i].at - scene.start),
                        grouped(all[i].cwnd));
        if (all[i].afterTimeout) chart.draw(Ink::Again, Mark{line[i], Mark::Form::Ring, 7}, title);
        chart.draw(Ink::Sacked, Mark{line[i], Mark::Form::Disc, 3.5}, title);
    }
    return chart.take();
}

}  // namespace tcplab::picture
