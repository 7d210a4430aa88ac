#pragma once

#include "capture/analysis/finding.h"
#include "sim/trace/record.h"

#include <cstdint>
#include <vector>

namespace tcplab::capture {

/// What a sentence says of packets that were lost, repeated or out of order, where findings tell of
/// each packet what tshark does: every packet under one name, and a gap only where nothing came to
/// fill it. Of fixed size but for the open gaps, which are bounded.
class Remarks {
public:
    /// The findings among which one is chosen, the most telling first.
    static constexpr std::array kNames{Finding::DifferentOctets,
                                       Finding::SynRetransmission,
                                       Finding::NeedlessRetransmission,
                                       Finding::Retransmission,
                                       Finding::OutOfOrder,
                                       Finding::LostSegment};
    [[nodiscard]] static bool choosesAmong(Finding finding) {
        return std::ranges::find(kNames, finding) != kNames.end();
    }

    void note(const Packet& packet, const PacketFindings& found);
    /// Whatever is missing will not come any more.
    void finish();

    [[nodiscard]] const FindingCounts& counts() const { return counts_; }

private:
    /// Numbers that the capture lacks.
    struct Gap {
        std::int64_t from = 0;
        std::int64_t to = 0;
        PacketId behind = 0;  ///< The packet that showed it.
    };
    static constexpr std::size_t kMostGaps = 256;

    void name(Finding finding, const Packet& packet);
    void fill(Side side, std::int64_t from, std::int64_t to);
    void tellOldest(Side side);

    FindingCounts counts_{};
    PerSide<std::int64_t> reached_{};  ///< After the highest number that each sent.
    PerSide<std::vector<Gap>> gaps_{};
};

}  // namespace tcplab::capture
