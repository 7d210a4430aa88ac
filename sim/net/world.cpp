#include "sim/net/world.h"

#include "sim/base/overloaded.h"
#include "sim/tcp/clauses.h"
#include "sim/wire/frame.h"

#include <algorithm>

namespace tcplab::net {
namespace {

/// What a call that never waits returns when it is not refused.
std::string successOf(const Call& call) {
    return call.kind == CallKind::Send ? std::to_string(call.octets.size()) : "0";
}

/// One choice in progress.
class Doing {
public:
    Doing(World& world, Outcome& outcome) : world_{world}, outcome_{outcome} {}

    void deliver(std::uint32_t number);
    void drop(std::uint32_t number);
    void fire(Side side, tcp::Timer timer);
    void makeCall(Side side);
    void befall(const Befall& fault);
    void interject(Side side, const Call& call);

private:
    Host& host() { return world_.hosts[outcome_.side]; }
    void advanceTo(Instant at) { world_.now = std::max(world_.now, at); }
    void feed(const tcp::Event& event);
    void depart(const Segment& segment, wire::Ecn ecn);
    void note(const tcp::Action& action);
    void begin(const Call& call);
    void carryOut(const Call& call);
    void refused(tcp::CallError error);
    void finish(std::string result);
    void fail(std::string_view why);
    Seq chooseIss();

    World& world_;
    Outcome& outcome_;
    bool interjecting_ = false;
    std::optional<std::string> refusal_{};  ///< Of the call that is interjected.
};

void Doing::deliver(std::uint32_t number) {
    const InFlight packet = world_.inFlight.take(number);
    advanceTo(packet.due);
    outcome_.side = packet.to;
    outcome_.deeds.emplace_back(PacketArrived{number});
    if (packet.corrupt) {
        outcome_.deeds.emplace_back(Acted{tcp::Discard{tcp::clause::kChecksumWrong}});
        return;
    }
    feed(tcp::SegmentArrives{packet.segment, packet.ecn});
}

void Doing::drop(std::uint32_t number) {
    const InFlight packet = world_.inFlight.take(number);
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
            depart(transmit->segment, transmit->ecn);
            outcome_.deeds.emplace_back(Acted{action, world_.departed});
        } else {
            outcome_.deeds.emplace_back(Acted{action});
            note(action);
        }
    }
}

void Doing::depart(const Segment& segment, wire::Ecn ecn) {
    const std::size_t ipOctets =
        wire::ipOctetsOf(segment, world_.hosts[outcome_.side].address.version);
    const Journey journey =
        net::depart(world_.links[outcome_.side], segment, ipOctets, world_.now, world_.rng);
    InFlight packet{.number = ++world_.departed,
                    .to = other(outcome_.side),
                    .segment = segment,
                    .due = journey.due,
                    .doomed = journey.lost,
                    .corrupt = journey.corrupt,
                    .ecn = ecn};
    if (journey.twice && !journey.lost) world_.inFlight.push(packet);
    world_.inFlight.push(std::move(packet));
}

void Doing::befall(const Befall& fault) {
    InFlight packet = world_.inFlight.take(fault.packet);
    outcome_.side = other(packet.to);
    switch (fault.kind) {
        case Fault::Kind::Drop: packet.doomed = true; break;
        case Fault::Kind::Delay: packet.due += fault.extra; break;
        case Fault::Kind::Duplicate: world_.inFlight.push(packet); break;
        case Fault::Kind::Corrupt: packet.corrupt = true; break;
    }
    world_.inFlight.push(std::move(packet));
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
                   [&](const tcp::Refuse& refusal) { refused(refusal.error); },
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
                           case tcp::Notice::Unreachable: return fail("EHOSTUNREACH");
                           case tcp::Notice::Closed:
                           case tcp::Notice::SoftError:
                           case tcp::Notice::Trouble:
                           case tcp::Notice::Urgent: return;
                           // Nobody else is here to take it: it meets a closed end.
                           case tcp::Notice::Superseded: return;
                       }
                   },
                   [](const tcp::Transmit&) {},
                   [](const tcp::Arm&) {},
                   [](const tcp::Disarm&) {},
                   [](const tcp::Discard&) {},
               },
               action);
}

