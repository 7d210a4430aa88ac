#include "cli/analyze_fields.h"

#include "cli/figures.h"
#include "sim/wire/notation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <span>

namespace tcplab::cli {
namespace {

using capture::Flow;

template <class T>
Cell number(T value) {
    return static_cast<std::int64_t>(value);
}

Cell name(tcp::State state) {
    return std::string{tcp::toString(state)};
}

/// {"keep_alive":2}
Json countsOf(const capture::FindingCounts& findings) {
    Json json;
    for (const auto& count : findings.counts()) {
        const std::string_view name = toString(count.finding);
        json.text += fmt::format("{}\"{}\":{}", json.text.empty() ? "" : ",", name, count.times);
        json.plain += fmt::format("{}{} {}", json.plain.empty() ? "" : ", ", count.times, name);
    }
    json.text = "{" + json.text + "}";
    return json;
}

/// {"keep_alive":[7,9]}
Json evidenceOf(const capture::FindingCounts& findings) {
    std::string text;
    for (const auto& count : findings.counts()) {
        text += fmt::format("{}\"{}\":[{}]",
                            text.empty() ? "" : ",",
                            toString(count.finding),
                            fmt::join(count.evidence, ","));
    }
    return {"{" + text + "}", {}};
}

Json evidenceOf(const capture::PacketFindings& found) {
    std::string text;
    for (const capture::Proof& proof : found) {
        const auto packets = std::span{proof.packets}.first(proof.count);
        text += fmt::format("{}\"{}\":[{}]",
                            text.empty() ? "" : ",",
                            toString(proof.finding),
                            fmt::join(packets, ","));
    }
    return {"{" + text + "}", {}};
}

/// ["keep_alive"]
Json namesOf(const capture::PacketFindings& found) {
    Json json;
    for (const capture::Proof& proof : found) {
        const std::string_view name = toString(proof.finding);
        json.text += fmt::format("{}\"{}\"", json.text.empty() ? "" : ",", name);
        json.plain += fmt::format("{}{}", json.plain.empty() ? "" : ", ", name);
    }
    json.text = "[" + json.text + "]";
    return json;
}

std::string closedBy(Flow::ClosedBy by) {
    switch (by) {
        case Flow::ClosedBy::Client: return "client";
        case Flow::ClosedBy::Server: return "server";
        case Flow::ClosedBy::Both: return "both";
    }
    TCPLAB_UNREACHABLE();
}

std::string ending(const Flow& flow) {
    std::string text;
    if (flow.closedBy) text = closedBy(*flow.closedBy) + " closed";
    if (!flow.resetBy) return text.empty() ? "open" : text;
    return text + (text.empty() ? "" : ", ") + std::string{toString(*flow.resetBy)} + " reset";
}

const std::vector<Field<FlowRow>> kFlowFields{
    {{"flow", "Flow"}, [](const FlowRow& r) { return number(r.flow.connection.id); }},
    {{"client", "Client"},
     [](const FlowRow& r) -> Cell { return toString(r.flow.connection.ends[Side::Client]); }},
    {{"server", "Server"},
     [](const FlowRow& r) -> Cell { return toString(r.flow.connection.ends[Side::Server]); }},
    {{.key = "client_guessed", .optional = true},
     [](const FlowRow& r) { return r.flow.connection.clientGuessed ? Cell{true} : Cell{}; }},
    {{"first"}, [](const FlowRow& r) -> Cell { return Literal{seconds(r.flow.first)}; }},
    {{"last"}, [](const FlowRow& r) -> Cell { return Literal{seconds(r.flow.last)}; }},
    {{"packets_client", "Pkts >"},
     [](const FlowRow& r) { return number(r.flow.packets[Side::Client]); }},
    {{"packets_server", "< Pkts"},
     [](const FlowRow& r) { return number(r.flow.packets[Side::Server]); }},
    {{"bytes_client", "Octets >"},
     [](const FlowRow& r) { return number(r.flow.bytes[Side::Client]); }},
    {{"bytes_server", "< Octets"},
     [](const FlowRow& r) { return number(r.flow.bytes[Side::Server]); }},
    {{"client_state", "Client state"},
     [](const FlowRow& r) { return name(r.flow.states[Side::Client]); }},
    {{"server_state", "Server state"},
     [](const FlowRow& r) { return name(r.flow.states[Side::Server]); }},
    {{"closed_by"},
     [](const FlowRow& r) { return r.flow.closedBy ? Cell{closedBy(*r.flow.closedBy)} : Cell{}; }},
    {{"reset_by"},
     [](const FlowRow& r) {
         return r.flow.resetBy ? Cell{std::string{toString(*r.flow.resetBy)}} : Cell{};
     }},
    {{"completeness"}, [](const FlowRow& r) { return number(r.flow.completeness); }},
    {{"rtt_ms.handshake"},
     [](const FlowRow& r) {
         return r.flow.handshakeRtt ? Cell{Literal{milliseconds(*r.flow.handshakeRtt)}} : Cell{};
     }},
    {{"rtt_ms.min"}, [](const FlowRow&) { return Cell{}; }},
    {{"rtt_ms.mean"}, [](const FlowRow&) { return Cell{}; }},
    {{"rtt_ms.max"}, [](const FlowRow&) { return Cell{}; }},
    {{"findings", "Findings"}, [](const FlowRow& r) -> Cell { return countsOf(r.flow.findings); }},
    {{"evidence"}, [](const FlowRow& r) -> Cell { return evidenceOf(r.flow.findings); }},
    {{"", "End"}, [](const FlowRow& r) -> Cell { return ending(r.flow); }},
};

Instant timeOf(const PacketRow& row) {
    return row.packet.transit.seen->at;
}

Cell guessable(const PacketRow& row, Side side) {
    return std::string{tcp::toString(row.packet.states[side])} + (row.packet.certain ? "" : "?");
}

const std::vector<Field<PacketRow>> kPacketFields{
    {{"packet", "Packet"}, [](const PacketRow& r) { return number(r.packet.number); }},
    {{"time"}, [](const PacketRow& r) -> Cell { return Literal{seconds(timeOf(r))}; }},
    {{"", "Seconds"},
     [](const PacketRow& r) -> Cell { return Literal{shortSeconds(timeOf(r) - r.start)}; }},
    {{"flow", "Flow"}, [](const PacketRow& r) { return number(r.packet.connection); }},
    {{"from", "From"},
     [](const PacketRow& r) -> Cell { return std::string{toString(r.packet.from)}; }},
    {{"flags", "Flags"},
     [](const PacketRow& r) -> Cell { return wire::flagsText(r.packet.tcp.flags); }},
    {{"seq", "Seq"}, [](const PacketRow& r) { return number(r.packet.tcp.seq); }},
    {{"ack", "Ack"},
     [](const PacketRow& r) { return r.packet.tcp.ack ? number(*r.packet.tcp.ack) : Cell{}; }},
    {{"seq_raw"}, [](const PacketRow& r) { return number(r.packet.tcp.seqRaw); }},
    {{"ack_raw"}, [](const PacketRow& r) { return number(r.packet.tcp.ackRaw); }},
    {{"len", "Len"}, [](const PacketRow& r) { return number(r.packet.tcp.len); }},
    {{"window", "Window"}, [](const PacketRow& r) { return number(r.packet.tcp.window); }},
    {{"client_state"}, [](const PacketRow& r) { return name(r.packet.states[Side::Client]); }},
    {{"server_state"}, [](const PacketRow& r) { return name(r.packet.states[Side::Server]); }},
    {{"certain"}, [](const PacketRow& r) -> Cell { return r.packet.certain; }},
    {{"findings", "Findings"}, [](const PacketRow& r) -> Cell { return namesOf(r.found); }},
    {{"evidence"}, [](const PacketRow& r) -> Cell { return evidenceOf(r.found); }},
    {{"", "Client"}, [](const PacketRow& r) { return guessable(r, Side::Client); }},
    {{"", "Server"}, [](const PacketRow& r) { return guessable(r, Side::Server); }},
};

}  // namespace

const std::vector<Field<FlowRow>>& flowFields() {
    return kFlowFields;
}

const std::vector<Field<PacketRow>>& packetFields() {
    return kPacketFields;
}

}  // namespace tcplab::cli
