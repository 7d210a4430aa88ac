#pragma once

#include "sim/trace/trace.h"

#include <cstdint>
#include <optional>
#include <vector>

// What graphs of one direction of a connection are drawn from: points with the packets that they
// come from, and no geometry. Times are those of the end that sends the data: when it sent a
// segment, and when an ACK reached it; of a captured packet, when it was seen. Sequence numbers are
// relative and unwrapped, as in TcpNumbers.
namespace tcplab {

/// A value from `at` on, and the packet that made it so, where one did.
struct SeriesPoint {
    Instant at{};
    std::int64_t value = 0;
    std::optional<PacketId> packet{};
    friend bool operator==(const SeriesPoint&, const SeriesPoint&) = default;
};
using Series = std::vector<SeriesPoint>;

/// A segment that occupies the sequence numbers from `from` up to `to`, SYN and FIN counted; a
/// probe may occupy none.
struct SentSegment {
    enum class Kind : std::uint8_t {
        New,    ///< Begins where nothing was sent before.
        Again,  ///< Some of it was sent before: a retransmission.
        Late,   ///< Fills a gap: out of order, or a retransmission of what was not seen.
        Probe,  ///< Only asks for an ACK: a keep-alive probe, or one of a closed window.
    };
    Instant at{};
    PacketId packet = 0;
    std::int64_t from = 0;
    std::int64_t to = 0;
    Kind kind = Kind::New;
    Flags flags{};
    bool lost = false;     ///< Known to be; a capture does not know.
    bool damaged = false;  ///< It arrived, and its checksum was wrong; as for `lost`.
    friend bool operator==(const SentSegment&, const SentSegment&) = default;
};

/// What the receiver of the data said of it.
struct Acknowledgment {
    Instant at{};
    PacketId packet = 0;
    std::int64_t ack = 0;
    std::int64_t edge = 0;   ///< The first number that its window does not allow.
    bool duplicate = false;  ///< As RFC 5681 2 defines it, and no answer to a probe.
    friend bool operator==(const Acknowledgment&, const Acknowledgment&) = default;
};

/// Numbers that a SACK option reports as received (RFC 2018).
struct SackedRange {
    Instant at{};
    PacketId packet = 0;
    std::int64_t from = 0;
    std::int64_t to = 0;
    friend bool operator==(const SackedRange&, const SackedRange&) = default;
};

struct Reset {
    Instant at{};
    PacketId packet = 0;
    Side from{};
    friend bool operator==(const Reset&, const Reset&) = default;
};

/// Sequence numbers over time: tcptrace's graph, which contains Stevens'.
struct SequenceSeries {
    std::size_t sent = 0;  ///< Packets of this direction, with those that occupy no number.
    std::vector<SentSegment> segments{};
    std::vector<Acknowledgment> acks{};
    std::vector<SackedRange> sacked{};
    std::vector<Reset> resets{};
};
[[nodiscard]] SequenceSeries sequenceSeries(const Trace& trace, ConnectionId id, Side sender);

/// Payload octets in each of a row of equal spans of time, the first of which begins at `start`.
struct ThroughputSeries {
    Instant start{};
    Duration span{};
    std::vector<std::int64_t> sent{};  ///< All that was sent.
    std::vector<std::int64_t> once{};  ///< Without what was sent before.
};
/// `span` is positive; where it is empty, a round time that makes about sixty spans.
[[nodiscard]] ThroughputSeries throughputSeries(const Trace& trace,
                                                ConnectionId id,
                                                Side sender,
                                                std::optional<Duration> span = {});

/// A measured round-trip time: of `segment`, which the ACK `packet` answers.
struct RttSample {
    Instant at{};  ///< When the ACK came.
    PacketId packet = 0;
    PacketId segment = 0;
    Duration rtt{};
    friend bool operator==(const RttSample&, const RttSample&) = default;
};
/// One for each ACK of something new, of the last segment that it covers. None where some of what
/// it covers was sent twice or came late: nobody can tell which one it answers (Karn's algorithm,
/// RFC 6298 3).
[[nodiscard]] std::vector<RttSample> rttSamples(const Trace& trace, ConnectionId id, Side sender);

/// What limits the sender, in octets over time.
struct WindowSeries {
    Series window{};    ///< Offered by the receiver, from the last ACK on.
    Series inFlight{};  ///< Sent and not acknowledged, SYN and FIN counted.
    Series cwnd{};      ///< Where the record knows it, as ssthresh.
    Series ssthresh{};
};
[[nodiscard]] WindowSeries windowSeries(const Trace& trace, ConnectionId id, Side sender);

/// A transmission round: from the sending of a burst to the ACK of all of it, or to a timeout.
struct Round {
    Instant at{};
    std::int64_t cwnd = 0;  ///< As the round begins.
    std::optional<std::int64_t> ssthresh{};
    bool afterTimeout = false;
    friend bool operator==(const Round&, const Round&) = default;
};
/// Round 1 begins with the first data. Empty where the record does not know cwnd.
[[nodiscard]] std::vector<Round> rounds(const Trace& trace, ConnectionId id, Side sender);

/// The end that sent more payload, the client of equals: what is drawn where nobody chose.
[[nodiscard]] Side mainSender(const Trace& trace, ConnectionId id);

}  // namespace tcplab
