#pragma once

#include "picture/chart.h"
#include "picture/graph.h"

// The parts of drawGraph, a file each.
namespace tcplab::picture {

/// What each of the graphs is drawn from.
struct Scene {
    const Trace& trace;
    const GraphRequest& request;
    Side sender{};
    Instant start{};  ///< Time counts from here.

    [[nodiscard]] std::string_view in(const Text& text) const { return text.in(request.language); }
    [[nodiscard]] double secondsAt(Instant at) const { return secondsOf(at - start); }
    /// A head with the size, the title and the subtitle: who sends to whom, the subject, and what
    /// else there is to say.
    [[nodiscard]] Chart::Head head(const Text& title, const std::string& rest) const;
    /// An axis of time from the start to a bit after `last`.
    [[nodiscard]] Axis timeUpTo(Instant last) const;
    /// An axis from 0 to a bit over `largest` octets.
    [[nodiscard]] Axis octetsUpTo(double largest, const Text& name) const;
    /// "Packet 12, 41.2 ms"
    [[nodiscard]] std::string packetAt(PacketId packet, Instant at) const;
};

[[nodiscard]] Figure drawSequence(const Scene& scene);
[[nodiscard]] Figure drawThroughput(const Scene& scene);
[[nodiscard]] Figure drawRtt(const Scene& scene);
[[nodiscard]] Figure drawWindow(const Scene& scene);
[[nodiscard]] Figure drawRounds(const Scene& scene);

}  // namespace tcplab::picture
