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
      "重传：序号没有前进，而且间隔太长，不像是失序。"}},
    {"fast_retransmission",
     {"Sent again at once, after duplicate ACKs had asked for it.",
      "快速重传：收到重复 ACK 后立即重传。"}},
    {"spurious_retransmission",
     {"Sent again although it had been acknowledged.", "不必要的重传：内容早已被确认。"}},
    {"out_of_order",
     {"Came late, sooner after the packets that it follows than a retransmission could.",
      "失序到达：间隔太短，不会是重传。"}},
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
    {"syn_retransmission",
     {"A SYN that is sent again: the first one had no answer.", "重传 SYN：前一个没有得到回答。"}},
    {"repeated_octets",
     {"Its octets, or its FIN, are in the capture already.",
      "其中的字节（或 FIN）在抓包中已经出现过。"}},
    {"different_octets",
     {"Numbers that were sent before carry other octets now: whoever reads depends on which it "
      "takes.",
      "同样的序号前后携带了不同的字节：接收方读到什么取决于它采用哪一份。"}},
    {"gap_filled",
     {"Its octets, or its FIN, come after later numbers, and were not in the capture before.",
      "这些字节（或 FIN）晚于后面的序号到达，此前抓包中没有。"}},
    {"refused",
     {"A RST answers the SYN: nobody listens there.", "用 RST 回答 SYN：该端口没有进程监听。"}},
    {"half_open",
     {"One end has lost the connection, or has an older one, and the other does not know.",
      "半开连接：一端已经没有这个连接（或仍保留旧连接），另一端并不知道。"}},
    {"reset_after_close",
     {"A RST answers what came after the end had closed: its program is gone.",
      "关闭之后又收到报文段，用 RST 回答：程序已经退出。"}},
    {"reset_unread_data",
     {"A RST instead of a FIN, after octets that the program has perhaps not read.",
      "程序可能还有未读的数据就关闭了连接，因此发送 RST 而不是 FIN。"}},
    {"reset_abort",
     {"A RST instead of a FIN: the program aborted (SO_LINGER 0) or died.",
      "程序直接中止连接（SO_LINGER 为 0）或被终止，发送 RST 而不是 FIN。"}},
    {"reset_by_middlebox",
     {"The RST took another number of hops than the packets of the end that it names: something on "
      "the way made it.",
      "这个 RST 经过的跳数与该端其他报文不同：很可能是途中的设备伪造的。"}},
    {"keep_alive_timeout",
     {"Keep-alives had no answer, and the connection was given up.",
      "保活探测一直没有回答，放弃连接。"}},
    {"window_probe",
     {"Asks, without an octet or with an old one, whether the closed window has opened.",
      "窗口探测：不带新的字节，询问关闭的窗口是否已打开。"}},
    {"zero_window_stall",
     {"The window opens again after it was closed: the sender had to wait.",
      "零窗口之后窗口重新打开：这段时间发送方只能等待。"}},
    {"silly_window",
     {"Offers a window that is smaller than a full segment, and than a quarter of its largest.",
      "糊涂窗口：重新通告的窗口不足一个完整报文段。"}},
    {"nagle_delayed_ack",
     {"Small octets waited for an ACK that was delayed.",
      "小报文段等待一个被推迟的 ACK（Nagle 算法遇上推迟确认）。"}},
    {"split_handshake",
     {"The SYN is acknowledged first, and the answering SYN comes by itself.",
      "拆开的握手：先确认 SYN，再单独发送自己的 SYN。"}},
    {"simultaneous_open",
     {"Both ends sent a SYN before they saw the other's.",
      "同时打开：双方都在看到对方的 SYN 之前发送了 SYN。"}},
    {"simultaneous_close",
     {"Both ends sent a FIN before they saw the other's.",
      "同时关闭：双方都在看到对方的 FIN 之前发送了 FIN。"}},
    {"sack_hole_filled",
     {"The receiver's SACK blocks show that it lacked these octets, and had later ones.",
      "接收方的 SACK 块表明它缺少这些字节，而后面的已经收到。"}},
    {"needless_retransmission",
     {"The receiver itself reports that it had these octets before they were sent again.",
      "多余的重传：接收方自己报告，重传之前它已有这些字节。"}},
    {"downstream_duplicate",
     {"The receiver reports octets that arrived twice, and they passed here once: something behind "
      "the capture point doubled them.",
      "接收方报告收到两份，而这里只经过一份：报文在抓包点之后被重复。"}},
    {"tail_loss_probe",
     {"The last segment is sent again before the first: it asks what has arrived.",
      "尾部丢失探测：不是最早的、而是最后一个报文段被重传，用来询问收到了哪些。"}},
    {"overtaken",
     {"By its timestamp it was sent before packets that came earlier: disorder, and no loss.",
      "从时间戳看，它比先到的报文发送得早：是失序，不是丢失。"}},
    {"upstream_loss",
     {"By its timestamp it was sent after what follows it: the first one was lost before the "
      "capture point.",
      "从时间戳看，它比后面的数据发送得晚：第一次发送的在抓包点之前丢失了。"}},
    {"lost_ack",
     {"Sent again long after the ACK had passed: that ACK was lost behind the capture point.",
      "ACK 经过很久之后仍然重传：这个 ACK 在抓包点之后丢失了。"}},
    {"bad_checksum",
     {"The checksum is wrong. Told where checksums are verified.",
      "检验和错误。只在要求检验时给出。"}},
    {"unanswered", {"No SYN of it was ever answered.", "SYN 一直没有得到回答。"}},
    {"one_sided",
     {"Only one end's packets are in the capture, though they acknowledge what the other sends.",
      "抓包中只有一端的报文，而它们在确认另一端发送的数据。"}},
    {"close_wait_stuck",
     {"An end stays in CLOSE-WAIT: its program does not close.",
      "一端停留在 CLOSE-WAIT：程序没有关闭连接。"}},
    {"fin_wait_2_stuck",
     {"An end stays in FIN-WAIT-2: the other does not close.",
      "一端停留在 FIN-WAIT-2：对方没有关闭连接。"}},
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
    proof = {.finding = finding, .count = 0, .packets = {}};
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

void PacketFindings::dropTsharks() {
    const PacketFindings before = *this;
    *this = PacketFindings{packet_};
    for (const Proof& proof : before) {
        if (index(proof.finding) < kTsharkFindingCount) continue;
        all_.add(proof.finding);
        proofs_.at(size_++) = proof;
    }
}

void FindingCounts::note(const PacketFindings& found) {
    for (const Proof& proof : found) note(proof.finding, found.packet());
}

void FindingCounts::note(Finding finding, PacketId evidence) {
    auto count = std::ranges::lower_bound(counts_, finding, {}, &Count::finding);
    if (count == counts_.end() || count->finding != finding) {
        count = counts_.insert(count, Count{.finding = finding});
        all_.add(finding);
    }
    if (count->times < Count::kMostEvidence) count->first.at(count->times) = evidence;
    count->times += 1;
}

std::uint64_t FindingCounts::of(Finding finding) const {
    if (!all_.has(finding)) return 0;
    return std::ranges::lower_bound(counts_, finding, {}, &Count::finding)->times;
}

std::uint64_t FindingCounts::of(std::initializer_list<Finding> findings) const {
    std::uint64_t sum = 0;
    for (const Finding finding : findings) sum += of(finding);
    return sum;
}

}  // namespace tcplab::capture
