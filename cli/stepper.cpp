#include "cli/stepper.h"

#include "sim/base/nearest.h"
#include "sim/base/overloaded.h"
#include "sim/trace/simulate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

namespace tcplab::cli {
namespace {

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return std::string{text.substr(first, text.find_last_not_of(" \t\r") - first + 1)};
}

std::optional<std::uint32_t> numberIn(std::string_view word) {
    std::uint32_t number = 0;
    const auto read = std::from_chars(word.data(), word.data() + word.size(), number);
    if (read.ec != std::errc{} || read.ptr != word.data() + word.size()) return std::nullopt;
    return number;
}

}  // namespace

Stepper::Stepper(net::Scenario scenario, std::uint64_t seed, Language language, Notation notation)
    : scenario_{std::move(scenario)}, seed_{seed}, language_{language}, notation_{notation} {
    replay();
}

void Stepper::replay() {
    trace_ = Trace{Origin::Simulated};
    simulate(scenario_, seed_, forced_, trace_);
}

void Stepper::help(std::ostream& out) const {
    out << "  Enter, n   one step on          b   one step back\n"
           "  12         to step 12           e   to the end\n"
           "  s STATE    to where an end enters the state; s client STATE: this end\n"
           "  d 4        drop packet 4, which is on its way: another future begins\n"
           "  a          the answer to what is asked here\n"
           "  h  help    q  quit\n";
}

void Stepper::say(const Entry& entry, std::ostream& out) const {
    const auto packet = [&](PacketId number) {
        return fmt::format("{}  {}", number, labelOf(*trace_.find(number), notation_));
    };
    const std::string text = std::visit(
        Overloaded{
            [&](const Sent& what) { return "sends    " + packet(what.packet); },
            [&](const Arrived& what) { return "receives " + packet(what.packet); },
            [&](const Lost& what) { return "loses    " + packet(what.packet); },
            [&](const Discarded& what) { return fmt::format("discards {}", what.packet); },
            [](const Entered& what) {
                return fmt::format("{} -> {}", tcp::toString(what.from), tcp::toString(what.to));
            },
            [](const Called& what) { return what.text; },
            [](const Returned& what) { return what.text + " = " + what.result; },
            [](const Armed& what) { return fmt::format("starts the {} timer", what.timer); },
            [](const Disarmed& what) { return fmt::format("stops the {} timer", what.timer); },
            [](const Fired& what) { return fmt::format("{} timeout", what.timer); },
            [](const VariableChanged& what) {
                return fmt::format("{} = {}, was {}", what.name, what.after, what.before);
            },
        },
        entry.what);
    out << fmt::format("  {} {}", toString(entry.side), text);
    if (entry.why) out << "   " << entry.why.citation();
    out << '\n';
    if (entry.why && std::holds_alternative<Entered>(entry.what))
        out << "         " << entry.why->says.in(language_) << '\n';
}

Instant Stepper::timeAt(Moment moment) const {
    Instant time{};
    for (const Entry& entry : trace_.entries())
        if (entry.moment <= moment) time = std::max(time, entry.at);
    return time;
}

// A question is asked at the first step of its time or later; one without a time at the end.
std::vector<net::Question> Stepper::questions() const {
    std::vector<net::Question> asked;
    if (at_ == 0) return asked;
    for (const net::Question& question : scenario_.questions) {
        const bool hasItsTime = question.at && *question.at <= timeAt(trace_.moments());
        const bool now = hasItsTime ? timeAt(at_ - 1) < *question.at && *question.at <= timeAt(at_)
                                    : at_ == trace_.moments();
        if (now) asked.push_back(question);
    }
    return asked;
}

void Stepper::show(std::ostream& out) const {
    const Instant now = timeAt(at_);
    out << fmt::format("step {}/{}  {:.3f} s  client {}  server {}\n",
                       at_,
                       trace_.moments(),
                       std::chrono::duration<double>(now.time_since_epoch()).count(),
                       toString(stateAt(trace_, 0, Side::Client, at_)),
                       toString(stateAt(trace_, 0, Side::Server, at_)));
    for (const Entry& entry : trace_.entries())
        if (entry.moment == at_ && at_ > 0) say(entry, out);
    for (const net::Question& question : questions())
        out << "  ? " << question.ask.in(language_) << '\n';
}

void Stepper::goTo(Moment moment, std::ostream& out) {
    at_ = std::min(moment, trace_.moments());
    show(out);
}

void Stepper::goToState(const std::string& words, std::ostream& out) {
    std::optional<Side> side;
    std::string name = words;
    for (const Side one : kSides) {
        const std::string prefix = std::string{toString(one)} + " ";
        if (!name.starts_with(prefix)) continue;
        side = one;
        name = trimmed(name.substr(prefix.size()));
    }
    std::ranges::transform(name, name.begin(), [](char c) {
        return 'a' <= c && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    const auto state = tcp::stateNamed(name);
    if (!state) {
        std::vector<std::string_view> names;
        for (const tcp::State one : tcp::kStates) names.push_back(tcp::toString(one));
        const auto right = nearest(name, names);
        out << "  '" << name << "' is no state"
            << (right ? "; did you mean " + std::string{*right} + "?" : "") << '\n';
        return;
    }
    for (const Entry& entry : trace_.entries()) {
        const auto* change = std::get_if<Entered>(&entry.what);
        if (change == nullptr || entry.moment <= at_ || change->to != *state) continue;
        if (side && entry.side != *side) continue;
        return goTo(entry.moment, out);
    }
    out << "  no end enters " << name << " from here on\n";
}

void Stepper::drop(const std::string& word, std::ostream& out) {
    const auto number = numberIn(word);
    const Packet* packet = number ? trace_.find(*number) : nullptr;
    const auto onItsWay = [&] {
        const Transit& transit = packet->transit;
        const auto end = transit.arrived ? transit.arrived : transit.lost;
        return transit.departed->moment <= at_ && (!end || at_ < end->moment);
    };
    if (packet == nullptr || !onItsWay()) {
        out << "  packet " << word << " is not on its way now\n";
        return;
    }
    forced_ = choicesOf(scenario_, seed_, forced_, at_);
    forced_.emplace_back(net::Drop{*number});
    replay();
    goTo(at_ + 1, out);
}

Stepper::Next Stepper::obey(const std::string& line, std::ostream& out) {
    const std::string command = trimmed(line);
    const std::string word = trimmed(command.substr(std::min<std::size_t>(1, command.size())));
    if (const auto number = numberIn(command)) {
        goTo(*number, out);
        return Next::Go;
    }
    switch (command.empty() ? 'n' : command.front()) {
        case 'n': goTo(at_ + 1, out); break;
        case 'b': goTo(at_ - std::min<Moment>(at_, 1), out); break;
        case 'e': goTo(trace_.moments(), out); break;
        case 's': goToState(word, out); break;
        case 'd': drop(word, out); break;
        case 'a':
            for (const net::Question& question : questions())
                out << "  " << question.answer.in(language_) << '\n';
            break;
        case 'h':
        case '?': help(out); break;
        case 'q': return Next::Quit;
        default: out << "  '" << command << "' is no command\n"; help(out);
    }
    return Next::Go;
}

void Stepper::run(std::istream& in, std::ostream& out) {
    out << scenario_.title.in(language_) << '\n';
    help(out);
    show(out);
    std::string line;
    for (out << "> " << std::flush; std::getline(in, line); out << "> " << std::flush)
        if (obey(line, out) == Next::Quit) return;
    out << '\n';
}

}  // namespace tcplab::cli
