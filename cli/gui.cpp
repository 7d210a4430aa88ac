// The desktop program, started by its verb.

#include "cli/verbs.h"

#include <CLI/CLI.hpp>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <string>
#include <unistd.h>
#include <vector>

namespace tcplab::cli {
namespace {

constexpr const char* kProgram = "tcplab-gui";

/// Becomes the desktop program: the one beside this program, else the one on PATH. Returns only
/// where there is none.
int start(std::vector<std::string> arguments, std::ostream& err) {
    std::error_code ignored;
    const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", ignored);
    std::string beside = (self.parent_path() / kProgram).string();
    arguments.insert(arguments.begin(), kProgram);
    std::vector<char*> words;
    for (std::string& argument : arguments) words.push_back(argument.data());
    words.push_back(nullptr);
    execv(beside.c_str(), words.data());
    execvp(kProgram, words.data());
    return complain(err,
                    std::string{kProgram} + ": " + std::strerror(errno) +
                        "; the window is a program of its own");
}

}  // namespace

void addGui(CLI::App& app, int& exitCode) {
    CLI::App* verb = app.add_subcommand("gui", "Open the window: all words go to tcplab-gui");
    verb->prefix_command();
    verb->set_help_flag();
    verb->callback([verb, &exitCode] { exitCode = start(verb->remaining(), std::cerr); });
}

}  // namespace tcplab::cli
