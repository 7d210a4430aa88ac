#include "capture/verdict.h"

#include "capture/analysis/remarks.h"
#include "sim/base/check.h"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>

namespace tcplab::capture {
namespace {

using enum Finding;

/// What a verdict mentions besides, worst first.
struct Mention {
    Finding finding{};
    Text one{};
    Text many{};
};
constexpr std::array kMentions{
    Mention{BadChecksum,
            {"1 wrong checksum", "1 个检验和错误"},
            {"{} wrong checksums", "{} 个检验和错误"}},
    Mention{DifferentOctets,
            {"1 segment sent again with other octets", "1 个报文段重传时内容不同"},
            {"{} segments sent again with other octets", "{} 个报文段重传时内容不同"}},
    Mention{OneSided,
            {"packets of one end alone", "只抓到一端的报文"},
            {"packets of one end alone", "只抓到一端的报文"}},
    Mention{AckLostSegment,
            {"1 ACK of octets that the capture lacks", "1 个 ACK 确认了没有抓到的数据"},
            {"{} ACKs of octets that the capture lacks", "{} 个 ACK 确认了没有抓到的数据"}},
    Mention{ZeroWindowStall,
            {"1 stall at a zero window", "1 次零窗口停顿"},
            {"{} stalls at a zero window", "{} 次零窗口停顿"}},
    Mention{CloseWaitStuck,
            {"CLOSE-WAIT without an end", "一直停留在 CLOSE-WAIT"},
            {"CLOSE-WAIT without an end", "一直停留在 CLOSE-WAIT"}},
    Mention{SynRetransmission,
            {"1 SYN sent again", "1 次 SYN 重传"},
            {"{} SYNs sent again", "{} 次 SYN 重传"}},
    Mention{Retransmission, {"1 retransmission", "1 次重传"}, {"{} retransmissions", "{} 次重传"}},
    Mention{NeedlessRetransmission,
            {"1 needless retransmission", "1 次多余的重传"},
            {"{} needless retransmissions", "{} 次多余的重传"}},
    Mention{LostSegment,
            {"1 gap in what was captured", "抓包中有 1 处空缺"},
            {"{} gaps in what was captured", "抓包中有 {} 处空缺"}},
    Mention{OutOfOrder,
            {"1 packet out of order", "1 个报文段失序"},
            {"{} packets out of order", "{} 个报文段失序"}},
    Mention{SillyWindow, {"1 silly window", "1 次糊涂窗口"}, {"{} silly windows", "{} 次糊涂窗口"}},
    Mention{NagleDelayedAck,
            {"1 wait for a delayed ACK", "1 次等待推迟确认"},
            {"{} waits for delayed ACKs", "{} 次等待推迟确认"}},
};
constexpr std::size_t kMostMentions = 3;

// A window that was closed for less opened at once.
constexpr Duration kMoment = std::chrono::milliseconds{1};

std::string_view nameOf(Side side, Language language) {
    constexpr PerSide<Text> kNames{{Text{"client", "客户端"}, Text{"server", "服务器"}}};
    return kNames[side].in(language);
}

/// Writes sentences in one of the languages.
class Writer {
public:
    Writer(const Flow& flow, Language language) : flow_{flow}, language_{language} {}

    std::string sentence() {
        tellEnd();
        tellBeginning();
        tellTrouble();
        say({".", "。"});
        return std::move(text_);
    }

private:
    /// With an argument for each "{}"; those that are left over are left out.
    template <class... Arguments>
    void say(const Text& format, const Arguments&... arguments) {
        std::string_view rest = format.in(language_);
        (fill(rest, arguments), ...);
        text_ += rest;
    }
    void fill(std::string_view& rest, std::string_view argument) {
        const std::size_t place = rest.find("{}");
        if (place == std::string_view::npos) return;
        text_.append(rest.substr(0, place)).append(argument);
        rest.remove_prefix(place + 2);
    }
    void fill(std::string_view& rest, std::uint64_t argument) {
        const fmt::format_int digits{argument};
        fill(rest, std::string_view{digits.data(), digits.size()});
    }

    void tellEnd();
    void tellReset(Side by);
    void tellClose(Outcome outcome);
    void tellOpen(Outcome outcome);
    void tellBeginning();
    void tellTrouble();
    bool tellStalls();
    [[nodiscard]] Text cause() const;
    [[nodiscard]] bool has(Finding finding) const { return flow_.findings.of(finding) > 0; }
    /// The packets that have it, or are to be named so.
    [[nodiscard]] const FindingCounts& countsOf(Finding finding) const {
        return Remarks::choosesAmong(finding) ? flow_.remarks : flow_.findings;
    }

