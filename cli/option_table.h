#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

// What the program can be asked, read from the one place where its options are declared, and what
// is made of that for people and shells. Nothing of it is written by hand, so that it cannot drift.
namespace tcplab::cli {

/// An option, or a word without a name.
struct OptionEntry {
    std::vector<std::string> names{};  ///< "-h", "--help"; empty: a positional.
    std::string value{};               ///< "FILE", "VALUE"; empty: it takes none.
    std::vector<std::string> words{};  ///< All values that it takes; empty: they are not words.
    std::string help{};
    bool required = false;
    bool repeats = false;
};

struct VerbEntry {
    std::string name{};
    std::string help{};
    std::vector<OptionEntry> options{};
};

/// The verbs of the program, in order, each with its options.
[[nodiscard]] std::vector<VerbEntry> optionTable(CLI::App& app);

/// The manual page tcplab(1), for man.
[[nodiscard]] std::string manualPage(const std::vector<VerbEntry>& verbs);

// Completion of verbs, options and their words; of file names where neither fits.
[[nodiscard]] std::string bashCompletion(const std::vector<VerbEntry>& verbs);
[[nodiscard]] std::string zshCompletion(const std::vector<VerbEntry>& verbs);
[[nodiscard]] std::string fishCompletion(const std::vector<VerbEntry>& verbs);

/// One of the four above by its name, which is "man", "bash", "zsh" or "fish".
[[nodiscard]] std::string describedFor(const std::string& reader, CLI::App& app);

}  // namespace tcplab::cli