void Doing::refused(tcp::CallError error) {
    const auto answer = [&](std::string result) {
        if (interjecting_)
            refusal_ = std::move(result);
        else
            finish(std::move(result));
    };
    if (!interjecting_ && !host().waiting) return;
    const bool receives =
        !interjecting_ && (*host().program)[host().nextCall].kind == CallKind::Recv;
    switch (error) {
        case tcp::CallError::NoConnection:
            return answer(std::string{host().failure.value_or("ENOTCONN")});
        case tcp::CallError::ConnectionExists: return answer("EISCONN");
        case tcp::CallError::Closing: return answer(receives ? "0" : "EPIPE");
    }
}

void Doing::begin(const Call& call) {
    host().waiting = true;
    host().callNumber = ++world_.called;
    outcome_.deeds.emplace_back(CallBegan{host().callNumber, toString(call)});
    switch (call.kind) {
        case CallKind::Accept:
            if (host().enteredAt[static_cast<std::size_t>(tcp::State::Established)]) finish("0");
            return;
        case CallKind::Connect: return feed(tcp::ActiveOpen{chooseIss()});
        case CallKind::Recv: return feed(tcp::Receive{call.count});
        case CallKind::Listen:
        case CallKind::Send:
        case CallKind::Shutdown:
        case CallKind::Close:
        case CallKind::Abort:
        case CallKind::SetOption:
            carryOut(call);
            if (host().waiting) finish(successOf(call));
            return;
    }
}

// A call that never waits.
void Doing::carryOut(const Call& call) {
    const tcp::Endpoint& endpoint = host().endpoint;
    switch (call.kind) {
        case CallKind::Listen: return feed(tcp::PassiveOpen{chooseIss()});
        case CallKind::Send: return feed(tcp::Send{call.octets});
        case CallKind::Shutdown: return feed(tcp::Close{});
        case CallKind::Close:
            // The socket goes in any case; TCP hears of it only if it has not before.
            if (!endpoint.tcb().closeRequested && endpoint.state() != tcp::State::Closed)
                feed(tcp::Close{});
            return;
        case CallKind::Abort:
            if (endpoint.state() != tcp::State::Closed) feed(tcp::Abort{});
            return;
        case CallKind::SetOption:
            set(host().config, call.option, call.value);
            return feed(tcp::ConfigChanged{});
        case CallKind::Accept:
        case CallKind::Connect:
        case CallKind::Recv: TCPLAB_UNREACHABLE();
    }
}

void Doing::interject(Side side, const Call& call) {
    outcome_.side = side;
    if (!neverWaits(call.kind)) {
        // It is the program's own next call: nobody else could wait for it.
        auto program = std::make_shared<Program>(*host().program);
        program->insert(program->begin() + static_cast<std::ptrdiff_t>(host().nextCall), call);
        host().program = std::move(program);
        return begin(call);
    }
    const std::uint32_t number = ++world_.called;
    const bool lived = host().endpoint.state() != tcp::State::Closed;
    outcome_.deeds.emplace_back(CallBegan{number, toString(call)});
    interjecting_ = true;
    carryOut(call);
    interjecting_ = false;
    outcome_.deeds.emplace_back(
        CallReturned{number, toString(call), refusal_.value_or(successOf(call))});
    // RFC 9293 3.10.4 and 3.10.5: whoever still waits is told.
    if (lived && host().endpoint.state() == tcp::State::Closed)
        fail(call.kind == CallKind::Abort ? "ECONNRESET" : "ECONNABORTED");
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
                   [&](const Befall& c) { doing.befall(c); },
                   [&](const Interject& c) { doing.interject(c.side, c.call); },
               },
               choice);
    return outcome;
}

bool isOpen(const World& world, const Choice& choice) {
    const auto flies = [&](std::uint32_t packet) { return world.inFlight.contains(packet); };
    return std::visit(
        Overloaded{
            [&](const Deliver& c) { return flies(c.packet); },
            [&](const Drop& c) { return flies(c.packet); },
            [&](const Fire& c) {
                return world.hosts[c.side].endpoint.tcb().timers.due(c.timer).has_value();
            },
            [&](const MakeCall& c) { return callDue(world, c.side).has_value(); },
            [&](const Befall& c) { return flies(c.packet); },
            [&](const Interject& c) {
                return neverWaits(c.call.kind) || !world.hosts[c.side].waiting;
            },
        },
        choice);
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
