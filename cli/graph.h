#pragma once

#include "sim/base/error.h"
#include "sim/trace/trace.h"

#include "picture/graph.h"
#include "picture/palette.h"
#include <CLI/CLI.hpp>

#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace tcplab::cli {

/// What is asked for with --graph.
struct GraphOptions {
    std::optional<picture::Graph> graph{};  ///< Empty: no graph.
    std::string path{};                     ///< Ends in .svg or .png.
    picture::Theme theme{};
    Language language{};
    std::optional<Side> sender{};
    double width = 960;
    double height = 560;
};

/// The words of the command line that say so.
class GraphWords {
public:
    /// Adds --graph and what belongs to it to a verb, which writes into this when it is parsed.
    void addTo(CLI::App& verb);
    [[nodiscard]] GraphOptions chosen(Language language) const;

private:
    std::string graph_{};
    std::string path_{};
    std::string theme_ = "light";
    std::string sender_{};
    std::string size_{};
};

/// Draws a connection of the trace and writes the file. `subject` is what the trace is of.
[[nodiscard]] std::optional<Error> writeGraph(const Trace& trace,
                                              ConnectionId connection,
                                              const std::string& subject,
                                              const GraphOptions& options);

/// Reads the flow with this number, or the only one, of the one file, and draws it. The exit code.
[[nodiscard]] int drawFlow(const std::vector<std::string>& files,
                           std::optional<ConnectionId> flow,
                           const GraphOptions& options,
                           std::ostream& err);

}  // namespace tcplab::cli
