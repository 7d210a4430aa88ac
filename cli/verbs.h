#pragma once

#include "cli/ending.h"

#include <CLI/CLI.hpp>

// The verbs of the program, a file each. Adding one gives `app` its subcommand, which sets
// `exitCode` when it has run; `exitCode` outlives the app's parsing.
namespace tcplab::cli {

void addAnalyze(CLI::App& app, int& exitCode);
void addCheck(CLI::App& app, int& exitCode);
void addCut(CLI::App& app, int& exitCode);
void addDiff(CLI::App& app, int& exitCode);
void addFrame(CLI::App& app, int& exitCode);
void addLayers(CLI::App& app, int& exitCode);
void addDrill(CLI::App& app, int& exitCode);
void addGui(CLI::App& app, int& exitCode);
void addSimulate(CLI::App& app, int& exitCode);

/// All of them.
void addVerbs(CLI::App& app, int& exitCode);

}  // namespace tcplab::cli
