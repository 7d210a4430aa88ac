#pragma once

#include "sim/base/time.h"

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>

namespace tcplab::cli {

/// What `tcplab cut` is asked for. A packet is kept where all that is given holds of it.
struct CutRequest {
    std::string file{};                   ///< A capture; "-" is standard input.
    std::string output{};                 ///< The pcapng file to write; "-" is standard output.
    std::optional<std::uint32_t> flow{};  ///< The number that analyze gives it.
    std::uint32_t firstPacket = 1;
    std::uint32_t lastPacket = UINT32_MAX;
    std::optional<Duration> from{};  ///< Since the first packet of the file.
    std::optional<Duration> to{};
    bool addresses = false;  ///< Anonymise them.
    bool payload = false;
};

/// Copies packets to another file, or to `out`. The exit code; remarks on what is left out go to
/// `err`.
[[nodiscard]] int cut(const CutRequest& request, std::ostream& out, std::ostream& err);

/// Reads "3-17", "3-", "-17" or "3" into a request.
[[nodiscard]] bool readPackets(const std::string& text, CutRequest& request);

}  // namespace tcplab::cli
