#pragma once

#include "sim/base/bytes.h"
#include "sim/base/error.h"
#include "sim/base/expected.h"
#include "sim/base/time.h"
#include "sim/wire/link_type.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace tcplab::capture {

/// A packet as it was captured.
struct Frame {
    std::uint32_t number = 0;  ///< 1-based, all packets of the file counted.
    Instant at{};
    wire::LinkType link{};
    std::uint32_t originalLength = 0;  ///< Octets on the wire; fewer may have been captured.
    Octets octets{};                   ///< Valid until the next one is asked for.
};

/// Where frames come from, one by one. A file format has an implementation of its own.
class FrameSource {
public:
    FrameSource() = default;
    FrameSource(const FrameSource&) = delete;
    FrameSource& operator=(const FrameSource&) = delete;
    virtual ~FrameSource() = default;

    /// The next frame, nothing at the end, or why reading stopped before it (Code::Incomplete).
    [[nodiscard]] virtual Expected<std::optional<Frame>, Error> next() = 0;
};

/// Opens the capture file at `path`, whatever its format; "-" is standard input.
[[nodiscard]] Expected<std::unique_ptr<FrameSource>, Error> openCapture(const std::string& path);

}  // namespace tcplab::capture
