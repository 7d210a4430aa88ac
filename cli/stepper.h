#pragma once

#include "sim/base/text.h"
#include "sim/net/scenario.h"
#include "sim/trace/label.h"
#include "sim/trace/trace.h"

#include <cstdint>
#include <istream>
#include <ostream>
#include <string>
#include <vector>

namespace tcplab::cli {

/// A run that a person steps through at a prompt: forward, back, to a place, to a state, or into
/// another future in which a packet is lost.
class Stepper {
public:
    Stepper(net::Scenario scenario, std::uint64_t seed, Language language, Notation notation);

    /// Reads commands, a line each, until "q" or the end of `in`.
    void run(std::istream& in, std::ostream& out);

private:
    enum class Next : bool { Go, Quit };
    Next obey(const std::string& line, std::ostream& out);
    void help(std::ostream& out) const;
    void show(std::ostream& out) const;
    /// What is asked at this step.
    [[nodiscard]] std::vector<net::Question> questions() const;
    [[nodiscard]] Instant timeAt(Moment moment) const;
    void say(const Entry& entry, std::ostream& out) const;
    void goTo(Moment moment, std::ostream& out);
    void goToState(const std::string& words, std::ostream& out);
    void drop(const std::string& word, std::ostream& out);
    void replay();

    net::Scenario scenario_;
    std::uint64_t seed_;
    Language language_;
    Notation notation_;
    std::vector<net::Choice> forced_{};  ///< Choices taken before the scheduler goes on.
    Trace trace_{Origin::Simulated};
    Moment at_ = 0;
};

}  // namespace tcplab::cli
