#pragma once

#include <CLI/CLI.hpp>

// The verbs of the program, a file each. Adding one gives `app` its subcommand, which sets
// `exitCode` when it has run; `exitCode` outlives the app's parsing.
namespace tcplab::cli {

/// What the program says about its end. The highest of several files counts.
namespace exit_code {
inline constexpr int kDone = 0;
inline constexpr int kDoesNotHold = 1;  ///< Something asked to hold does not.
inline constexpr int kFile = 2;         ///< A file could not be read or written whole.
inline constexpr int kUsage = 64;       ///< The command line alone is wrong.
}  // namespace exit_code

void addAnalyze(CLI::App& app, int& exitCode);
void addCheck(CLI::App& app, int& exitCode);
void addCut(CLI::App& app, int& exitCode);
void addDiff(CLI::App& app, int& exitCode);
void addFrame(CLI::App& app, int& exitCode);
void addLayers(CLI::App& app, int& exitCode);
void addDrill(CLI::App& app, int& exitCode);
void addSimulate(CLI::App& app, int& exitCode);

/// All of them.
void addVerbs(CLI::App& app, int& exitCode);

}  // namespace tcplab::cli
