#pragma once

#include "sim/base/text.h"
#include "sim/trace/record.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace tcplab::capture {

/// Something worth knowing of a packet. The first fifteen are tshark 4.0's tcp.analysis.* and mean
/// exactly what it means by them; docs/findings.md explains each.
enum class Finding : std::uint8_t {
    Retransmission,
    FastRetransmission,
    SpuriousRetransmission,
    OutOfOrder,
    LostSegment,
    AckLostSegment,
    DuplicateAck,
    KeepAlive,
    KeepAliveAck,
    ZeroWindow,
    ZeroWindowProbe,
    ZeroWindowProbeAck,
    WindowUpdate,
    WindowFull,
    ReusedPorts,
    // Ours.
    SynRetransmission,
    RepeatedOctets,
    DifferentOctets,
    GapFilled,
    Refused,
    HalfOpen,
    ResetAfterClose,
    ResetUnreadData,
    ResetAbort,
    ResetByMiddlebox,
    KeepAliveTimeout,
    WindowProbe,
    ZeroWindowStall,
    SillyWindow,
    NagleDelayedAck,
    SplitHandshake,
    SimultaneousOpen,
    SimultaneousClose,
    SackHoleFilled,
    NeedlessRetransmission,
    DownstreamDuplicate,
    TailLossProbe,
    Overtaken,
    UpstreamLoss,
    LostAck,
    BadChecksum,
    Unanswered,
    OneSided,
    CloseWaitStuck,
    FinWait2Stuck,
};
/// The first so many are tshark's.
inline constexpr std::size_t kTsharkFindingCount = 15;
inline constexpr std::size_t kFindingCount = 45;
[[nodiscard]] constexpr std::size_t index(Finding finding) {
    return static_cast<std::size_t>(finding);
}

/// "fast_retransmission"
[[nodiscard]] std::string_view toString(Finding finding);
[[nodiscard]] std::optional<Finding> findingNamed(std::string_view name);
/// What it means, in a sentence.
[[nodiscard]] const Text& meaningOf(Finding finding);

/// A set of findings.
class Findings {
public:
    constexpr Findings() = default;
    constexpr Findings(std::initializer_list<Finding> findings) {
        for (const Finding finding : findings) add(finding);
    }

    constexpr void add(Finding finding) { bits_ |= bit(finding); }
    [[nodiscard]] constexpr bool has(Finding finding) const { return (bits_ & bit(finding)) != 0; }
    [[nodiscard]] constexpr bool hasAny(Findings others) const {
        return (bits_ & others.bits_) != 0;
    }
    [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
    friend constexpr bool operator==(Findings, Findings) = default;

private:
    [[nodiscard]] static constexpr std::uint64_t bit(Finding finding) {
        return std::uint64_t{1} << index(finding);
    }
    std::uint64_t bits_ = 0;
};

/// A finding and the packets that prove it, in the order in which they were seen. The packet that
/// has the finding is one of them.
struct Proof {
    static constexpr std::size_t kMost = 3;

    Finding finding;
    std::uint8_t count;
    std::array<PacketId, kMost> packets;
};

/// What was found of one packet. A value that allocates nothing.
class PacketFindings {
public:
    static constexpr std::size_t kMost = 18;

    PacketFindings() = default;
    explicit PacketFindings(PacketId packet) : packet_{packet} {}

    /// Once a finding. `others` are packets before this one; those that are 0 are left out.
    void add(Finding finding, std::initializer_list<PacketId> others = {});

    /// Takes back what has one of tshark's names.
    void dropTsharks();

    [[nodiscard]] PacketId packet() const { return packet_; }
    [[nodiscard]] Findings all() const { return all_; }
    [[nodiscard]] bool has(Finding finding) const { return all_.has(finding); }
    [[nodiscard]] const Proof* begin() const { return proofs_.data(); }
    [[nodiscard]] const Proof* end() const { return proofs_.data() + size_; }

private:
    PacketId packet_ = 0;
    Findings all_{};
    std::uint8_t size_ = 0;
    std::array<Proof, kMost> proofs_;  ///< Not cleared: one is made for every packet.
};

/// How often something was found in a flow, and where first.
class FindingCounts {
public:
    struct Count {
        static constexpr std::size_t kMostEvidence = 5;

        Finding finding{};
        std::uint64_t times = 0;
        std::array<PacketId, kMostEvidence> first{};

        /// The first packets that have it, at most kMostEvidence.
        [[nodiscard]] std::span<const PacketId> evidence() const {
            return std::span{first}.first(std::min<std::uint64_t>(times, kMostEvidence));
        }
    };

    void note(const PacketFindings& found);
    /// What no packet has, but the flow as a whole.
    void note(Finding finding, PacketId evidence);

    /// In the order of Finding.
    [[nodiscard]] const std::vector<Count>& counts() const { return counts_; }
    [[nodiscard]] std::uint64_t of(Finding finding) const;
    /// Those of several findings, added up.
    [[nodiscard]] std::uint64_t of(std::initializer_list<Finding> findings) const;

private:
    std::vector<Count> counts_{};
    Findings all_{};
};

}  // namespace tcplab::capture
