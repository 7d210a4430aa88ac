#include "sim/trace/futures.h"

#include "sim/base/check.h"

#include <algorithm>
#include <utility>

namespace tcplab {

Futures::Futures(net::Scenario scenario, Course course) {
    auto trace = simulate(scenario, course);
    TCPLAB_CHECK(trace.has_value());
    futures_.push_back(
        {.scenario = std::move(scenario), .course = std::move(course), .trace = *std::move(trace)});
}

void Futures::choose(std::size_t number) {
    TCPLAB_CHECK(number < futures_.size());
    current_ = number;
}

Expected<bool, Error> Futures::turn(Moment at, const net::Choice& choice) {
    Future future{.scenario = current().scenario,
                  .course = current().course,
                  .left = at,
                  .turn = toString(choice)};
    std::erase_if(future.course.forks, [at](const Fork& fork) { return fork.at >= at; });
    future.course.forks.push_back({at, choice});
    return add(std::move(future));
}

Expected<bool, Error> Futures::replay(net::Scenario scenario, std::string what) {
    return add(
        {.scenario = std::move(scenario), .course = current().course, .turn = std::move(what)});
}

Expected<bool, Error> Futures::add(Future future) {
    auto trace = simulate(future.scenario, future.course);
    if (!trace) return Unexpected{trace.error()};
    future.trace = *std::move(trace);
    future.from = current_;
    recall(std::move(future));
    return true;
}

std::optional<Futures::Future> Futures::forgetLast() {
    if (futures_.size() == 1) return std::nullopt;
    std::optional<Future> last{std::move(futures_.back())};
    futures_.pop_back();
    current_ = last->from;
    return last;
}

void Futures::recall(Future future) {
    futures_.push_back(std::move(future));
    current_ = futures_.size() - 1;
}

std::map<Moment, net::Choice> turnsOf(const Course& course) {
    std::map<Moment, net::Choice> turns;
    Moment last = 0;
    for (const Fork& fork : course.forks) {
        last = std::max(fork.at, last) + 1;
        turns.emplace(last, fork.choice);
    }
    return turns;
}

std::vector<PacketId> onTheWay(const Trace& trace, Moment moment) {
    std::vector<PacketId> numbers;
    for (const Packet& packet : trace.packets()) {
        const auto& [departed, seen, arrived, lost] = packet.transit;
        const auto& end = arrived ? arrived : lost;
        if (departed && departed->moment <= moment && (!end || moment < end->moment))
            numbers.push_back(packet.number);
    }
    return numbers;
}

}  // namespace tcplab