    const Flow& flow_;
    bool toldUnseen_ = false;
    Language language_;
    std::string text_{};
};

void Writer::tellEnd() {
    const Outcome outcome = outcomeOf(flow_);
    switch (outcome.kind) {
        case Outcome::Kind::Unanswered:
            return say({"Nobody answered the SYN (packet {})", "SYN（第 {} 个报文）没有得到回答"},
                       flow_.syn[*outcome.by]);
        case Outcome::Kind::Refused:
            return say(
                {"The {} refused the connection: a RST (packet {}) answers the SYN (packet {})",
                 "{}拒绝了连接：用 RST（第 {} 个报文）回答 SYN（第 {} 个报文）"},
                nameOf(*outcome.by, language_),
                flow_.reset,
                flow_.syn[other(*outcome.by)]);
        case Outcome::Kind::Reset: return tellReset(*outcome.by);
        case Outcome::Kind::HalfClosed:
        case Outcome::Kind::Closed: return tellClose(outcome);
        case Outcome::Kind::Open: return tellOpen(outcome);
    }
    TCPLAB_UNREACHABLE();
}

void Writer::tellOpen(Outcome outcome) {
    if (!outcome.unseen)
        return say(
            {"Nobody closed the connection while it was captured", "抓包期间没有一方关闭连接"});
    toldUnseen_ = true;
    say({"The {} did not close while it was captured; nothing that the {} sent was captured",
         "抓包期间{}没有关闭连接；{}发送的报文一个也没有抓到"},
        nameOf(other(*outcome.unseen), language_),
        nameOf(*outcome.unseen, language_));
}

void Writer::tellReset(Side by) {
    say({"The {} reset the connection (packet {})", "{}复位了连接（第 {} 个报文）"},
        nameOf(by, language_),
        flow_.reset);
    say(cause());
}

/// Why the RST was sent, as likely as not.
Text Writer::cause() const {
    if (has(KeepAliveTimeout))
        return {" after keep-alives without an answer", "：保活探测没有得到回答"};
    if (has(ResetByMiddlebox))
        return {": by its hops, something on the way made that RST",
                "：从跳数看，这个 RST 是途中的设备发出的"};
    if (has(HalfOpen)) return {": it does not know this connection", "：它不知道有这个连接"};
    if (has(ResetAfterClose))
        return {", as something came after it had closed", "：它关闭之后又收到了报文段"};
    if (has(ResetUnreadData))
        return {", perhaps with octets that it had not read", "：可能还有未读的数据"};
    if (has(ResetAbort)) return {": its program aborted", "：程序中止了连接"};
    return {};
}

void Writer::tellClose(Outcome outcome) {
    if (!outcome.by) {
        return say({"Both ends closed at the same time (packets {} and {})",
                    "双方同时关闭了连接（第 {} 和第 {} 个报文）"},
                   flow_.fin[Side::Client],
                   flow_.fin[Side::Server]);
    }
    const Side first = *outcome.by;
    const std::string_view one = nameOf(first, language_);
    const std::string_view two = nameOf(other(first), language_);
    if (outcome.unseen) {
        toldUnseen_ = true;
        return say({"The {} closed (packet {}); nothing that the {} sent was captured",
                    "{}关闭了连接（第 {} 个报文）；{}发送的报文一个也没有抓到"},
                   one,
                   flow_.fin[first],
                   two);
    }
    if (outcome.kind == Outcome::Kind::HalfClosed) {
        return say({"The {} closed (packet {}), and the {} has not",
                    "{}关闭了连接（第 {} 个报文），{}没有关闭"},
                   one,
                   flow_.fin[first],
                   two);
    }
    say({"The {} closed first (packet {}), then the {} (packet {})",
         "{}先关闭连接（第 {} 个报文），{}随后关闭（第 {} 个报文）"},
        one,
        flow_.fin[first],
        two,
        flow_.fin[other(first)]);
}

/// What happened before the capture is unknown; where an end's packets are missing as a whole, its
/// SYN says nothing of the beginning.
void Writer::tellBeginning() {
    const bool begun = flow_.certain || (outcomeOf(flow_).unseen && flow_.syn[Side::Server] != 0);
    if (!begun) say({"; the capture begins in the middle of it", "；抓包从连接中途开始"});
    if (!flow_.windowScaleUnknown[Side::Client] && !flow_.windowScaleUnknown[Side::Server]) return;
    say({"; windows are as in the header, as their scale is unknown",
         "；窗口扩大因子未知，窗口按首部中的原值显示"});
}

/// How long each end could receive nothing. False where it was only a moment, or is not known.
bool Writer::tellStalls() {
    bool told = false;
    for (const Side side : kSides) {
        const SideStatistics& sums = flow_.statistics[side];
        if (sums.windowClosed < kMoment) continue;
        if (std::exchange(told, true)) say({" and ", "，"});
        say({"the {}'s window was closed for {} s (from packet {} on)",
             "{}的接收窗口关闭了 {} 秒（从第 {} 个报文起）"},
            nameOf(side, language_),
            fmt::format("{:.3f}", std::chrono::duration<double>{sums.windowClosed}.count()),
            sums.windowClosedSince);
    }
    return told;
}

void Writer::tellTrouble() {
    std::size_t told = 0;
    for (const Mention& mention : kMentions) {
        const FindingCounts& counts = countsOf(mention.finding);
        const std::uint64_t times = counts.of(mention.finding);
        if (times == 0 || (mention.finding == OneSided && toldUnseen_)) continue;
        if (told++ == kMostMentions) return;
        say(told == 1 ? Text{"; ", "；"} : Text{", ", "，"});
        if (mention.finding == ZeroWindowStall && tellStalls()) continue;
        say(times == 1 ? mention.one : mention.many, times);
        for (const auto& count : counts.counts()) {
            if (count.finding != mention.finding) continue;
            say(times == 1 ? Text{" (packet {})", "（第 {} 个报文）"}
                           : Text{" (packet {} is the first)", "（最早是第 {} 个报文）"},
                count.evidence().front());
        }
    }
}

}  // namespace

Outcome outcomeOf(const Flow& flow) {
    using Kind = Outcome::Kind;
    if (flow.findings.of(Unanswered) > 0)
        return {Kind::Unanswered, flow.syn[Side::Client] != 0 ? Side::Client : Side::Server};
    if (flow.resetBy)
        return {flow.findings.of(Refused) > 0 ? Kind::Refused : Kind::Reset, flow.resetBy};
    std::optional<Side> unseen;
    for (const Side side : kSides)
        if (flow.packets[side] == 0) unseen = side;
    if (!flow.closedBy) return {.unseen = unseen};
    if (*flow.closedBy == Flow::ClosedBy::Both) return {Kind::Closed, {}};
    const Side first = *flow.closedBy == Flow::ClosedBy::Client ? Side::Client : Side::Server;
    return {flow.fin[other(first)] == 0 ? Kind::HalfClosed : Kind::Closed, first, unseen};
}

const Text& shortVerdict(Outcome outcome) {
    static constexpr PerSide<Text> kReset{
        {Text{"reset by the client", "被客户端复位"}, Text{"reset by the server", "被服务器复位"}}};
    static constexpr PerSide<Text> kHalfClosed{
        {Text{"only the client closed", "只有客户端关闭了"},
         Text{"only the server closed", "只有服务器关闭了"}}};
    static constexpr PerSide<Text> kClosed{
        {Text{"client closed first", "客户端先关闭"}, Text{"server closed first", "服务器先关闭"}}};
    static constexpr Text kTogether{"closed together", "双方同时关闭"};
    static constexpr Text kRefused{"refused", "连接被拒绝"};
    static constexpr Text kUnanswered{"no answer to SYN", "SYN 无回答"};
    static constexpr PerSide<Text> kClosedAlone{
        {Text{"the client closed", "客户端关闭了"}, Text{"the server closed", "服务器关闭了"}}};
    static constexpr Text kOpen{"still open", "尚未关闭"};
    static constexpr PerSide<Text> kOpenAlone{{Text{"client captured alone", "只抓到客户端"},
                                               Text{"server captured alone", "只抓到服务器"}}};
    const Side by = outcome.by.value_or(Side::Client);
    switch (outcome.kind) {
        case Outcome::Kind::Reset: return kReset[by];
        case Outcome::Kind::Refused: return kRefused;
        case Outcome::Kind::Unanswered: return kUnanswered;
        case Outcome::Kind::HalfClosed: return outcome.unseen ? kClosedAlone[by] : kHalfClosed[by];
        case Outcome::Kind::Open:
            return outcome.unseen ? kOpenAlone[other(*outcome.unseen)] : kOpen;
        case Outcome::Kind::Closed: return outcome.by ? kClosed[by] : kTogether;
    }
    TCPLAB_UNREACHABLE();
}

std::string verdict(const Flow& flow, Language language) {
    return Writer{flow, language}.sentence();
}

std::uint64_t trouble(const Flow& flow) {
    constexpr std::uint64_t kBroken = 1'000'000;
    constexpr std::uint64_t kUnfinished = 10'000;
    std::uint64_t sum =
        flow.findings.of({AckLostSegment,
                          ZeroWindow,
                          ZeroWindowStall,
                          BadChecksum,
                          SillyWindow,
                          NagleDelayedAck}) +
        flow.remarks.of(
            {SynRetransmission, NeedlessRetransmission, Retransmission, OutOfOrder, LostSegment});
    if (flow.resetBy || flow.findings.of({Unanswered, HalfOpen}) > 0) sum += kBroken;
    if (flow.findings.of({CloseWaitStuck, FinWait2Stuck}) > 0) sum += kUnfinished;
    return sum;
}

}  // namespace tcplab::capture
