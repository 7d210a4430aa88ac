#pragma once

#include "capture/byte_order.h"
#include "capture/frame_source.h"
#include "capture/input.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tcplab::capture {

/// Reads pcapng (draft-ietf-opsawg-pcapng): sections of either byte order one after the other, each
/// with interfaces of any link type, snap length and resolution of time. What is not a packet, an
/// interface or a section is passed over. Copies no octet of a frame.
class PcapngReader final : public FrameSource {
public:
    /// Whether these octets begin a section, as every pcapng file does.
    [[nodiscard]] static bool isSection(Octets octets);
    /// Refuses what has no whole Section Header Block at the beginning.
    [[nodiscard]] static Expected<std::unique_ptr<FrameSource>, Error> open(Input input);
    [[nodiscard]] Expected<std::optional<Frame>, Error> next() override;
    [[nodiscard]] std::string stopInChinese() const override { return input_.stopInChinese(); }

private:
    /// What the numbers of a timestamp mean: nanoseconds are number * multiplier / divisor /
    /// 2^shift.
    struct Clock {
        std::uint64_t multiplier = 1'000;  ///< Microseconds, where a file says nothing.
        std::uint64_t divisor = 1;
        std::uint8_t shift = 0;
        std::int64_t offset = 0;  ///< Seconds to be added.

        void setResolution(std::uint8_t code);
        [[nodiscard]] Instant at(std::uint64_t number) const;
    };
    struct Interface {
        wire::LinkType link{};
        std::uint32_t snapLength = 0;  ///< Zero: packets are not cut.
        Clock clock{};
    };
    /// What a packet block says beside the octets.
    struct PacketHeader {
        std::uint32_t interface = 0;
        std::optional<std::uint64_t> time{};
        std::uint32_t captured = 0;
        std::uint32_t original = 0;
    };
    /// A frame, nothing from another block, or what is wrong with the block.
    using Taken = Expected<std::optional<Frame>, Cause>;

    explicit PcapngReader(Input input) : input_{std::move(input)} {}

    [[nodiscard]] Taken takeBlock();
    [[nodiscard]] Taken takeBody(std::uint32_t type, Octets body);
    [[nodiscard]] Taken passBlock(std::uint32_t length);
    [[nodiscard]] Taken beginSection(Octets body);
    [[nodiscard]] Taken addInterface(Octets body);
    [[nodiscard]] Taken takeEnhanced(Octets body);
    [[nodiscard]] Taken takeSimple(Octets body);
    [[nodiscard]] Taken takeObsolete(Octets body);
    [[nodiscard]] Taken takePacket(const PacketHeader& header, Octets data);
    /// Calls `take` with code and value of each option; what is wrong with them.
    template <class Take>
    [[nodiscard]] std::optional<Cause> readOptions(Octets options, Take take) const;

    Input input_;
    ByteOrder order_{};                    ///< Of the section.
    std::vector<Interface> interfaces_{};  ///< Of the section, by number.
    std::uint32_t count_ = 0;
    Instant latest_{};
};

}  // namespace tcplab::capture
