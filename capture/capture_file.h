#pragma once

#include "capture/frame_source.h"
#include "sim/base/error.h"
#include "sim/base/expected.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace tcplab::capture {

/// A capture file whose octets can be read again where Frame::offset says they lie. One that is
/// compressed, or comes out of a pipe, is written to a temporary file without a name while its
/// frames are read.
class CaptureFile {
public:
    /// Errors as those of openCapture().
    [[nodiscard]] static Expected<CaptureFile, Error> open(const std::string& path);

    CaptureFile(CaptureFile&&) noexcept;
    CaptureFile& operator=(CaptureFile&&) noexcept;
    ~CaptureFile();

    /// The frames from first to last, once. Another thread may take them while this one reads.
    [[nodiscard]] std::unique_ptr<FrameSource> takeFrames();

    /// Reads octets that a frame had. False where the file no longer has all of them.
    [[nodiscard]] bool read(std::uint64_t offset, std::span<std::uint8_t> into) const;

    /// How many octets takeFrames() will go through; 0 where nobody knows.
    [[nodiscard]] std::uint64_t size() const { return size_; }

private:
    CaptureFile() = default;

    class Descriptor;
    class Spool;
    std::shared_ptr<const Descriptor> again_{};  ///< What read() reads.
    std::unique_ptr<FrameSource> frames_{};
    std::uint64_t size_ = 0;
};

}  // namespace tcplab::capture
