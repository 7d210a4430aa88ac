#pragma once

#include <string>
#include <vector>

namespace tcplab::test {

/// What a shell command prints on standard output.
[[nodiscard]] std::string outputOf(const std::string& command);

[[nodiscard]] bool tsharkIsThere();

/// These fields of each TCP packet as tshark prints them: a line a packet, tabs between.
[[nodiscard]] std::vector<std::string> tshark(const std::string& file,
                                              const std::vector<std::string>& fields);

}  // namespace tcplab::test
