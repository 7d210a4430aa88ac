#include "capture/analysis/remarks.h"

#include "capture/sequence_length.h"

namespace tcplab::capture {

void Remarks::note(const Packet& packet, const PacketFindings& found) {
    if (!gaps_[packet.from].empty()) fill(packet.from, packet.tcp.seq, endOf(packet.tcp));
    const auto chosen =
        std::ranges::find_if(kNames, [&](Finding finding) { return found.has(finding); });
    if (chosen != kNames.end()) name(*chosen, packet);
    if (!packet.tcp.flags.rst)
        reached_[packet.from] = std::max(reached_[packet.from], endOf(packet.tcp));
}

void Remarks::finish() {
    for (const Side side : kSides)
        while (!gaps_[side].empty()) tellOldest(side);
}

void Remarks::name(Finding finding, const Packet& packet) {
    const TcpNumbers& tcp = packet.tcp;
    // The SYN of a simultaneous open goes once more with the ACK: that repeats nothing in vain.
    const bool answersSyn = finding == Finding::Retransmission && tcp.flags.syn;
    if (answersSyn) return;
    if (finding != Finding::LostSegment) return counts_.note(finding, packet.number);
    const std::int64_t reached = reached_[packet.from];
    if (reached >= tcp.seq) return;
    if (gaps_[packet.from].size() == kMostGaps) tellOldest(packet.from);
    gaps_[packet.from].push_back({reached, tcp.seq, packet.number});
}

void Remarks::fill(Side side, std::int64_t from, std::int64_t to) {
    std::vector<Gap> left;
    for (const Gap& gap : gaps_[side]) {
        if (to <= gap.from || gap.to <= from) {
            left.push_back(gap);
            continue;
        }
        if (gap.from < from) left.push_back({gap.from, from, gap.behind});
        if (to < gap.to) left.push_back({to, gap.to, gap.behind});
    }
    gaps_[side] = std::move(left);
}

/// With all that is left of it.
void Remarks::tellOldest(Side side) {
    const PacketId behind = gaps_[side].front().behind;
    std::erase_if(gaps_[side], [&](const Gap& gap) { return gap.behind == behind; });
    counts_.note(Finding::LostSegment, behind);
}

}  // namespace tcplab::capture
