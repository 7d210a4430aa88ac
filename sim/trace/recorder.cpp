#include "sim/trace/recorder.h"

#include "sim/base/overloaded.h"
#include "sim/wire/frame.h"

#include <algorithm>

namespace tcplab {

Variables variablesOf(const tcp::Tcb& tcb) {
    return {{
        {"SND.UNA", tcb.snd.una.raw(), true},
        {"SND.NXT", tcb.snd.nxt.raw(), true},
        {"SND.WND", tcb.snd.wnd, false},
        {"SND.WL1", tcb.snd.wl1.raw(), true},
        {"SND.WL2", tcb.snd.wl2.raw(), true},
        {"ISS", tcb.snd.iss.raw(), true},
        {"RCV.NXT", tcb.rcv.nxt.raw(), true},
        {"RCV.WND", tcb.rcv.wnd, false},
        {"IRS", tcb.rcv.irs.raw(), true},
        {"cwnd", tcb.congestionWindow(), false},
        {"ssthresh", tcb.slowStartThreshold(), false},
    }};
}

Recorder::Recorder(const net::Scenario& scenario, const net::World& start, Sink& sink)
    : sink_{sink} {
    Connection connection;
    for (const Side side : kSides) {
        addresses_[side] = scenario.hosts[side].address;
        variables_[side] = variablesOf(start.hosts[side].endpoint.tcb());
        connection.initial[side] = start.hosts[side].endpoint.state();
    }
    connection.ends = addresses_;
    sink_.connection(connection);
}

void Recorder::record(const net::World& world, const net::Outcome& outcome) {
    Entry entry{.at = world.now, .moment = ++moment_, .side = outcome.side};
    const auto tell = [&](Happening what) {
        entry.what = std::move(what);
        sink_.entry(entry);
    };
    for (const net::Deed& deed : outcome.deeds)
        std::visit(Overloaded{
                       [&](const net::PacketArrived& d) {
                           entry.cause = d.packet;
                           tell(Arrived{d.packet});
                       },
                       [&](const net::PacketLost& d) { tell(Lost{d.packet}); },
                       [&](const net::TimerFired& d) { tell(Fired{tcp::toString(d.timer)}); },
                       [&](const net::CallBegan& d) {
                           tell(Called{d.call, d.text});
                       },
                       [&](const net::CallReturned& d) {
                           tell(Returned{d.call, d.text, d.result});
                       },
                       [&](const net::Acted& d) { acted(world, entry, d); },
                   },
                   deed);
    variables(world, entry);
}

void Recorder::acted(const net::World& world, Entry entry, const net::Acted& deed) {
    const auto tell = [&](tcp::Clause why, Happening what) {
        entry.why = why;
        entry.what = std::move(what);
        sink_.entry(entry);
    };
    std::visit(Overloaded{
                   [&](const tcp::Transmit& action) {
                       packet(world, entry.side, deed.packet, action);
                       tell(action.why, Sent{deed.packet});
                   },
                   [&](const tcp::Enter& action) {
                       tell(action.why, Entered{action.from, action.to});
                   },
                   [&](const tcp::Arm& action) {
                       tell(action.why, Armed{tcp::toString(action.timer), action.due});
                   },
                   [&](const tcp::Disarm& action) {
                       tell(action.why, Disarmed{tcp::toString(action.timer)});
                   },
                   [&](const tcp::Discard& action) {
                       tell(action.why, Discarded{entry.cause.value_or(0)});
                   },
                   // The calls that these answer are in the record themselves.
                   [](const tcp::Deliver&) {},
                   [](const tcp::Signal&) {},
                   [](const tcp::Refuse&) {},
               },
               deed.action);
}

// A RST of a connection that does not exist borrows its number from what it answers.
std::int64_t Recorder::Numbers::sent(const Segment& segment) {
    if (segment.ctl.syn && isn != segment.seq) *this = {.isn = segment.seq};
    if (!isn) return 1;
    const std::int64_t number = relative(segment.seq);
    if (!segment.ctl.rst) highest = std::max(highest, number);
    return number;
}

std::int64_t Recorder::Numbers::relative(Seq number) const {
    if (!isn) return 1;
    return highest + (number - (*isn + static_cast<std::uint32_t>(highest)));
}

void Recorder::packet(const net::World& world,
                      Side from,
                      PacketId number,
                      const tcp::Transmit& sent) {
    const Segment& segment = sent.segment;
    Packet packet{.number = number, .from = from};
    packet.tcp.flags = segment.ctl;
    packet.tcp.seq = numbers_[from].sent(segment);
    if (segment.ctl.ack) packet.tcp.ack = numbers_[other(from)].relative(segment.ack);
    packet.tcp.seqRaw = segment.seq.raw();
    packet.tcp.ackRaw = segment.ack.raw();
    packet.tcp.len = static_cast<std::uint32_t>(segment.payload.size());
    packet.tcp.window = segment.wnd;
    packet.transit.departed = Sighting{world.now, moment_};
    for (const Side side : kSides) packet.states[side] = world.hosts[side].endpoint.state();

    const SentRange range{packet.tcp.seq, packet.tcp.seq + segment.len(), number};
    if (sent.retransmission) {
        for (const SentRange& earlier : sent_[from])
            if (earlier.from <= range.from && range.from < earlier.to)
                packet.retransmissionOf = earlier.packet;
    }
    if (segment.len() > 0 && !segment.ctl.rst) sent_[from].push_back(range);

    wire::FrameAddresses addresses{.from = addresses_[from],
                                   .to = addresses_[other(from)],
                                   .ipId = static_cast<std::uint16_t>(number),
                                   .ecn = sent.ecn};
    if (from == Side::Server) std::swap(addresses.fromMac, addresses.toMac);
    const std::vector<std::uint8_t> octets = wire::encodeFrame(addresses, segment);
    packet.originalLength = static_cast<std::uint32_t>(octets.size());
    sink_.packet(packet, octets);
}

void Recorder::variables(const net::World& world, Entry entry) {
    const Variables now = variablesOf(world.hosts[entry.side].endpoint.tcb());
    Variables& before = variables_[entry.side];
    for (std::size_t i = 0; i < now.size(); ++i) {
        if (now[i] == before[i]) continue;
        entry.what = VariableChanged{now[i].name, before[i].value, now[i].value, now[i].isSequence};
        sink_.entry(entry);
    }
    before = now;
}

}  // namespace tcplab
