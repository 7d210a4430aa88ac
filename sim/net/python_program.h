#pragma once

#include "sim/net/scenario.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tcplab::net {

/// A line of a program; the call that it makes or belongs to, as an index of the Program. What
/// prepares the calls belongs to none.
struct PythonLine {
    std::string text{};
    std::optional<std::size_t> call{};
    friend bool operator==(const PythonLine&, const PythonLine&) = default;
};

/// A host's calls as a person would write them with Python's socket module. It runs: what is said
/// of times and states that it cannot know stands in comments. `peer` is whom it connects to.
[[nodiscard]] std::vector<PythonLine> pythonOf(const Program& program,
                                               const wire::SocketAddress& own,
                                               const wire::SocketAddress& peer);

}  // namespace tcplab::net
