#pragma once

#include "capture/input.h"
#include "sim/base/bytes.h"
#include "sim/base/error.h"
#include "sim/base/expected.h"
#include "sim/base/time.h"
#include "sim/trace/record.h"
#include "sim/wire/link_type.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>

namespace tcplab::capture {

/// A packet as it was captured.
struct Frame {
    std::uint32_t number = 0;  ///< 1-based, all packets of the file counted.
    Instant at{};              ///< What 64 bits cannot hold is the nearest that they can.
    /// False where the file does not say when: `at` is then that of the frame before.
    bool timed = true;
    wire::LinkType link{};  ///< Of the interface it came from; perhaps one that is not dissected.
    std::uint32_t originalLength = 0;  ///< Octets on the wire; fewer may have been captured.
    Octets octets{};                   ///< Valid until the next one is asked for.
    /// Where they begin in the file or what it decompresses to; else OctetRange::kNowhere.
    std::uint64_t offset = 0;
};

/// Where frames come from, one by one. A file format has an implementation of its own.
class FrameSource {
public:
    FrameSource() = default;
    FrameSource(const FrameSource&) = delete;
    FrameSource& operator=(const FrameSource&) = delete;
    virtual ~FrameSource() = default;

    /// The next frame, nothing at the end, or why reading stopped before it (Code::Incomplete):
    /// file, packet, octet and cause. Not to be called again after that.
    [[nodiscard]] virtual Expected<std::optional<Frame>, Error> next() = 0;
    /// That error in Chinese, where it is known.
    [[nodiscard]] virtual std::string stopInChinese() const { return {}; }
};

class Input;

/// Opens the capture file at `path`; "-" is standard input. Its first octets tell its format, pcap
/// or pcapng, and whether it is compressed, with gzip, Zstandard or lz4.
[[nodiscard]] Expected<std::unique_ptr<FrameSource>, Error> openCapture(const std::string& path);
/// The same of octets that come from elsewhere.
[[nodiscard]] Expected<std::unique_ptr<FrameSource>, Error> openCapture(Input stored);

/// The same of octets that are not compressed.
[[nodiscard]] Expected<std::unique_ptr<FrameSource>, Error> openFrames(Input input);

/// Opens a file that is a capture or, where it begins like none, plain octets.
using CaptureOrOctets = std::variant<std::unique_ptr<FrameSource>, Input>;
[[nodiscard]] Expected<CaptureOrOctets, Error> openCaptureOrOctets(const std::string& path);

}  // namespace tcplab::capture
