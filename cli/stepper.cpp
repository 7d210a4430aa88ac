#include "cli/stepper.h"

#include "capture/tap_file.h"
#include "cli/run_diff.h"
#include "sim/base/words.h"
#include "sim/trace/question.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace tcplab::cli {
namespace {

double inSeconds(Instant at) {
    return std::chrono::duration<double>(at.time_since_epoch()).count();
}

/// The break points in force: `what` alone where it is given.
Expected<std::vector<BreakPoint>, Error> inForce(const std::string& what,
                                                 const std::vector<BreakPoint>& set) {
    if (what.empty()) return set;
    auto one = parseBreakPoint(what);
    if (!one) return Unexpected{one.error()};
    return std::vector<BreakPoint>{*std::move(one)};
}

}  // namespace

Stepper::Stepper(net::Scenario scenario, Course course, Language language, Notation notation)
    : futures_{std::move(scenario), std::move(course)}, language_{language}, notation_{notation} {}

void Stepper::tell(const Entry& entry, std::ostream& out) const {
    out << "  " << toString(entry.side) << ' '
        << labelOf(trace(), entry.what, notation_, language_);
    if (entry.why) out << "   " << entry.why.citation();
    out << '\n';
    if (entry.why && std::holds_alternative<Entered>(entry.what))
        out << "         " << entry.why->says.in(language_) << '\n';
}

Instant Stepper::timeAt(Moment moment) const {
    Instant time{};
    for (const Entry& entry : trace().entries())
        if (entry.moment <= moment) time = std::max(time, entry.at);
    return time;
}

std::vector<net::Question> Stepper::questions() const {
    std::vector<net::Question> asked;
    if (at_ == 0) return asked;
    for (const net::Question& question : futures_.current().scenario.questions)
        if (askedAt(trace(), question).value_or(trace().moments()) == at_)
            asked.push_back(question);
    return asked;
}

void Stepper::show(std::ostream& out) const {
    if (futures_.all().size() > 1) out << say("future ", "结局 ") << futures_.number() + 1 << "  ";
    out << fmt::format("{} {}/{}  {:.3f} s  client {}  server {}\n",
                       say("step", "步"),
                       at_,
                       trace().moments(),
                       inSeconds(timeAt(at_)),
                       toString(stateAt(trace(), 0, Side::Client, at_)),
                       toString(stateAt(trace(), 0, Side::Server, at_)));
    const auto turns = turnsOf(futures_.current().course);
    if (const auto turn = turns.find(at_); turn != turns.end())
        out << "  * " << toString(turn->second) << '\n';
    for (const Entry& entry : trace().entries())
        if (entry.moment == at_ && at_ > 0) tell(entry, out);
    if (const auto numbers = onTheWay(trace(), at_); !numbers.empty())
        out << fmt::format("  {} {}\n", say("on the way:", "在途："), fmt::join(numbers, ", "));
    for (const net::Question& question : questions())
        out << "  ? " << question.ask.in(language_) << '\n';
}

void Stepper::goTo(Moment moment, std::ostream& out) {
    at_ = std::min(moment, trace().moments());
    show(out);
}

void Stepper::addBreak(const std::string& what, std::ostream& out) {
    if (!what.empty()) {
        const auto added = parseBreakPoint(what);
        if (!added) {
            out << "  " << added.error().what << '\n';
            return;
        }
        breaks_.push_back(*added);
    }
    if (breaks_.empty()) out << say("  no break points\n", "  没有断点\n");
    for (std::size_t i = 0; i < breaks_.size(); ++i)
        out << fmt::format("  {}  {}  ({} {})\n",
                           i + 1,
                           toString(breaks_[i]),
                           say("stops in this future:", "在这种结局中停下的次数："),
                           stopsOf(trace(), breaks_[i]).size());
}

void Stepper::clear(const std::string& which, std::ostream& out) {
    const auto number = numberIn(which);
    if (which.empty())
        breaks_.clear();
    else if (number && 0 < *number && *number <= breaks_.size())
        breaks_.erase(breaks_.begin() + *number - 1);
    else
        out << say("  there is no break point ", "  没有断点 ") << which << '\n';
}

void Stepper::goOn(const std::string& what, std::ostream& out) {
    const auto wanted = inForce(what, breaks_);
    if (!wanted) {
        out << "  " << wanted.error().what << '\n';
        return;
    }
    std::optional<Moment> next;
    for (const BreakPoint& one : *wanted)
        for (const Moment stop : stopsOf(trace(), one))
            if (stop > at_ && (!next || stop < *next)) next = stop;
    if (!next && !what.empty()) {
        out << say("  that does not happen from here on\n", "  此后不再发生\n");
        return;
    }
    goTo(next.value_or(trace().moments()), out);
}

