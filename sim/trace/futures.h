#pragma once

#include "sim/base/error.h"
#include "sim/base/expected.h"
#include "sim/net/scenario.h"
#include "sim/trace/simulate.h"
#include "sim/trace/trace.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tcplab {

/// A run, and the other runs that somebody has made of it: each leaves an earlier one where a
/// choice was taken that nobody had planned, or plays it in other circumstances. All are kept, to
/// return to and to compare.
class Futures {
public:
    struct Future {
        net::Scenario scenario{};
        Course course{};
        Trace trace{Origin::Simulated};
        std::size_t from = 0;  ///< The one that it left; its own number for the first.
        Moment left = 0;       ///< Until this moment the two are the same.
        std::string turn{};    ///< What began it: "drop 4", "nagle=false"; empty for the first.
    };

    /// The course's forks can be taken.
    Futures(net::Scenario scenario, Course course);

    [[nodiscard]] const std::vector<Future>& all() const { return futures_; }
    [[nodiscard]] const Future& current() const { return futures_[current_]; }
    [[nodiscard]] std::size_t number() const { return current_; }
    void choose(std::size_t number);

    /// Goes into the future in which this choice is taken after `at` steps of the current one; what
    /// had been forked later than that is left out. The error is simulate()'s.
    [[nodiscard]] Expected<bool, Error> turn(Moment at, const net::Choice& choice);
    /// Goes into the one that the same course has in another scenario.
    [[nodiscard]] Expected<bool, Error> replay(net::Scenario scenario, std::string what);

    /// Takes away the future that was begun last, and returns to the one that it left. The first
    /// stays: then nothing is returned.
    [[nodiscard]] std::optional<Future> forgetLast();
    /// Brings back what forgetLast() took away, as long as nothing has been begun since.
    void recall(Future future);

private:
    [[nodiscard]] Expected<bool, Error> add(Future future);

    std::vector<Future> futures_{};
    std::size_t current_ = 0;
};

/// The choices of the forks of a course, by the steps that take them.
[[nodiscard]] std::map<Moment, net::Choice> turnsOf(const Course& course);

/// The packets that are on their way at a moment, in order of departure.
[[nodiscard]] std::vector<PacketId> onTheWay(const Trace& trace, Moment moment);

}  // namespace tcplab
