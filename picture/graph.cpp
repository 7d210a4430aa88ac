#include "picture/graph.h"

#include "sim/base/check.h"

#include "picture/graphs.h"
#include <fmt/format.h>

#include <algorithm>

namespace tcplab::picture {

std::string_view toString(Graph graph) {
    switch (graph) {
        case Graph::Sequence: return "sequence";
        case Graph::Throughput: return "throughput";
        case Graph::Rtt: return "rtt";
        case Graph::Window: return "window";
        case Graph::Rounds: return "rounds";
    }
    TCPLAB_UNREACHABLE();
}

Chart::Head Scene::head(const Text& title, const std::string& rest) const {
    const auto& known = trace.connections();
    const auto found = std::ranges::find(known, request.connection, &Connection::id);
    TCPLAB_CHECK(found != known.end());
    const bool byClient = sender == Side::Client;
    constexpr Text kToServer{"client to server", "客户端到服务器"};
    constexpr Text kToClient{"server to client", "服务器到客户端"};
    Chart::Head head{.width = std::max(request.width, 320.0),
                     .height = std::max(request.height, 260.0)};
    head.title =
        fmt::format(fmt::runtime(request.language == Language::Chinese ? "{}：{}" : "{}, {}"),
                    in(title),
                    in(byClient ? kToServer : kToClient));
    head.subtitle =
        fmt::format("{} → {}", toString(found->ends[sender]), toString(found->ends[other(sender)]));
    for (const std::string& part : {request.subject, rest})
        if (!part.empty()) head.subtitle += "  ·  " + part;
    return head;
}

Axis Scene::timeUpTo(Instant last) const {
    const Duration span = std::max(last - start, Duration{1000});
    Axis axis = timeAxis(span + span / 50, request.width, request.language);
    axis.from = -secondsOf(span) / 50;  // The first packet does not stand on the axis.
    return axis;
}

Axis Scene::octetsUpTo(double largest, const Text& name) const {
    const double to = std::max(largest, 1.0) * 1.06;
    return {.to = to,
            .ticks = amountTicks(0, to, ticksUp(request.height)),
            .name = std::string{in(name)}};
}

std::string Scene::packetAt(PacketId packet, Instant at) const {
    return fmt::format(
        fmt::runtime(request.language == Language::Chinese ? "报文 {}，{}" : "Packet {}, {}"),
        packet,
        shortTime(at - start));
}

Figure drawGraph(const Trace& trace, const GraphRequest& request) {
    const Scene scene{trace,
                      request,
                      request.sender.value_or(mainSender(trace, request.connection)),
                      startOf(trace, request.connection)};
    switch (request.graph) {
        case Graph::Sequence: return drawSequence(scene);
        case Graph::Throughput: return drawThroughput(scene);
        case Graph::Rtt: return drawRtt(scene);
        case Graph::Window: return drawWindow(scene);
        case Graph::Rounds: return drawRounds(scene);
    }
    TCPLAB_UNREACHABLE();
}

}  // namespace tcplab::picture
