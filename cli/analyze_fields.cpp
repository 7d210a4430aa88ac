#include "cli/analyze_fields.h"

#include "capture/verdict.h"
#include "cli/figures.h"
#include "sim/wire/notation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <deque>
#include <iterator>
#include <optional>
#include <span>

namespace tcplab::cli {
namespace {

using capture::Flow;
using Wait = capture::SideStatistics::Wait;

template <class T>
void number(RowPrinter& out, T value) {
    out.number(static_cast<std::int64_t>(value));
}

template <class T>
void number(RowPrinter& out, const std::optional<T>& value) {
    if (value) {
        number(out, *value);
    } else {
        out.unknown();
    }
}

/// Milliseconds.
void time(RowPrinter& out, const std::optional<Duration>& value) {
    if (value) {
        out.decimal(value->count(), 6);
    } else {
        out.unknown();
    }
}

/// Seconds since the epoch.
void instant(RowPrinter& out, Instant at) {
    out.decimal(at.time_since_epoch().count(), 9);
}

std::string_view closedBy(Flow::ClosedBy by) {
    switch (by) {
        case Flow::ClosedBy::Client: return "client";
        case Flow::ClosedBy::Server: return "server";
        case Flow::ClosedBy::Both: return "both";
    }
    TCPLAB_UNREACHABLE();
}

/// {"keep_alive":2}
void counts(RowPrinter& out, const capture::FindingCounts& findings) {
    if (findings.counts().empty()) return out.json("{}");
    std::string text = "{";
    std::string plain;
    for (const auto& count : findings.counts()) {
        const std::string_view name = toString(count.finding);
        fmt::format_to(std::back_inserter(text),
                       "{}\"{}\":{}",
                       text.size() == 1 ? "" : ",",
                       name,
                       count.times);
        if (!plain.empty()) plain += ", ";
        fmt::format_to(std::back_inserter(plain), "{} {}", count.times, name);
    }
    out.json(text += '}', plain);
}

/// {"keep_alive":[7,9]}
void evidence(RowPrinter& out, const capture::FindingCounts& findings) {
    if (findings.counts().empty()) return out.json("{}");
    std::string text = "{";
    for (const auto& count : findings.counts()) {
        fmt::format_to(std::back_inserter(text),
                       "{}\"{}\":[{}]",
                       text.size() == 1 ? "" : ",",
                       toString(count.finding),
                       fmt::join(count.evidence(), ","));
    }
    out.json(text += '}');
}

void evidence(RowPrinter& out, const capture::PacketFindings& found) {
    std::string text = "{";
    for (const capture::Proof& proof : found) {
        fmt::format_to(std::back_inserter(text),
                       "{}\"{}\":[{}]",
                       text.size() == 1 ? "" : ",",
                       toString(proof.finding),
                       fmt::join(std::span{proof.packets}.first(proof.count), ","));
    }
    out.json(text += '}');
}

/// ["keep_alive"]
void names(RowPrinter& out, const capture::PacketFindings& found) {
    std::string text = "[";
    std::string plain;
    for (const capture::Proof& proof : found) {
        const std::string_view name = toString(proof.finding);
        text.append(text.size() == 1 ? "\"" : ",\"").append(name).append("\"");
        plain.append(plain.empty() ? "" : ", ").append(name);
    }
    out.json(text += ']', plain);
}

/// The columns of what one end sent, in an object of its own.
template <Side kSide>
void addStatistics(std::vector<Field<FlowRow>>& fields) {
    static std::deque<std::string> keys;
    const auto add = [&](std::string_view name, void (*print)(const FlowRow&, RowPrinter&)) {
        keys.push_back(fmt::format("{}_sent.{}", toString(kSide), name));
        fields.push_back({{.key = keys.back()}, print});
    };
    using Row = const FlowRow&;
    using Out = RowPrinter&;
    add("data_packets", [](Row r, Out out) { number(out, r.flow.statistics[kSide].dataPackets); });
    add("retransmitted_packets",
        [](Row r, Out out) { number(out, r.flow.statistics[kSide].retransmittedPackets); });
    add("retransmitted_bytes",
        [](Row r, Out out) { number(out, r.flow.statistics[kSide].retransmittedOctets); });
    add("largest_segment",
        [](Row r, Out out) { number(out, r.flow.statistics[kSide].largestSegment); });
    add("mss", [](Row r, Out out) { number(out, r.flow.statistics[kSide].mss); });
    add("window_scale", [](Row r, Out out) { number(out, r.flow.statistics[kSide].windowScale); });
    add("window_min", [](Row r, Out out) { number(out, r.flow.statistics[kSide].smallestWindow); });
    add("window_max", [](Row r, Out out) { number(out, r.flow.statistics[kSide].largestWindow); });
    add("in_flight_max",
        [](Row r, Out out) { number(out, r.flow.statistics[kSide].mostInFlight); });
    add("idle_max_ms", [](Row r, Out out) { time(out, r.flow.statistics[kSide].longestIdle); });
    add("zero_window_ms", [](Row r, Out out) { time(out, r.flow.statistics[kSide].windowClosed); });
    add("window_limited_ms",
        [](Row r, Out out) { time(out, r.flow.statistics[kSide].waited[Wait::Window]); });
    add("congestion_limited_ms",
        [](Row r, Out out) { time(out, r.flow.statistics[kSide].waited[Wait::Congestion]); });
    add("application_limited_ms",
        [](Row r, Out out) { time(out, r.flow.statistics[kSide].waited[Wait::Application]); });
    add("throughput_bps", [](Row r, Out out) {
        const double seconds = std::chrono::duration<double>(r.flow.last - r.flow.first).count();
        if (seconds <= 0) return out.unknown();
        number(out, static_cast<double>(r.flow.bytes[kSide]) * 8 / seconds);
    });
}

std::string ending(const Flow& flow) {
    std::string text;
    if (flow.closedBy) text = std::string{closedBy(*flow.closedBy)} + " closed";
    if (!flow.resetBy) return text.empty() ? "open" : text;
    return text + (text.empty() ? "" : ", ") + std::string{toString(*flow.resetBy)} + " reset";
}

std::vector<Field<FlowRow>> allFlowFields() {
    using Row = const FlowRow&;
    using Out = RowPrinter&;
    std::vector<Field<FlowRow>> fields{
        {{"flow", "Flow"}, [](Row r, Out out) { number(out, r.flow.connection.id); }},
        {{"client", "Client"},
         [](Row r, Out out) { out.text(toString(r.flow.connection.ends[Side::Client])); }},
        {{"server", "Server"},
         [](Row r, Out out) { out.text(toString(r.flow.connection.ends[Side::Server])); }},
        {{.key = "client_guessed", .optional = true},
         [](Row r, Out out) {
             if (r.flow.connection.clientGuessed) return out.boolean(true);
             out.unknown();
         }},
        {{"first"}, [](Row r, Out out) { instant(out, r.flow.first); }},
        {{"last"}, [](Row r, Out out) { instant(out, r.flow.last); }},
        {{"packets_client", "Pkts >"},
         [](Row r, Out out) { number(out, r.flow.packets[Side::Client]); }},
        {{"packets_server", "< Pkts"},
         [](Row r, Out out) { number(out, r.flow.packets[Side::Server]); }},
        {{"bytes_client", "Octets >"},
         [](Row r, Out out) { number(out, r.flow.bytes[Side::Client]); }},
        {{"bytes_server", "< Octets"},
         [](Row r, Out out) { number(out, r.flow.bytes[Side::Server]); }},
        {{"client_state", "Client state"},
         [](Row r, Out out) { out.text(tcp::toString(r.flow.states[Side::Client])); }},
        {{"server_state", "Server state"},
         [](Row r, Out out) { out.text(tcp::toString(r.flow.states[Side::Server])); }},
        {{"closed_by"},
         [](Row r, Out out) {
             if (r.flow.closedBy) return out.text(closedBy(*r.flow.closedBy));
             out.unknown();
         }},
        {{"reset_by"},
         [](Row r, Out out) {
             if (r.flow.resetBy) return out.text(toString(*r.flow.resetBy));
             out.unknown();
         }},
        {{"conn_state", "Zeek"}, [](Row r, Out out) { out.text(r.flow.zeek.connState()); }},
        {{"history"}, [](Row r, Out out) { out.text(r.flow.zeek.history()); }},
        {{"completeness"}, [](Row r, Out out) { number(out, r.flow.completeness); }},
        {{"rtt_ms.handshake"}, [](Row r, Out out) { time(out, r.flow.handshakeRtt); }},
        {{"rtt_ms.min"},
         [](Row r, Out out) {
             if (r.flow.roundTrips.count > 0) return time(out, r.flow.roundTrips.min);
             out.unknown();
         }},
        {{"rtt_ms.mean"}, [](Row r, Out out) { time(out, r.flow.roundTrips.mean()); }},
        {{"rtt_ms.max"},
         [](Row r, Out out) {
             if (r.flow.roundTrips.count > 0) return time(out, r.flow.roundTrips.max);
             out.unknown();
         }},
        {{"rtt_ms.median"}, [](Row r, Out out) { time(out, r.flow.roundTrips.percentile(50)); }},
        {{"rtt_ms.p95"}, [](Row r, Out out) { time(out, r.flow.roundTrips.percentile(95)); }},
        {{"rtt_ms.p99"}, [](Row r, Out out) { time(out, r.flow.roundTrips.percentile(99)); }},
        {{"findings", "Findings"}, [](Row r, Out out) { counts(out, r.flow.findings); }},
        {{"evidence"}, [](Row r, Out out) { evidence(out, r.flow.findings); }},
        {{"verdict"}, [](Row r, Out out) { out.text(capture::verdict(r.flow, r.language)); }},
        {{"", "End"}, [](Row r, Out out) { out.text(ending(r.flow)); }},
    };
    addStatistics<Side::Client>(fields);
    addStatistics<Side::Server>(fields);
    return fields;
}

Instant timeOf(const PacketRow& row) {
    return row.packet.transit.seen->at;
}

void guessable(RowPrinter& out, const PacketRow& row, Side side) {
    out.text(std::string{tcp::toString(row.packet.states[side])} + (row.packet.certain ? "" : "?"));
}

std::vector<Field<PacketRow>> allPacketFields() {
    using Row = const PacketRow&;
    using Out = RowPrinter&;
    return {
        {{"packet", "Packet"}, [](Row r, Out out) { number(out, r.packet.number); }},
        {{"time"}, [](Row r, Out out) { instant(out, timeOf(r)); }},
        {{"", "Seconds"}, [](Row r, Out out) { out.literal(shortSeconds(timeOf(r) - r.start)); }},
        {{"flow", "Flow"}, [](Row r, Out out) { number(out, r.packet.connection); }},
        {{"from", "From"}, [](Row r, Out out) { out.text(toString(r.packet.from)); }},
        {{"flags", "Flags"}, [](Row r, Out out) { out.text(wire::flagsText(r.packet.tcp.flags)); }},
        {{"seq", "Seq"}, [](Row r, Out out) { number(out, r.packet.tcp.seq); }},
        {{"ack", "Ack"}, [](Row r, Out out) { number(out, r.packet.tcp.ack); }},
        {{"seq_raw"}, [](Row r, Out out) { number(out, r.packet.tcp.seqRaw); }},
        {{"ack_raw"}, [](Row r, Out out) { number(out, r.packet.tcp.ackRaw); }},
        {{"len", "Len"}, [](Row r, Out out) { number(out, r.packet.tcp.len); }},
        {{"window", "Window"}, [](Row r, Out out) { number(out, r.packet.tcp.window); }},
        {{"client_state"},
         [](Row r, Out out) { out.text(tcp::toString(r.packet.states[Side::Client])); }},
        {{"server_state"},
         [](Row r, Out out) { out.text(tcp::toString(r.packet.states[Side::Server])); }},
        {{"certain"}, [](Row r, Out out) { out.boolean(r.packet.certain); }},
        {{"retransmission_of"}, [](Row r, Out out) { number(out, r.packet.retransmissionOf); }},
        {{"", "Client"}, [](Row r, Out out) { guessable(out, r, Side::Client); }},
        {{"", "Server"}, [](Row r, Out out) { guessable(out, r, Side::Server); }},
        {{"findings", "Findings"}, [](Row r, Out out) { names(out, r.found); }},
        {{"evidence"}, [](Row r, Out out) { evidence(out, r.found); }},
    };
}

}  // namespace

const std::vector<Field<FlowRow>>& flowFields() {
    static const std::vector<Field<FlowRow>> fields = allFlowFields();
    return fields;
}

const std::vector<Field<PacketRow>>& packetFields() {
    static const std::vector<Field<PacketRow>> fields = allPacketFields();
    return fields;
}

}  // namespace tcplab::cli
