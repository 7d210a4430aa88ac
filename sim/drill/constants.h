#pragma once

#include "sim/host/call.h"
#include "sim/tcp/config.h"
#include "sim/tcp/state.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace tcplab::drill {

// Words of C headers that scripts use. Numbers that scripts can see are those of the system that
// the profile stands for.

/// O_NONBLOCK, IPTOS_LOWDELAY, TCP_ESTABLISHED, TCPI_OPT_SACK ...
[[nodiscard]] std::optional<std::int64_t> constant(std::string_view name, tcp::Profile profile);

/// The number of O_NONBLOCK in fcntl()'s flags.
[[nodiscard]] std::int64_t nonBlockingFlag(tcp::Profile profile);

/// tcpi_state: Linux and FreeBSD count states differently.
[[nodiscard]] std::int64_t stateNumber(tcp::State state, tcp::Profile profile);

/// The socket option with this name, whatever its level; nothing where it is not known.
[[nodiscard]] std::optional<host::call::Option> optionNamed(std::string_view name);

/// A bit of poll() or epoll by name: "POLLIN", "EPOLLRDHUP".
[[nodiscard]] bool host::call::Readiness::*readinessNamed(std::string_view name);

struct IcmpNumber {
    std::uint8_t type = 0;
    std::uint8_t code = 0;
};
/// The numbers of an ICMP message by its names: "unreachable", "frag_needed"; "type_3", "code_4".
[[nodiscard]] std::optional<IcmpNumber> icmpNamed(std::string_view type,
                                                  std::string_view code,
                                                  std::uint8_t ipVersion);

}  // namespace tcplab::drill
