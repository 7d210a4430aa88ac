#pragma once

#include "sim/tcp/clause.h"

// What the machine cites of RFC 9293 3.8 and 3.9 and of the documents beside it: timers, windows,
// congestion, options, ICMP.
namespace tcplab::tcp::clause {

inline constexpr Clause::Entry kGiveUp{
    9293,
    "3.8.3",
    0,
    {"Sent again for too long without an answer (R2): the connection is given up.",
     "重发太久仍无回答（R2）：放弃连接。"}};
inline constexpr Clause::Entry kWindowProbe{
    9293,
    "3.8.6.1",
    0,
    {"The peer's window has been closed for a while: one octet asks whether it has opened.",
     "对方的窗口关闭了一段时间：用一个字节探测它是否已打开。"}};
inline constexpr Clause::Entry kWindowClosed{
    9293,
    "3.8.6.1",
    0,
    {"The peer's window is closed: wait, then probe.", "对方的窗口已关闭：先等待，再探测。"}};
inline constexpr Clause::Entry kWindowUpdate{
    9293,
    "3.8.6.2.2",
    0,
    {"The program has made room: tell the peer that the window has opened.",
     "程序腾出了空间：告诉对方窗口已打开。"}};
inline constexpr Clause::Entry kTimerStarts{
    6298,
    "5",
    1,
    {"Something is in flight: start the retransmission timer.", "有内容在途中：启动重传计时器。"}};
inline constexpr Clause::Entry kTimerRestarts{
    6298,
    "5",
    3,
    {"New octets are acknowledged: start the retransmission timer anew for the rest.",
     "有新的确认：为其余内容重新启动重传计时器。"}};
inline constexpr Clause::Entry kTimerBacksOff{
    6298,
    "5",
    6,
    {"Sent again: start the timer with the doubled timeout.",
     "已经重发：用加倍的超时时间启动计时器。"}};
inline constexpr Clause::Entry kChecksumWrong{
    9293,
    "3.1",
    0,
    {"The checksum is wrong: the segment was damaged on its way, and is discarded.",
     "检验和不符：报文段在途中损坏，丢弃。"}};
inline constexpr Clause::Entry kAckMayWait{
    9293,
    "3.8.6.3",
    0,
    {"One segment more is to be acknowledged: wait a little, for octets to send along or for a "
     "second segment.",
     "又有一个报文段待确认：稍等片刻，等有数据可以捷带确认，或等来第二个报文段。"}};
inline constexpr Clause::Entry kAckWaitedLongEnough{
    9293, "3.8.6.3", 0, {"The ACK has waited long enough.", "确认已等待足够久，现在发出。"}};
inline constexpr Clause::Entry kAckLeaves{
    9293,
    "3.8.6.3",
    0,
    {"The ACK leaves now, and nothing waits any more.", "确认现在发出，不再等待。"}};
inline constexpr Clause::Entry kFastRetransmit{
    5681,
    "3.2",
    2,
    {"The third duplicate ACK: the segment it asks for was lost. Send it again without waiting for "
     "the timer.",
     "收到第三个重复确认：它所期待的报文段已丢失，不等计时器到期立即重传。"}};
inline constexpr Clause::Entry kPartialAck{
    6582,
    "3.2",
    3,
    {"A partial ACK: another segment of the same flight was lost. Send it again.",
     "部分确认：同一批中还有报文段丢失，重传它。"}};

inline constexpr Clause::Entry kLost{
    6675,
    "4",
    0,
    {"The peer holds octets that were sent later: this segment was lost, and goes again.",
     "对方已收到更晚发送的数据：这个报文段已丢失，重传它。"}};
inline constexpr Clause::Entry kLostAfterTimeout{
    8985,
    "6.3",
    0,
    {"In flight when the timer ran out, and lost with the rest: it goes again as the window grows.",
     "计时器到期时它也在途中，同样视为丢失：随窗口增长逐步重传。"}};
inline constexpr Clause::Entry kReordering{
    8985,
    "6.2",
    5,
    {"A segment is missing that may only be late: wait a little before it counts as lost.",
     "缺少的报文段也许只是迟到：稍等片刻，再视为丢失。"}};
inline constexpr Clause::Entry kTailLossProbeStarts{
    8985,
    "7.2",
    0,
    {"If no ACK comes within two round trips, a probe asks for one before the timeout.",
     "两个往返时间内若无确认，就在超时之前发送探测。"}};
inline constexpr Clause::Entry kTailLossProbe{
    8985,
    "7.3",
    0,
    {"No ACK for two round trips: the last segment goes again, so that an ACK shows what is "
     "missing.",
     "两个往返时间没有确认：重发最后一个报文段，让确认显示缺少什么。"}};

inline constexpr Clause::Entry kOpenTimeoutStarts{
    9293, "3.9.1.1", 0, {"Opening may take so long and no longer.", "打开连接最多只能用这么久。"}};
inline constexpr Clause::Entry kUserTimeoutStarts{
    9293,
    "3.9.1.1",
    0,
    {"An octet may wait for its ACK so long and no longer.", "一个字节最多只能等待确认这么久。"}};
inline constexpr Clause::Entry kUserTimeout{
    9293,
    "3.10.8",
    0,
    {"The user timeout has passed: all queues are thrown away and the program is told.",
     "用户超时已到：清空所有队列并通知程序。"}};
inline constexpr Clause::Entry kConfigChanged{
    9293,
    "3.9.1",
    0,
    {"The program has changed an option of the connection.", "程序更改了连接的选项。"}};
inline constexpr Clause::Entry kTrouble{
    9293,
    "3.8.3",
    0,
    {"Sent again several times without an answer (R1): the program is told of the trouble.",
     "重发多次仍无回答（R1）：告诉程序投递遇到困难。"}};
inline constexpr Clause::Entry kWindowOpened{
    9293,
    "3.8.6.1",
    0,
    {"The peer's window has opened: no more probes; what was not taken goes again.",
     "对方的窗口已打开：不再探测，重发未被接收的内容。"}};
inline constexpr Clause::Entry kProbeAgain{
    9293,
    "3.8.6.1",
    0,
    {"The next probe comes after twice the time.", "下一次探测要等两倍的时间。"}};
inline constexpr Clause::Entry kKeepAliveStarts{
    9293,
    "3.8.4",
    0,
    {"If nothing is heard for this long, the peer is asked whether it is there.",
     "这段时间内若毫无音讯，就询问对方是否还在。"}};
inline constexpr Clause::Entry kKeepAliveProbe{
    9293,
    "3.8.4",
    0,
    {"Nothing was heard for long: an old number makes the peer answer if it is there.",
     "很久没有音讯：用旧的序号引出对方的回答。"}};
inline constexpr Clause::Entry kKeepAliveGivesUp{
    9293,
    "3.8.4",
    0,
    {"Several probes had no answer: the peer is gone.", "多次探测都没有回答：对方已不在。"}};
inline constexpr Clause::Entry kSourceQuench{
    9293,
    "3.9.2.2",
    0,
    {"ICMP Source Quench says nothing any more: ignored.", "ICMP 源点抑制已无意义：忽略。"}};
inline constexpr Clause::Entry kIcmpOfNothing{
    5927,
    "4.1",
    0,
    {"The ICMP message is about nothing that is in flight: ignored.",
     "这个 ICMP 报文与在途的内容无关：忽略。"}};
inline constexpr Clause::Entry kIcmpHard{
    9293,
    "3.9.2.2",
    0,
    {"A hard ICMP error: the connection is given up.", "硬 ICMP 差错：放弃连接。"}};
inline constexpr Clause::Entry kIcmpSoft{
    9293,
    "3.9.2.2",
    0,
    {"A soft ICMP error may pass: the program is told, the connection stays.",
     "软 ICMP 差错可能是暂时的：告诉程序，连接保留。"}};
inline constexpr Clause::Entry kPathMtu{
    1191,
    "6.4",
    0,
    {"A router cannot forward packets of this size: smaller segments from now on.",
     "路由器无法转发这么大的分组：从现在起使用较小的报文段。"}};
inline constexpr Clause::Entry kTimestampMissing{
    7323,
    "3.2",
    0,
    {"Both ends agreed on timestamps, and this segment has none: dropped.",
     "双方已商定使用时间戳，这个报文段却没有：丢弃。"}};
inline constexpr Clause::Entry kTimestampOld{
    7323,
    "5.3",
    0,
    {"Its timestamp is older than the last one: an old duplicate (PAWS). Acknowledged and dropped.",
     "时间戳比上一个还旧，是旧的重复报文段（PAWS）：回以确认并丢弃。"}};
inline constexpr Clause::Entry kNagle{
    9293,
    "3.7.4",
    0,
    {"A small segment waits while anything is unacknowledged (Nagle).",
     "还有内容未被确认时，小报文段先等待（Nagle 算法）。"}};
inline constexpr Clause::Entry kCorked{
    9293,
    "3.7.4",
    0,
    {"The program holds small segments back until it says otherwise.",
     "程序要求先不发小报文段，直到另行通知。"}};
inline constexpr Clause::Entry kSillyWindow{
    9293,
    "3.8.6.2.1",
    0,
    {"The usable window is too small to be worth a segment.",
     "可用窗口太小，不值得为它发报文段。"}};
inline constexpr Clause::Entry kWindowFull{
    9293, "3.8.6", 0, {"The peer's window is full.", "对方的窗口已满。"}};
inline constexpr Clause::Entry kCongestionWindow{
    5681, "3.1", 0, {"The congestion window is full.", "拥塞窗口已满。"}};
inline constexpr Clause::Entry kReceiveWaits{
    9293,
    "3.10.3",
    0,
    {"Nothing has arrived that the program could take.", "还没有可以交给程序的数据。"}};
inline constexpr Clause::Entry kChallengeLimit{
    5961,
    "7",
    0,
    {"Challenge ACKs are limited, so that they are no weapon.",
     "挑战 ACK 有数量限制，以免被人利用。"}};

}  // namespace tcplab::tcp::clause
