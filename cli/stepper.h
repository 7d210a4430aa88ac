#pragma once

#include "sim/base/text.h"
#include "sim/net/scenario.h"
#include "sim/trace/break_point.h"
#include "sim/trace/futures.h"
#include "sim/trace/label.h"
#include "sim/trace/trace.h"

#include <cstddef>
#include <istream>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace tcplab::cli {

/// A run that a person steps through at a prompt: forward, back, to a place, to a break point, or
/// into another future. The futures that were left are kept, to return to and to compare.
/// docs/stepping.md has the commands.
class Stepper {
public:
    /// Begins with the run of `course`, whose forks can be taken.
    Stepper(net::Scenario scenario, Course course, Language language, Notation notation);

    /// Reads commands, a line each, until "quit" or the end of `in`.
    void run(std::istream& in, std::ostream& out);

private:
    struct Command;
    [[nodiscard]] static const std::vector<Command>& commands();
    /// False where the person wants no more.
    bool obey(const std::string& line, std::ostream& out);

    [[nodiscard]] const Trace& trace() const { return futures_.current().trace; }
    [[nodiscard]] std::string say(std::string_view en, std::string_view zh) const {
        return std::string{Text{en, zh}.in(language_)};
    }
    [[nodiscard]] Instant timeAt(Moment moment) const;
    /// What is asked at this step.
    [[nodiscard]] std::vector<net::Question> questions() const;

    void show(std::ostream& out) const;
    void tell(const Entry& entry, std::ostream& out) const;
    void goTo(Moment moment, std::ostream& out);

    void help(std::ostream& out) const;
    void goOn(const std::string& what, std::ostream& out);
    void goBack(const std::string& what, std::ostream& out);
    void addBreak(const std::string& what, std::ostream& out);
    void clear(const std::string& which, std::ostream& out);
    void turn(const std::string& words, std::ostream& out);
    void chooseFuture(const std::string& which, std::ostream& out);
    void compare(const std::string& which, std::ostream& out) const;
    void info(std::ostream& out) const;
    void answer(std::ostream& out) const;
    void write(const std::string& path, std::ostream& out) const;

    Futures futures_;
    Language language_;
    Notation notation_;
    std::vector<BreakPoint> breaks_{};
    Moment at_ = 0;
};

}  // namespace tcplab::cli
