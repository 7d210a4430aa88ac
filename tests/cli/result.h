#pragma once

#include "tests/support/temporary_file.h"

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <sstream>
#include <string>
#include <sys/wait.h>
#include <vector>

namespace tcplab::test {

/// How a verb, or the program, ended, and what it said.
struct Result {
    int code = -1;
    std::string out{};
    std::string err{};

    /// The objects of JSON lines.
    [[nodiscard]] std::vector<nlohmann::json> rows() const {
        std::vector<nlohmann::json> all;
        std::istringstream lines{out};
        for (std::string line; std::getline(lines, line);)
            all.push_back(nlohmann::json::parse(line));
        return all;
    }
};

/// Runs a verb, which prints on two streams and returns the exit code, in this process.
template <class Verb, class Request>
[[nodiscard]] Result resultOf(Verb verb, const Request& request) {
    std::ostringstream out;
    std::ostringstream err;
    const int code = verb(request, out, err);
    return {code, out.str(), err.str()};
}

/// Runs the program in a process of its own, as a shell does with these words. Code -1 where a
/// signal ended it.
[[nodiscard]] inline Result runProgram(const std::string& words,
                                       const std::string& program = TCPLAB_PROGRAM) {
    const TemporaryFile out;
    const TemporaryFile err;
    const std::string line = program + " " + words + " >" + out.path() + " 2>" + err.path();
    const int status = std::system(line.c_str());
    return {
        WIFEXITED(status) ? WEXITSTATUS(status) : -1, contentOf(out.path()), contentOf(err.path())};
}

}  // namespace tcplab::test
