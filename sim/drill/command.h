#pragma once

#include "sim/base/expected.h"
#include "sim/host/host.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tcplab::drill {

/// What came of a command.
struct CommandResult {
    bool succeeded = true;
    std::string output{};  ///< What its last part printed.
};

/// Carries out what stands between backticks: sysctl sets the host's configuration, sockstat and
/// grep ask about its sockets, tcpdrop drops them. No shell runs. The error names what is not known
/// here: a command, or a variable of sysctl that would change what TCP does.
[[nodiscard]] Expected<CommandResult, std::string> runCommand(std::string_view line,
                                                              host::Host& host,
                                                              Instant now,
                                                              host::Outcome& out);

/// Sets one variable of sysctl: "net.inet.tcp.sack.enable"; of those with several values, as
/// "net.ipv4.tcp_rmem", the last counts. False where the variable or what it asks for is not known
/// here.
[[nodiscard]] bool setVariable(std::string_view name,
                               const std::vector<std::string>& values,
                               host::HostConfig& config);

}  // namespace tcplab::drill
