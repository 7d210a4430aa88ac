#include "cli/verbs.h"
#include "cli/words.h"

#include <CLI/CLI.hpp>

#include <iostream>

// NOLINTNEXTLINE(bugprone-exception-escape): what is not caught here is want of memory.
int main(int argc, char** argv) {
    using namespace tcplab::cli;
    CLI::App app{"TCP state-machine simulator and packet visualizer", "tcplab"};
    app.set_version_flag("--version", "tcplab " TCPLAB_VERSION);
    app.require_subcommand(1);

    int exitCode = exit_code::kDone;
    addVerbs(app, exitCode);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);
        std::cerr << "tcplab: " << explain(app, error) << "\nSee tcplab --help.\n";
        return exit_code::kUsage;
    }
    return exitCode;
}
