#include "cli/option_table.h"
#include "cli/verbs.h"
#include "cli/words.h"

#include <CLI/CLI.hpp>

#include <array>
#include <cstddef>
#include <cstdio>
#include <iostream>
#include <unistd.h>

// NOLINTNEXTLINE(bugprone-exception-escape): what is not caught here is want of memory.
int main(int argc, char** argv) {
    using namespace tcplab::cli;
    // Of rows there are many: a system call for each 4 KiB of them would be dear. glibc heeds a
    // size only where it is given the room as well.
    static std::array<char, std::size_t{64} * 1024> room;
    if (isatty(STDOUT_FILENO) == 0) std::setvbuf(stdout, room.data(), _IOFBF, room.size());
    CLI::App app{"TCP state-machine simulator and packet visualizer", "tcplab"};
    app.set_version_flag("--version", "tcplab " TCPLAB_VERSION);
    app.require_subcommand(1);

    int exitCode = exit_code::kDone;
    addVerbs(app, exitCode);
    // For the build, which installs what it prints.
    const auto describe = [&app](const std::string& reader) {
        std::cout << describedFor(reader, app);
        throw CLI::Success{};
    };
    app.add_option_function<std::string>("--describe-for", describe)
        ->check(oneOf({"man", "bash", "zsh", "fish"}))
        ->trigger_on_parse()
        ->group("");

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const bool isHelp = error.get_exit_code() == 0;
        if (isHelp) app.exit(error);
        if (!isHelp) exitCode = complain(std::cerr, explain(app, error), exit_code::kUsage);
    }
    return finish(std::cout, std::cerr, exitCode);
}
