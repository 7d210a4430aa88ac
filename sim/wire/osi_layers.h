#pragma once

#include "sim/wire/field.h"
#include "sim/wire/stack.h"

#include <array>
#include <cstdint>
#include <vector>

// What each layer of the OSI reference model did for one frame, beside the layers of TCP/IP.
namespace tcplab::wire {

/// The layers of the OSI reference model (ITU-T X.200 7), by their numbers.
enum class OsiLayer : std::uint8_t {
    Physical = 1,
    DataLink,
    Network,
    Transport,
    Session,
    Presentation,
    Application,
};

/// The layers of the Internet (RFC 1122 1.1.3).
enum class InternetLayer : std::uint8_t { Link, Internet, Transport, Application };

[[nodiscard]] InternetLayer internetLayerOf(OsiLayer layer);
/// "Data link"
[[nodiscard]] Text titleOf(OsiLayer layer);
[[nodiscard]] Text titleOf(InternetLayer layer);

/// Octets of a frame that one layer put there: a header, a message of a program, padding.
struct LayerPart {
    Protocol protocol = Protocol::Payload;
    Text name{};  ///< "TCP", "data", "padding"
    /// In the frame as it was on the wire; its end may lie behind what was captured.
    std::size_t offset = 0;
    std::size_t length = 0;
    friend bool operator==(const LayerPart&, const LayerPart&) = default;
};

/// What one layer did for a frame.
struct LayerWork {
    OsiLayer layer{};
    std::vector<LayerPart> parts{};  ///< As they lie in the frame; often none.
    std::size_t octets = 0;          ///< Of all parts: what the layer added.
    Phrase did{};                    ///< A sentence, or several.
};

/// From the application down to the medium, as a frame is made. Each octet of the frame belongs to
/// one layer. What is around the innermost IP header is the work of the data link layer: to the
/// packet inside it, a tunnel is a link.
[[nodiscard]] std::array<LayerWork, 7> osiLayers(const Layers& layers);

}  // namespace tcplab::wire
