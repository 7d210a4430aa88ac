#include "sim/net/world.h"

#include "sim/base/overloaded.h"
#include "sim/tcp/clauses.h"
#include "sim/wire/frame.h"

#include <algorithm>

namespace tcplab::net {
namespace {

/// One choice in progress.
class Doing {
public:
    Doing(World& world, Outcome& outcome) : world_{world}, outcome_{outcome} {}

    void deliver(std::uint32_t number);
    void drop(std::uint32_t number);
    void fire(Side side, tcp::Timer timer);
    void makeCall(Side side);

private:
    Host& host() { return world_.hosts[outcome_.side]; }
    void advanceTo(Instant at) { world_.now = std::max(world_.now, at); }
    InFlight take(std::uint32_t number);
    void feed(const tcp::Event& event);
    void depart(const Segment& segment);
    void note(const tcp::Action& action);
    void begin(const Call& call);
    void finish(std::string result);
    void fail(std::string_view why);
    Seq chooseIss();

    World& world_;
    Outcome& outcome_;
};

InFlight Doing::take(std::uint32_t number) {
    const auto found = std::ranges::find(world_.inFlight, number, &InFlight::number);
    TCPLAB_CHECK(found != world_.inFlight.end());
    InFlight packet = std::move(*found);
    world_.inFlight.erase(found);
    return packet;
}

void Doing::deliver(std::uint32_t number) {
    const InFlight packet = take(number);
    advanceTo(packet.due);
    outcome_.side = packet.to;
    outcome_.deeds.emplace_back(PacketArrived{number});
    if (packet.corrupt) {
        outcome_.deeds.emplace_back(Acted{tcp::Discard{tcp::clause::kChecksumWrong}});
        return;
    }
    feed(tcp::SegmentArrives{packet.segment});
}

void Doing::drop(std::uint32_t number) {
    const InFlight packet = take(number);
    advanceTo(packet.due);
    outcome_.side = other(packet.to);
    outcome_.deeds.emplace_back(PacketLost{number});
}

void Doing::fire(Side side, tcp::Timer timer) {
    outcome_.side = side;
    const auto due = host().endpoint.tcb().timers.due(timer);
    TCPLAB_CHECK(due.has_value());
    advanceTo(*due);
    outcome_.deeds.emplace_back(TimerFired{timer});
    feed(tcp::Timeout{timer});
}

void Doing::makeCall(Side side) {
    outcome_.side = side;
    const auto due = callDue(world_, side);
    TCPLAB_CHECK(due.has_value());
    advanceTo(*due);
    begin((*host().program)[host().nextCall]);
}

// Hands the event to the machine and carries out what it asks for.
void Doing::feed(const tcp::Event& event) {
    tcp::Actions actions;
    host().endpoint.on(event, world_.now, host().config, actions);
    for (const tcp::Action& action : actions) {
        if (const auto* transmit = std::get_if<tcp::Transmit>(&action)) {
            depart(transmit->segment);
            outcome_.deeds.emplace_back(Acted{action, world_.departed});
        } else {
            outcome_.deeds.emplace_back(Acted{action});
            note(action);
        }
    }
}

void Doing::depart(const Segment& segment) {
    const std::size_t ipOctets =
        wire::ipOctetsOf(segment, world_.hosts[outcome_.side].address.version);
    const Journey journey =
        net::depart(world_.links[outcome_.side], segment, ipOctets, world_.now, world_.rng);
    InFlight packet{.number = ++world_.departed,
                    .to = other(outcome_.side),
                    .segment = segment,
                    .due = journey.due,
                    .doomed = journey.lost,
                    .corrupt = journey.corrupt};
    for (int copies = journey.twice && !journey.lost ? 2 : 1; copies > 0; --copies) {
        const auto later =
            std::ranges::upper_bound(world_.inFlight, packet.due, {}, &InFlight::due);
        world_.inFlight.insert(later, packet);
    }
}

// What the machine says may let a call return.
void Doing::note(const tcp::Action& action) {
    const auto waitsIn = [&](CallKind kind) {
        return host().waiting && (*host().program)[host().nextCall].kind == kind;
    };
    std::visit(Overloaded{
                   [&](const tcp::Enter& change) {
                       auto& at = host().enteredAt[static_cast<std::size_t>(change.to)];
                       if (!at) at = world_.now;
                   },
                   [&](const tcp::Deliver& delivery) {
                       if (waitsIn(CallKind::Recv)) finish(std::to_string(delivery.octets.size()));
                   },
                   [&](const tcp::Refuse& refusal) {
                       if (!host().waiting) return;
                       if (waitsIn(CallKind::Recv) && refusal.error == tcp::CallError::Closing)
                           return finish("0");
                       switch (refusal.error) {
                           case tcp::CallError::NoConnection:
                               return finish(std::string{host().failure.value_or("ENOTCONN")});
                           case tcp::CallError::ConnectionExists: return finish("EISCONN");
                           case tcp::CallError::Closing: return finish("EPIPE");
                       }
                   },
                   [&](const tcp::Signal& signal) {
                       switch (signal.notice) {
                           case tcp::Notice::Established:
                               if (waitsIn(CallKind::Connect) || waitsIn(CallKind::Accept))
                                   finish("0");
                               return;
                           case tcp::Notice::EndOfData: return;
                           case tcp::Notice::Refused: return fail("ECONNREFUSED");
                           case tcp::Notice::Reset: return fail("ECONNRESET");
                           case tcp::Notice::TimedOut: return fail("ETIMEDOUT");
                           case tcp::Notice::Closed: return;
                       }
                   },
                   [](const tcp::Transmit&) {},
                   [](const tcp::Arm&) {},
                   [](const tcp::Disarm&) {},
                   [](const tcp::Discard&) {},
               },
               action);
}

void Doing::begin(const Call& call) {
    host().waiting = true;
    host().callNumber = ++world_.called;
    outcome_.deeds.emplace_back(CallBegan{host().callNumber, toString(call)});
    switch (call.kind) {
        case CallKind::Listen:
            feed(tcp::PassiveOpen{chooseIss()});
            if (host().waiting) finish("0");
            return;
        case CallKind::Accept:
            if (host().enteredAt[static_cast<std::size_t>(tcp::State::Established)]) finish("0");
            return;
        case CallKind::Connect: return feed(tcp::ActiveOpen{chooseIss()});
        case CallKind::Send:
            feed(tcp::Send{call.octets});
            if (host().waiting) finish(std::to_string(call.octets.size()));
            return;
        case CallKind::Recv: return feed(tcp::Receive{call.count});
        case CallKind::Shutdown:
            feed(tcp::Close{});
            if (host().waiting) finish("0");
            return;
        case CallKind::Close:
            // The socket goes in any case; TCP hears of it only if it has not before.
            if (!host().endpoint.tcb().closeRequested &&
                host().endpoint.state() != tcp::State::Closed)
                feed(tcp::Close{});
            if (host().waiting) finish("0");
            return;
        case CallKind::Abort:
            if (host().endpoint.state() != tcp::State::Closed) feed(tcp::Abort{});
            if (host().waiting) finish("0");
            return;
    }
}

void Doing::finish(std::string result) {
    const Call& call = (*host().program)[host().nextCall];
    const bool again =
        call.untilEnd && result.find_first_not_of("0123456789") == result.npos && result != "0";
    outcome_.deeds.emplace_back(CallReturned{host().callNumber, toString(call), std::move(result)});
    host().waiting = false;
    host().freeSince = world_.now;
    if (!again) ++host().nextCall;
}

void Doing::fail(std::string_view why) {
    host().failure = why;
    if (host().waiting) finish(std::string{why});
}

Seq Doing::chooseIss() {
    return host().iss.value_or(Seq{static_cast<std::uint32_t>(world_.rng.next() >> 32U)});
}

}  // namespace

bool operator==(const Host& a, const Host& b) {
    return a.address == b.address && a.config == b.config && a.iss == b.iss &&
           a.endpoint == b.endpoint && a.enteredAt == b.enteredAt && *a.program == *b.program &&
           a.nextCall == b.nextCall && a.waiting == b.waiting && a.callNumber == b.callNumber &&
           a.freeSince == b.freeSince && a.failure == b.failure;
}

Outcome step(World& world, const Choice& choice) {
    Outcome outcome;
    Doing doing{world, outcome};
    std::visit(Overloaded{
                   [&](const Deliver& c) { doing.deliver(c.packet); },
                   [&](const Drop& c) { doing.drop(c.packet); },
                   [&](const Fire& c) { doing.fire(c.side, c.timer); },
                   [&](const MakeCall& c) { doing.makeCall(c.side); },
               },
               choice);
    return outcome;
}

std::optional<Instant> callDue(const World& world, Side side) {
    const Host& host = world.hosts[side];
    if (host.waiting || host.nextCall == host.program->size()) return std::nullopt;
    const Call& call = (*host.program)[host.nextCall];
    Instant due = std::max(host.freeSince, call.at.value_or(host.freeSince));
    if (call.after) {
        const auto& at =
            world.hosts[call.after->side].enteredAt[static_cast<std::size_t>(call.after->state)];
        if (!at) return std::nullopt;
        due = std::max(due, *at);
    }
    return due + call.delay;
}

}  // namespace tcplab::net