void Stepper::goBack(const std::string& what, std::ostream& out) {
    const auto wanted = inForce(what, breaks_);
    if (!wanted) {
        out << "  " << wanted.error().what << '\n';
        return;
    }
    std::optional<Moment> last;
    for (const BreakPoint& one : *wanted)
        for (const Moment stop : stopsOf(trace(), one))
            if (stop < at_ && (!last || stop > *last)) last = stop;
    if (!last && !what.empty()) {
        out << say("  that has not happened before\n", "  此前没有发生过\n");
        return;
    }
    goTo(last.value_or(0), out);
}

void Stepper::turn(const std::string& words, std::ostream& out) {
    const auto choice = parseTurn(words);
    if (!choice) {
        out << "  " << choice.error().what << '\n';
        return;
    }
    if (const auto taken = futures_.turn(at_, *choice); !taken) {
        out << "  " << taken.error().what << '\n';
        return;
    }
    goTo(at_ + 1, out);
}

void Stepper::chooseFuture(const std::string& which, std::ostream& out) {
    const auto number = numberIn(which);
    const auto& all = futures_.all();
    if (number && 0 < *number && *number <= all.size()) {
        futures_.choose(*number - 1);
        return goTo(at_, out);
    }
    if (!which.empty()) out << say("  there is no future ", "  没有结局 ") << which << '\n';
    for (std::size_t i = 0; i < all.size(); ++i) {
        std::vector<std::string> forks;
        for (const Fork& fork : all[i].course.forks) forks.push_back(toString(fork));
        out << fmt::format("{} {}  {}\n",
                           i == futures_.number() ? '*' : ' ',
                           i + 1,
                           forks.empty() ? say("as written", "按场景进行")
                                         : fmt::format("{}", fmt::join(forks, ", ")));
    }
}

void Stepper::compare(const std::string& which, std::ostream& out) const {
    const auto number = numberIn(which);
    const auto& all = futures_.all();
    const bool known = number && 0 < *number && *number <= all.size();
    if (!which.empty() && !known) {
        out << say("  there is no future ", "  没有结局 ") << which << '\n';
        return;
    }
    const std::size_t with = known ? *number - 1 : futures_.current().from;
    const auto name = [&](std::size_t future) {
        return say("future ", "结局 ") + std::to_string(future + 1);
    };
    if (with == futures_.number()) {
        out << say("  this is the only future, or the one you are in: fork first, as in drop 4\n",
                   "  没有可比较的结局：先分支，例如 drop 4\n");
        return;
    }
    const LadderStyle style{notation_, language_, false};
    printRunDiff({all[with].trace, name(with)}, {trace(), name(futures_.number())}, style, out);
}

void Stepper::info(std::ostream& out) const {
    for (const PacketId number : onTheWay(trace(), at_)) {
        const Packet& packet = *trace().find(number);
        const auto end = packet.transit.arrived ? packet.transit.arrived : packet.transit.lost;
        out << fmt::format("  {} -> {}  {}  {}",
                           toString(packet.from),
                           toString(other(packet.from)),
                           number,
                           labelOf(packet, notation_));
        if (end)
            out << fmt::format(
                "  {} {:.3f} s",
                packet.transit.arrived ? say("arrives", "到达于") : say("lost", "丢失于"),
                inSeconds(end->at));
        out << '\n';
    }
    std::map<std::pair<Side, std::string_view>, Instant> running;
    for (const Entry& entry : trace().entries()) {
        if (entry.moment > at_) break;
        if (const auto* armed = std::get_if<Armed>(&entry.what))
            running[{entry.side, armed->timer}] = armed->due;
        if (const auto* disarmed = std::get_if<Disarmed>(&entry.what))
            running.erase({entry.side, disarmed->timer});
        if (const auto* fired = std::get_if<Fired>(&entry.what))
            running.erase({entry.side, fired->timer});
    }
    for (const auto& [timer, due] : running)
        out << fmt::format("  {}: {} {} {:.3f} s\n",
                           toString(timer.first),
                           timer.second,
                           say("timer runs out at", "计时器到期于"),
                           inSeconds(due));
    if (onTheWay(trace(), at_).empty() && running.empty())
        out << say("  nothing is on its way, and no timer runs\n",
                   "  没有在途的报文段，也没有计时器在走\n");
}

void Stepper::answer(std::ostream& out) const {
    const auto asked = questions();
    for (const net::Question& question : asked)
        out << "  " << question.answer.in(language_) << '\n';
    if (asked.empty()) out << say("  nothing is asked here\n", "  此处没有问题\n");
}

void Stepper::write(const std::string& path, std::ostream& out) const {
    constexpr double kMiddle = 0.5;
    if (path.empty()) {
        out << say("  write: expected a file's name\n", "  write：需要文件名\n");
        return;
    }
    const auto failed = capture::writeTap(trace(), kMiddle, path);
    out << "  " << (failed ? failed->what : path + say(" is written", " 已写入")) << '\n';
}

}  // namespace tcplab::cli
