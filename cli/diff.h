#pragma once

#include "cli/rows.h"
#include "sim/base/text.h"
#include "sim/net/scenario.h"
#include "sim/trace/label.h"
#include "sim/trace/simulate.h"

#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace tcplab::cli {

/// One of the two that `tcplab diff` compares.
struct DiffOperand {
    std::string name{};                    ///< A capture file, or a scenario's name or file.
    std::vector<net::Setting> settings{};  ///< Of a scenario only, as is the next.
    Course course{};
};

/// What `tcplab diff` is asked for.
struct DiffRequest {
    DiffOperand a{};
    DiffOperand b{};
    std::optional<Format> format{};  ///< Empty: for people.
    bool colour = false;
    Language language = Language::English;
    Notation notation = Notation::Tcpdump;
};

/// Compares two captures, or two runs, and prints on `out` how they differ. The exit code: whether
/// they do.
[[nodiscard]] int diff(const DiffRequest& request, std::ostream& out, std::ostream& err);

}  // namespace tcplab::cli
