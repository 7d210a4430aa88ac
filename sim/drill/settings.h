#pragma once

#include "sim/base/expected.h"
#include "sim/drill/lexer.h"
#include "sim/drill/script.h"
#include "sim/host/host_config.h"

#include <cstdint>
#include <optional>
#include <string>

namespace tcplab::drill {

/// What a script's option lines say.
struct Settings {
    std::uint8_t ipVersion = 4;
    std::uint16_t bindPort = 8080;
    std::uint16_t connectPort = 8080;
    wire::IpAddress local{};
    wire::IpAddress remote{};
    std::uint16_t mtu = 1500;
    std::optional<std::uint16_t> mss{};
    bool strictSegments = false;  ///< Segments are not gathered.
    /// Of a timestamp, in microseconds; 0: they are not compared. Empty: the profile's.
    std::optional<std::uint32_t> timestampTick{};
};

/// Reads the options. An unknown one is an error; those that only say how packetdrill itself runs
/// change nothing.
[[nodiscard]] Expected<Settings, ScriptError> settingsOf(const Script& script);

}  // namespace tcplab::drill
