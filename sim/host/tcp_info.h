#pragma once

#include "sim/host/host.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace tcplab::host {

/// A member of struct tcp_info (TCP_INFO) by its name: "tcpi_snd_cwnd"; nothing where the name is
/// not known. Times are microseconds. `octets`: cwnd and ssthresh are counted in octets, as FreeBSD
/// does, else in segments, as Linux does.
[[nodiscard]] std::optional<std::int64_t> tcpInfo(
    const Host& host, const Socket& socket, std::string_view name, Instant now, bool octets);

}  // namespace tcplab::host
