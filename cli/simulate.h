#pragma once

#include "cli/draw.h"
#include "cli/rows.h"
#include "sim/base/error.h"
#include "sim/base/expected.h"
#include "sim/base/text.h"
#include "sim/net/scenario.h"
#include "sim/trace/break_point.h"
#include "sim/trace/label.h"
#include "sim/trace/simulate.h"

#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <vector>

namespace tcplab::cli {

/// What `tcplab simulate` is asked for.
struct SimulateRequest {
    /// A built-in's name, or the path of a scenario (.toml) or a packetdrill script (.pkt).
    std::string scenario{};
    bool list = false;               ///< The built-in scenarios rather than a run.
    bool step = false;               ///< At a prompt, step by step.
    std::optional<Format> format{};  ///< Empty: the ladder; of a list, a table.
    bool colour = false;
    Language language = Language::English;
    Notation notation = Notation::Tcpdump;
    std::vector<net::Setting> settings{};
    Course course{};
    std::optional<BreakPoint> stopAt{};  ///< Where the run stops; not at a prompt.
    std::optional<Instant> until{};
    std::string write{};  ///< A pcapng file to write; empty: none.
    DrawOptions drawing{};
    double tap = 0.5;  ///< Where it is recorded: 0 at the client, 1 at the server.
};

/// Plays a scenario and prints it on `out`, remarks on `err`. The exit code.
[[nodiscard]] int simulate(const SimulateRequest& request, std::ostream& out, std::ostream& err);

/// The same where `scenario` is a packetdrill script. kDoesNotHold where it goes on otherwise than
/// the script says.
[[nodiscard]] int simulateScript(const SimulateRequest& request,
                                 std::ostream& out,
                                 std::ostream& err);

/// The scenario with this name or in this file. The error's code is Usage where the name or a
/// setting is wrong.
[[nodiscard]] Expected<net::Scenario, Error> findScenario(
    const std::string& nameOrPath, std::span<const net::Setting> settings = {});

}  // namespace tcplab::cli
