#include "sim/drill/run_recorder.h"

#include "sim/wire/frame.h"

#include <algorithm>
#include <utility>

namespace tcplab::drill {

void RunRecorder::hostSent(Instant at, const host::Sent& sent) {
    const auto* tcp = std::get_if<host::TcpDatagram>(&sent.datagram.carries);
    if (sink_ == nullptr || tcp == nullptr) return;
    const std::size_t flow = flowOf({sent.datagram.source, tcp->sourcePort},
                                    {sent.datagram.destination, tcp->destinationPort},
                                    Side::Client);
    if (sent.socket) flowOfSocket_[*sent.socket] = flow;
    const PacketId number = packet(at, flow, true, sent.datagram);
    tell({.at = at,
          .connection = static_cast<ConnectionId>(flow),
          .side = flows_[flow].hostSide,
          .cause = cause_,
          .why = sent.why,
          .what = Sent{number}});
    tell({.at = at,
          .connection = static_cast<ConnectionId>(flow),
          .side = other(flows_[flow].hostSide),
          .cause = number,
          .what = Arrived{number}});
}

void RunRecorder::scriptSent(Instant at, const host::Datagram& datagram) {
    const auto* tcp = std::get_if<host::TcpDatagram>(&datagram.carries);
    cause_.reset();
    ++moment_;
    if (sink_ == nullptr || tcp == nullptr) return;
    const std::size_t flow = flowOf({datagram.destination, tcp->destinationPort},
                                    {datagram.source, tcp->sourcePort},
                                    Side::Server);
    const PacketId number = packet(at, flow, false, datagram);
    tell({.at = at,
          .connection = static_cast<ConnectionId>(flow),
          .side = other(flows_[flow].hostSide),
          .what = Sent{number}});
    tell({.at = at,
          .connection = static_cast<ConnectionId>(flow),
          .side = flows_[flow].hostSide,
          .cause = number,
          .what = Arrived{number}});
    cause_ = number;
}

void RunRecorder::acted(Instant at, const host::Acted& acted) {
    const auto* enter = std::get_if<tcp::Enter>(&acted.action);
    const auto flow = flowOfSocket_.find(acted.socket);
    if (sink_ == nullptr || enter == nullptr || flow == flowOfSocket_.end()) return;
    flows_[flow->second].state = enter->to;
    tell({.at = at,
          .connection = static_cast<ConnectionId>(flow->second),
          .side = flows_[flow->second].hostSide,
          .cause = cause_,
          .why = enter->why,
          .what = Entered{enter->from, enter->to}});
}

void RunRecorder::called(Instant at, host::CallNumber call, const std::string& text) {
    cause_.reset();
    ++moment_;
    tell({.at = at, .what = Called{call, text}});
}

void RunRecorder::returned(Instant at,
                           host::CallNumber call,
                           const std::string& text,
                           const std::string& result) {
    tell({.at = at, .what = Returned{call, text, result}});
}

std::size_t RunRecorder::flowOf(const wire::SocketAddress& host,
                                const wire::SocketAddress& script,
                                Side hostSide) {
    const auto found = std::ranges::find_if(
        flows_, [&](const Flow& flow) { return flow.host == host && flow.script == script; });
    if (found != flows_.end()) return static_cast<std::size_t>(found - flows_.begin());
    flows_.push_back({.host = host, .script = script, .hostSide = hostSide});
    Connection connection{.id = static_cast<ConnectionId>(flows_.size() - 1)};
    connection.ends[hostSide] = host;
    connection.ends[other(hostSide)] = script;
    const bool listens = hostSide == Side::Server;
    if (listens) connection.initial[hostSide] = tcp::State::Listen;
    sink_->connection(connection);
    for (Entry& entry : std::exchange(early_, {})) tell(std::move(entry));
    return flows_.size() - 1;
}

PacketId RunRecorder::packet(Instant at,
                             std::size_t index,
                             bool byHost,
                             const host::Datagram& datagram) {
    Flow& flow = flows_[index];
    const Segment& segment = std::get<host::TcpDatagram>(datagram.carries).segment;
    const Side from = byHost ? flow.hostSide : other(flow.hostSide);
    if (segment.ctl.syn) flow.first[from] = segment.seq;
    const auto relative = [&](Side side, Seq number) {
        return flow.first[side] ? std::int64_t{number - *flow.first[side]} : 1;
    };
    Packet packet{.number = ++packets_,
                  .connection = static_cast<ConnectionId>(index),
                  .from = from,
                  .certain = false};
    packet.tcp.flags = segment.ctl;
    packet.tcp.seq = relative(from, segment.seq);
    if (segment.ctl.ack) packet.tcp.ack = relative(other(from), segment.ack);
    packet.tcp.seqRaw = segment.seq.raw();
    packet.tcp.ackRaw = segment.ack.raw();
    packet.tcp.len = static_cast<std::uint32_t>(segment.payload.size());
    packet.tcp.window = segment.wnd;
    packet.transit.departed = Sighting{at, moment_};
    packet.states[flow.hostSide] = flow.state;
    wire::FrameAddresses addresses{.from = byHost ? flow.host : flow.script,
                                   .to = byHost ? flow.script : flow.host,
                                   .ttl = datagram.ttl,
                                   .ipId = static_cast<std::uint16_t>(packets_),
                                   .dscp = static_cast<std::uint8_t>(datagram.tos >> 2),
                                   .ecn = host::ecnOf(datagram.tos)};
    if (!byHost) std::swap(addresses.fromMac, addresses.toMac);
    const std::vector<std::uint8_t> octets = wire::encodeFrame(addresses, segment);
    packet.originalLength = static_cast<std::uint32_t>(octets.size());
    sink_->packet(packet, octets);
    return packets_;
}

// Calls belong to the connection that came last; before the first they wait for it.
void RunRecorder::tell(Entry entry) {
    if (sink_ == nullptr) return;
    const bool ofCall =
        std::holds_alternative<Called>(entry.what) || std::holds_alternative<Returned>(entry.what);
    entry.moment = moment_;
    if (ofCall && flows_.empty()) return early_.push_back(std::move(entry));
    if (ofCall) {
        entry.connection = static_cast<ConnectionId>(flows_.size() - 1);
        entry.side = flows_.back().hostSide;
    }
    sink_->entry(entry);
}

}  // namespace tcplab::drill
