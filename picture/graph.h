#pragma once

#include "sim/base/text.h"
#include "sim/trace/series.h"

#include "picture/figure.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace tcplab::picture {

enum class Graph : std::uint8_t {
    Sequence,    ///< Sequence numbers over time: tcptrace's graph, which contains Stevens'.
    Throughput,  ///< Payload over time.
    Rtt,         ///< Round-trip times over time.
    Window,      ///< The offered window, what is in flight, and cwnd, over time.
    Rounds,      ///< cwnd by transmission round.
};
inline constexpr std::array kGraphs{
    Graph::Sequence, Graph::Throughput, Graph::Rtt, Graph::Window, Graph::Rounds};

/// "sequence", "throughput", "rtt", "window", "rounds"
[[nodiscard]] std::string_view toString(Graph graph);

struct GraphRequest {
    Graph graph{};
    ConnectionId connection = 0;  ///< One of the trace's.
    /// Whose data it is about; empty: the end that sent more.
    std::optional<Side> sender{};
    Language language = Language::English;
    std::string subject{};  ///< The file's or the scenario's name, as it stands under the title.
    double width = 960;     ///< Pixels, 320 at least,
    double height = 560;    ///< and 260.
};

/// Draws a graph of one direction of a connection. Where there is nothing to draw, the picture says
/// so.
[[nodiscard]] Figure drawGraph(const Trace& trace, const GraphRequest& request);

}  // namespace tcplab::picture
