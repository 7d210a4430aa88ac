#pragma once

#include "capture/byte_order.h"
#include "capture/frame_source.h"
#include "capture/input.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace tcplab::capture {

/// Reads pcap (draft-ietf-opsawg-pcap) in either byte order, with microseconds or nanoseconds, and
/// the variants that libpcap reads: Kuznetzov's longer records, and the order of lengths that old
/// versions had. Copies no octet of a frame.
class PcapReader final : public FrameSource {
public:
    /// Whether the octets begin as a pcap file does.
    [[nodiscard]] static bool isFile(Octets octets) { return formatOf(octets).has_value(); }
    /// Refuses what is no pcap, and a link type that is not dissected, as it is that of all frames.
    [[nodiscard]] static Expected<std::unique_ptr<FrameSource>, Error> open(Input input);
    [[nodiscard]] Expected<std::optional<Frame>, Error> next() override;
    [[nodiscard]] std::string stopInChinese() const override { return input_.stopInChinese(); }

private:
    /// What the file's header says of its records.
    struct Format {
        ByteOrder order{};
        Duration tick{};               ///< What the fraction of a second counts.
        std::size_t recordHeader = 0;  ///< Octets.
        enum class Lengths : std::uint8_t { CapturedFirst, OriginalFirst, LesserIsCaptured };
        Lengths lengths{};
        wire::LinkType link{};
    };
    /// How long a packet is.
    struct Lengths {
        std::uint32_t captured = 0;
        std::uint32_t original = 0;
    };

    PcapReader(Input input, const Format& format) : input_{std::move(input)}, format_{format} {}

    [[nodiscard]] static std::optional<Format> formatOf(Octets magic);
    [[nodiscard]] static std::optional<Format::Lengths> lengthsOf(std::uint16_t major,
                                                                  std::uint16_t minor);
    [[nodiscard]] Lengths lengthsIn(Octets record) const;
    [[nodiscard]] Instant timeIn(Octets record) const;
    [[nodiscard]] Expected<std::optional<Frame>, Error> frameIn(Octets record,
                                                                std::uint32_t originalLength,
                                                                std::uint64_t offset) const;

    Input input_;
    Format format_;
    std::uint32_t count_ = 0;
};

}  // namespace tcplab::capture
