#include "capture/analysis/finding.h"

#include "sim/base/check.h"

#include <algorithm>

namespace tcplab::capture {
namespace {

struct Entry {
    std::string_view name{};
    Text meaning{};
};

/// In the order of Finding.
constexpr std::array<Entry, kFindingCount> kEntries{{
    {"retransmission",
     {"Sent again: it does not advance the sequence number, and comes too late for mere disorder.",
      "重传：序号没有前进，而且间隔太长，不像是乱序。"}},
    {"fast_retransmission",
     {"Sent again at once, after duplicate ACKs had asked for it.",
      "快速重传：收到重复 ACK 后立即重传。"}},
    {"spurious_retransmission",
     {"Sent again although it had been acknowledged.", "不必要的重传：内容早已被确认。"}},
    {"out_of_order",
     {"Came late, sooner after the packets that it follows than a retransmission could.",
      "乱序到达：间隔太短，不会是重传。"}},
    {"lost_segment",
     {"Packets before this one are not in the capture.", "前面的报文段没有被抓到。"}},
    {"ack_lost_segment",
     {"Acknowledges what is not in the capture.", "确认了没有被抓到的报文段。"}},
    {"duplicate_ack",
     {"The same ACK again: something after it arrived, and something is missing.",
      "重复的 ACK：后面的数据到了，中间缺了一段。"}},
    {"keep_alive",
     {"Asks whether the peer is still there, with a number that it has acknowledged.",
      "保活探测：用对方已确认的序号询问它是否还在。"}},
    {"keep_alive_ack", {"Answers a keep-alive.", "对保活探测的回答。"}},
    {"zero_window", {"No room left to receive.", "接收窗口为零：没有接收空间。"}},
    {"zero_window_probe",
     {"One octet asks whether the closed window has opened.",
      "零窗口探测：用一个字节询问窗口是否已打开。"}},
    {"zero_window_probe_ack",
     {"Answers a probe: the window is still closed.", "对零窗口探测的回答：窗口仍为零。"}},
    {"window_update",
     {"Offers another window, and nothing else is new.", "窗口更新：只有窗口变了。"}},
    {"window_full",
     {"Fills the window that the peer offers: the sender has to wait now.",
      "填满了对方的接收窗口：发送方只能等待。"}},
    {"reused_ports",
     {"Opens another connection between the same two ends.", "同一对端点上又打开了新的连接。"}},
}};

}  // namespace

std::string_view toString(Finding finding) {
    return kEntries.at(index(finding)).name;
}

std::optional<Finding> findingNamed(std::string_view name) {
    const auto found = std::ranges::find(kEntries, name, &Entry::name);
    if (found == kEntries.end()) return std::nullopt;
    return static_cast<Finding>(found - kEntries.begin());
}

const Text& meaningOf(Finding finding) {
    return kEntries.at(index(finding)).meaning;
}

void PacketFindings::add(Finding finding, std::initializer_list<PacketId> others) {
    TCPLAB_CHECK(size_ < kMost && !all_.has(finding));
    all_.add(finding);
    Proof& proof = proofs_[size_++];
    proof = {.finding = finding};
    for (const PacketId other : others) {
        if (other == 0 || other == packet_ || proof.count + 1U == Proof::kMost) continue;
        proof.packets[proof.count++] = other;
    }
    const auto end = proof.packets.begin() + proof.count;
    std::sort(proof.packets.begin(), end);
    proof.count =
        static_cast<std::uint8_t>(std::unique(proof.packets.begin(), end) - proof.packets.begin());
    proof.packets[proof.count++] = packet_;
}

void FindingCounts::note(const PacketFindings& found) {
    for (const Proof& proof : found) {
        auto count = std::ranges::lower_bound(counts_, proof.finding, {}, &Count::finding);
        if (count == counts_.end() || count->finding != proof.finding) {
            count = counts_.insert(count, {.finding = proof.finding});
        }
        count->times += 1;
        if (count->evidence.size() < Count::kMostEvidence) {
            count->evidence.push_back(found.packet());
        }
    }
}

std::uint64_t FindingCounts::of(Finding finding) const {
    const auto count = std::ranges::lower_bound(counts_, finding, {}, &Count::finding);
    return count != counts_.end() && count->finding == finding ? count->times : 0;
}

std::uint64_t FindingCounts::of(std::initializer_list<Finding> findings) const {
    std::uint64_t sum = 0;
    for (const Finding finding : findings) sum += of(finding);
    return sum;
}

}  // namespace tcplab::capture
