#pragma once

#include "cli/page.h"
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

/// What --export writes: the page that steps, or a test.
enum class Export : std::uint8_t { Html, Packetdrill, GoogleTest, Pytest };

/// What is asked for with --graph or --export.
struct DrawOptions {
    std::optional<picture::Graph> graph{};
    std::optional<Export> exported{};
    std::string path{};        ///< Of a graph, ends in .svg or .png.
    Side host = Side::Server;  ///< Whose machine a packetdrill script tests.
    picture::Theme theme{};
    Language language{};
    std::optional<Side> sender{};
    double width = 960;
    double height = 560;

    [[nodiscard]] bool wanted() const { return graph || exported; }
};

/// The words of the command line that say so.
class DrawWords {
public:
    /// Adds --graph, --export and what belongs to them to a verb, which writes into this when it is
    /// parsed. They exclude what the verb has by then to choose and print rows, which they ignore.
    /// A test in a language needs a capture that it reads.
    void addTo(CLI::App& verb, bool ofCaptures);
    /// Throws CLI::ValidationError where the words do not fit together, as CLI11 does.
    [[nodiscard]] DrawOptions chosen(Language language) const;

private:
    std::string graph_{};
    std::string export_{};
    std::string path_{};
    std::string theme_ = "light";
    std::string sender_{};
    std::string host_{};
    std::string size_{};
};

/// Draws a connection of the trace and writes the file.
[[nodiscard]] std::optional<Error> writeDrawing(const Trace& trace,
                                                ConnectionId connection,
                                                PageAbout about,
                                                const DrawOptions& options);

/// Reads the flow with this number, or the only one, of the one file, and draws it. The exit code.
[[nodiscard]] int drawFlow(const std::vector<std::string>& files,
                           std::optional<ConnectionId> flow,
                           const DrawOptions& options,
                           std::ostream& err);

}  // namespace tcplab::cli
