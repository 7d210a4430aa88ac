#include "sim/trace/prediction.h"

#include "sim/trace/label.h"

#include <algorithm>
#include <chrono>
#include <string>

namespace tcplab {

namespace {

using namespace std::chrono_literals;

constexpr Moment kStepsLooked = 40;  ///< How far into a future is looked.
constexpr std::size_t kMostWrong = 3;
constexpr std::uint32_t kOctets = 100;  ///< Of a send() that somebody might call.

bool isDecisive(const Entry& entry) {
    return std::holds_alternative<Sent>(entry.what) || std::holds_alternative<Entered>(entry.what);
}

/// The first step after `at` that decides something; 0 where there is none.
Moment decisiveAfter(const Trace& trace, Moment at) {
    for (const Entry& entry : trace.entries())
        if (entry.moment > at && isDecisive(entry)) return entry.moment;
    return 0;
}

/// What the step shows to whoever looks at the ends: the numbers of packets are no part of it.
std::string substanceOf(const Outlook& outlook) {
    std::string text;
    for (const Entry& entry : outlook.trace.entries()) {
        if (outlook.moment == 0 || entry.moment != outlook.moment || !isDecisive(entry)) continue;
        text += std::string{toString(entry.side)} + ' ';
        if (const auto* sent = std::get_if<Sent>(&entry.what))
            text += labelOf(*outlook.trace.find(sent->packet));
        else
            text += labelOf(outlook.trace, entry.what);
        text += '\n';
    }
    return text;
}

/// What somebody could do now, the most telling first.
std::vector<net::Choice> turnsAt(const Trace& trace, Moment at) {
    std::vector<net::Choice> turns;
    for (const PacketId packet : onTheWay(trace, at))
        turns.emplace_back(net::Befall{.packet = packet, .kind = net::Fault::Kind::Drop});
    const auto call = [&turns](net::CallKind kind) {
        for (const Side side : kSides) {
            net::Call made{.kind = kind};
            if (kind == net::CallKind::Send) made.octets = net::alphabet(kOctets);
            turns.emplace_back(net::Interject{side, std::move(made)});
        }
    };
    call(net::CallKind::Close);
    for (const PacketId packet : onTheWay(trace, at))
        turns.emplace_back(
            net::Befall{.packet = packet, .kind = net::Fault::Kind::Delay, .extra = 100ms});
    call(net::CallKind::Send);
    call(net::CallKind::Abort);
    return turns;
}

Course shortened(const Futures::Future& future, Moment at) {
    Course course = future.course;
    std::erase_if(course.forks, [at](const Fork& fork) { return fork.at >= at; });
    course.steps = at + kStepsLooked;
    return course;
}

}  // namespace

std::optional<Prediction> predict(const Futures::Future& future, Moment at) {
    Prediction prediction;
    Outlook right{.trace = future.trace, .moment = decisiveAfter(future.trace, at)};
    if (right.moment == 0) return std::nullopt;
    std::vector<std::string> told{substanceOf(right)};

    for (const net::Choice& turn : turnsAt(future.trace, at)) {
        if (prediction.outlooks.size() == kMostWrong) break;
        Course course = shortened(future, at);
        course.forks.push_back({at, turn});
        auto trace = simulate(future.scenario, course);
        if (!trace) continue;
        Outlook other{.turn = turn, .trace = *std::move(trace)};
        other.moment = decisiveAfter(other.trace, at);
        std::string substance = substanceOf(other);
        if (std::ranges::find(told, substance) != told.end()) continue;
        told.push_back(std::move(substance));
        prediction.outlooks.push_back(std::move(other));
    }
    if (prediction.outlooks.empty()) return std::nullopt;
    // Not always in the same place, and always the same in the same place of a run.
    prediction.right = right.moment % (prediction.outlooks.size() + 1);
    prediction.outlooks.insert(
        prediction.outlooks.begin() + static_cast<std::ptrdiff_t>(prediction.right),
        std::move(right));
    return prediction;
}

}  // namespace tcplab
