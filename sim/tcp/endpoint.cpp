#include "sim/tcp/endpoint.h"

#include "sim/base/overloaded.h"
#include "sim/tcp/step.h"

namespace tcplab::tcp {

namespace {

void take(Step& step, const Event& event) {
    std::visit(Overloaded{
                   [&](const PassiveOpen& call) { step.passiveOpen(call); },
                   [&](const ActiveOpen& call) { step.activeOpen(call); },
                   [&](const Send& call) { step.send(call); },
                   [&](const Receive& call) { step.receive(call); },
                   [&](const Close&) { step.close(); },
                   [&](const EndReceiving&) { step.endReceiving(); },
                   [&](const Abort&) { step.abort(); },
                   [&](const SegmentArrives& arrival) { step.segmentArrives(arrival); },
                   [&](const IcmpArrives& arrival) { step.icmpArrives(arrival); },
                   [&](const ConfigChanged&) { step.configChanged(); },
                   [&](const Timeout& timeout) { step.timeout(timeout.timer); },
               },
               event);
    step.output();
}

}  // namespace

void Endpoint::on(const Event& event, Instant now, const Config& config, Actions& out) {
    Step step{tcb_, config, now, out};
    take(step, event);
}

Silences Endpoint::explain(const Event& event, Instant now, const Config& config) const {
    Endpoint copy{*this};
    Actions actions;
    Step step{copy.tcb_, config, now, actions};
    take(step, event);
    Silences silences;
    step.explain(silences);
    return silences;
}

std::optional<Endpoint::Deadline> Endpoint::nextDeadline() const {
    std::optional<Deadline> earliest;
    for (const Timer timer : kTimers)
        if (const auto due = tcb_.timers.due(timer); due && (!earliest || *due < earliest->due))
            earliest = Deadline{*due, timer};
    return earliest;
}

}  // namespace tcplab::tcp
