#pragma once

#include "sim/tcp/clause.h"
#include "sim/tcp/transfer_clauses.h"

// What the machine cites of RFC 9293 3.10, the events; transfer_clauses.h has the rest.
// Sections and steps are those of the standards; the sentences are ours.
namespace tcplab::tcp::clause {

inline constexpr Clause::Entry kPassiveOpen{
    9293,
    "3.10.1",
    0,
    {"The program opens passively: wait for a SYN.", "程序被动打开：等待对方的 SYN。"}};
inline constexpr Clause::Entry kActiveOpen{
    9293,
    "3.10.1",
    0,
    {"The program opens actively: choose an initial sequence number and send a SYN.",
     "程序主动打开：选定初始序号，发送 SYN。"}};
inline constexpr Clause::Entry kOpenTwice{
    9293, "3.10.1", 0, {"The connection exists already.", "连接已经存在。"}};
inline constexpr Clause::Entry kSendWithoutConnection{
    9293, "3.10.2", 0, {"There is no connection to send on.", "没有可以发送数据的连接。"}};
inline constexpr Clause::Entry kSendAfterClose{
    9293,
    "3.10.2",
    0,
    {"The program has closed this direction: nothing more can be sent.",
     "程序已关闭这个方向：不能再发送数据。"}};
inline constexpr Clause::Entry kSendData{
    9293,
    "3.10.2",
    0,
    {"Octets of the program leave as a segment.", "程序交来的字节装入报文段发出。"}};
inline constexpr Clause::Entry kReceiveWithoutConnection{
    9293, "3.10.3", 0, {"There is no connection to receive from.", "没有可以接收数据的连接。"}};
inline constexpr Clause::Entry kReceiveFromBuffer{
    9293,
    "3.10.3",
    0,
    {"Octets waiting in the receive buffer go to the program.", "接收缓存中的字节交给程序。"}};
inline constexpr Clause::Entry kReceiveAtEnd{
    9293,
    "3.10.3",
    0,
    {"The peer's FIN was reached and the buffer is empty: nothing more will come.",
     "已读到对方的 FIN，缓存也空了：不会再有数据。"}};
inline constexpr Clause::Entry kCloseWithoutConnection{
    9293, "3.10.4", 0, {"There is no connection to close.", "没有可以关闭的连接。"}};
inline constexpr Clause::Entry kCloseBeforeOpen{
    9293,
    "3.10.4",
    0,
    {"Nothing was exchanged yet: the TCB is deleted.", "还没有交换过报文段：删除 TCB。"}};
inline constexpr Clause::Entry kCloseSendsFin{
    9293,
    "3.10.4",
    0,
    {"The program has nothing more to send: a FIN says so, after all its octets.",
     "程序不再发送数据：在所有字节之后发送 FIN 说明这一点。"}};
inline constexpr Clause::Entry kCloseTwice{
    9293, "3.10.4", 0, {"This direction is closed already.", "这个方向已经关闭。"}};
inline constexpr Clause::Entry kAbortWithoutConnection{
    9293, "3.10.5", 0, {"There is no connection to abort.", "没有可以中止的连接。"}};
inline constexpr Clause::Entry kAbortResets{
    9293,
    "3.10.5",
    0,
    {"The program aborts: a RST tells the peer, and all queues are thrown away.",
     "程序中止连接：用 RST 告诉对方，并清空所有队列。"}};
inline constexpr Clause::Entry kAbortQuietly{
    9293,
    "3.10.5",
    0,
    {"The program aborts in a state in which no RST is needed: the TCB is deleted.",
     "程序中止连接，此状态下不需要发送 RST：删除 TCB。"}};
inline constexpr Clause::Entry kClosedIgnoresRst{
    9293,
    "3.10.7.1",
    0,
    {"A RST to a connection that does not exist is ignored.", "对不存在的连接的 RST 不予理会。"}};
inline constexpr Clause::Entry kClosedAnswersRst{
    9293,
    "3.10.7.1",
    0,
    {"There is no connection here: whatever comes is answered with a RST.",
     "这里没有连接：无论收到什么都用 RST 回答。"}};
inline constexpr Clause::Entry kListenIgnoresRst{
    9293,
    "3.10.7.2",
    1,
    {"Nothing was sent yet that a RST could answer: it is ignored.",
     "还没有发送过任何报文段，这个 RST 不可能是对它的回答：忽略。"}};
inline constexpr Clause::Entry kListenRefusesAck{
    9293,
    "3.10.7.2",
    2,
    {"Nothing was sent yet that could be acknowledged: the ACK is answered with a RST.",
     "还没有发送过任何报文段，不可能有确认：用 RST 回答。"}};
inline constexpr Clause::Entry kListenAnswersSyn{
    9293,
    "3.10.7.2",
    3,
    {"A SYN asks to open: acknowledge it and send our own.",
     "收到 SYN，对方请求打开连接：确认它，并发送自己的 SYN。"}};
inline constexpr Clause::Entry kListenDrops{
    9293,
    "3.10.7.2",
    4,
    {"Neither RST, ACK nor SYN: dropped.", "既不是 RST、ACK，也不是 SYN：丢弃。"}};
inline constexpr Clause::Entry kSynSentBadAck{
    9293,
    "3.10.7.3",
    1,
    {"This does not acknowledge our SYN: it belongs to another connection and is answered with a "
     "RST.",
     "它确认的不是我们的 SYN，属于别的连接：用 RST 回答。"}};
inline constexpr Clause::Entry kSynSentReset{
    9293,
    "3.10.7.3",
    2,
    {"A RST that acknowledges our SYN: the connection is refused.",
     "RST 确认了我们的 SYN：连接被拒绝。"}};
inline constexpr Clause::Entry kSynSentIgnoresRst{
    9293,
    "3.10.7.3",
    2,
    {"A RST that does not acknowledge our SYN proves nothing: ignored.",
     "RST 没有确认我们的 SYN，不能说明什么：忽略。"}};
inline constexpr Clause::Entry kSynSentEstablished{
    9293,
    "3.10.7.3",
    4,
    {"Our SYN is acknowledged and the peer's SYN has come: the connection is established. "
     "Acknowledge it.",
     "我们的 SYN 已被确认，对方的 SYN 也到了：连接建立。发送确认。"}};
inline constexpr Clause::Entry kSynSentCrossed{
    9293,
    "3.10.7.3",
    4,
    {"The peer's SYN crossed ours: a simultaneous open. Answer with SYN and ACK.",
     "对方的 SYN 与我们的 SYN 在途中相遇：同时打开。用 SYN 和 ACK 回答。"}};
inline constexpr Clause::Entry kSynSentDrops{
    9293, "3.10.7.3", 5, {"Neither SYN nor RST: dropped.", "既不是 SYN 也不是 RST：丢弃。"}};
inline constexpr Clause::Entry kNotAcceptable{
    9293,
    "3.10.7.4",
    1,
    {"Outside the receive window: say again what is expected, and drop it.",
     "不在接收窗口之内：再次说明期望的序号，并丢弃它。"}};
inline constexpr Clause::Entry kNotAcceptableRst{
    9293,
    "3.10.7.4",
    1,
    {"A RST outside the receive window is dropped without a word.",
     "接收窗口之外的 RST：直接丢弃。"}};
inline constexpr Clause::Entry kRepeatedSyn{
    9293,
    "3.5",
    0,
    {"The peer's SYN again, now with the ACK of ours: the known SYN is trimmed off (figure 8).",
     "对方的 SYN 再次到来，并带有对我们 SYN 的确认：去掉已收到的 SYN（图 8）。"}};
inline constexpr Clause::Entry kChallengeRst{
    9293,
    "3.10.7.4",
    2,
    {"A RST inside the window, but not exactly the next number: a challenge ACK asks whether it is "
     "meant.",
     "RST 在窗口内，但序号不是期望的下一个：发送挑战 ACK 求证。"}};
inline constexpr Clause::Entry kRstToListen{
    9293,
    "3.10.7.4",
    2,
    {"The one who was opening gave up: a passive open goes back to waiting.",
     "正在打开连接的一方放弃了：被动打开的一方回到等待。"}};
inline constexpr Clause::Entry kRstRefuses{
    9293,
    "3.10.7.4",
    2,
    {"The peer refuses the connection with a RST.", "对方用 RST 拒绝了连接。"}};
inline constexpr Clause::Entry kRstResets{
    9293,
    "3.10.7.4",
    2,
    {"The peer resets the connection: all queues are thrown away.",
     "对方复位了连接：清空所有队列。"}};
inline constexpr Clause::Entry kRstEnds{
    9293,
    "3.10.7.4",
    2,
    {"A RST while closing: the TCB is deleted.", "正在关闭时收到 RST：删除 TCB。"}};
inline constexpr Clause::Entry kSynToListen{
    9293,
    "3.10.7.4",
    4,
    {"A new SYN on a half-open passive connection: back to waiting.",
     "半开的被动连接又收到 SYN：回到等待。"}};
inline constexpr Clause::Entry kChallengeSyn{
    9293,
    "3.10.7.4",
    4,
    {"A SYN on a connection that is synchronized: a challenge ACK asks whether it is meant.",
     "已同步的连接收到 SYN：发送挑战 ACK 求证。"}};
inline constexpr Clause::Entry kNoAck{
    9293,
    "3.10.7.4",
    5,
    {"Without the ACK bit nothing can be taken from a segment: dropped.",
     "没有 ACK 位的报文段不能接受：丢弃。"}};
inline constexpr Clause::Entry kAckTooOld{
    9293,
    "3.10.7.4",
    5,
    {"It acknowledges something older than any window could hold: acknowledged and dropped.",
     "它确认的序号太旧，超出任何窗口：回以确认并丢弃。"}};
inline constexpr Clause::Entry kAckOfUnsent{
    9293,
    "3.10.7.4",
    5,
    {"It acknowledges what was never sent: say what is expected, and drop it.",
     "它确认了从未发送的内容：说明期望的序号，并丢弃它。"}};
inline constexpr Clause::Entry kSynReceivedBadAck{
    9293,
    "3.10.7.4",
    5,
    {"It does not acknowledge our SYN: answered with a RST.",
     "它没有确认我们的 SYN：用 RST 回答。"}};
inline constexpr Clause::Entry kSynAcknowledged{
    9293,
    "3.10.7.4",
    5,
    {"Our SYN is acknowledged: the connection is established.", "我们的 SYN 已被确认：连接建立。"}};
inline constexpr Clause::Entry kFinAcknowledged{
    9293,
    "3.10.7.4",
    5,
    {"Our FIN is acknowledged: this direction is released. The peer may still send.",
     "我们的 FIN 已被确认：这个方向已释放。对方仍可以发送数据。"}};
inline constexpr Clause::Entry kClosingAcknowledged{
    9293,
    "3.10.7.4",
    5,
    {"Our FIN is acknowledged too: both directions are released. Wait 2 MSL.",
     "我们的 FIN 也被确认了：两个方向都已释放。等待 2MSL。"}};
inline constexpr Clause::Entry kLastAckAcknowledged{
    9293,
    "3.10.7.4",
    5,
    {"Our FIN, the second one, is acknowledged: the TCB is deleted.",
     "我们后发送的 FIN 已被确认：删除 TCB。"}};
inline constexpr Clause::Entry kTimeWaitAgain{
    9293,
    "3.10.7.4",
    8,
    {"The peer's FIN again: our ACK was lost. Acknowledge it and start waiting anew.",
     "对方的 FIN 又来了，说明我们的确认丢失了：再次确认，重新开始等待。"}};
inline constexpr Clause::Entry kAcknowledged{
    9293,
    "3.10.7.4",
    5,
    {"Everything sent is acknowledged: no timer is needed.",
     "发送的内容全部得到确认：不再需要计时器。"}};
inline constexpr Clause::Entry kTextTaken{
    9293,
    "3.10.7.4",
    7,
    {"Octets in order are taken, and acknowledged.", "按序到达的字节被接收，并予以确认。"}};
inline constexpr Clause::Entry kTextHeld{
    9293,
    "3.10.7.4",
    7,
    {"Octets ahead of a gap are held; the ACK repeats what is missing.",
     "前面还有空缺，先保存这些字节；确认号重复说明缺少什么。"}};
inline constexpr Clause::Entry kTextRepeated{
    2883,
    "4",
    0,
    {"Octets that came again are reported at once, before the next ACK loses the report.",
     "重复收到的字节要立即报告，否则下一个确认就不再带有这一报告。"}};
inline constexpr Clause::Entry kTextAfterFin{
    9293,
    "3.10.7.4",
    7,
    {"The peer has said that it will send no more: its octets are ignored.",
     "对方已说明不再发送数据：忽略这些字节。"}};
inline constexpr Clause::Entry kDeliverWaiting{
    9293,
    "3.10.7.4",
    7,
    {"The program was waiting for octets: it gets them now.", "程序正在等待数据：现在交给它。"}};
inline constexpr Clause::Entry kFinBeforeSyn{
    9293,
    "3.10.7.4",
    8,
    {"A FIN before the connection is synchronized cannot be judged: dropped.",
     "连接尚未同步，无法判断 FIN 的序号：丢弃。"}};
inline constexpr Clause::Entry kFinTaken{
    9293,
    "3.10.7.4",
    8,
    {"The peer will send no more: acknowledge its FIN and tell the program.",
     "对方不再发送数据：确认它的 FIN，并告诉程序。"}};
inline constexpr Clause::Entry kFinCrossed{
    9293,
    "3.10.7.4",
    8,
    {"The peer's FIN came before the ACK of ours: both closed at once.",
     "对方的 FIN 先于对我们 FIN 的确认到达：双方同时关闭。"}};
inline constexpr Clause::Entry kFinLast{
    9293,
    "3.10.7.4",
    8,
    {"The peer's FIN, and ours is acknowledged: both directions are released. Wait 2 MSL so that "
     "the last ACK can be repeated and old segments die out.",
     "收到对方的 FIN，我们的 FIN 也已被确认：两个方向都已释放。等待 "
     "2MSL，使最后的确认能够重发，旧报文段消失。"}};
inline constexpr Clause::Entry kRetransmissionTimeout{
    9293,
    "3.10.8",
    0,
    {"No ACK came in time: the oldest segment is sent again, and the timeout doubles.",
     "没有按时收到确认：重发最早的报文段，超时时间加倍。"}};
inline constexpr Clause::Entry kTimeWaitTimeout{
    9293, "3.10.8", 0, {"2 MSL have passed: the TCB is deleted.", "2MSL 已过：删除 TCB。"}};
inline constexpr Clause::Entry kSynFin{9293,
                                       "3.10.7",
                                       0,
                                       {"SYN and FIN together serve nobody but scanners: dropped.",
                                        "SYN 与 FIN 同时为 1 只有扫描工具才会用：丢弃。"}};
inline constexpr Clause::Entry kSynAckAgain{
    9293,
    "3.8.1",
    0,
    {"The peer's SYN again: our SYN-ACK was lost. Send it once more.",
     "对方的 SYN 又来了，说明我们的 SYN-ACK 丢失了：再发一次。"}};
inline constexpr Clause::Entry kSynResets{
    9293,
    "3.10.7.4",
    4,
    {"A SYN inside the window is an error: the connection is reset.",
     "窗口内出现 SYN 是错误：复位连接。"}};
inline constexpr Clause::Entry kTimeWaitIgnoresRst{
    1337,
    "3",
    0,
    {"A RST must not end TIME-WAIT early, or old segments could harm the next connection: ignored.",
     "RST 不得提前结束 TIME-WAIT，否则旧报文段会危及下一个连接：忽略。"}};
inline constexpr Clause::Entry kTimeWaitReused{
    9293,
    "3.6.1",
    0,
    {"A SYN that is newer than everything of the old connection: a new one may begin at once.",
     "这个 SYN 比旧连接的一切都新：可以立即开始新连接。"}};
inline constexpr Clause::Entry kTimeWaitAnswers{
    9293,
    "3.10.7.4",
    5,
    {"In TIME-WAIT whatever comes is acknowledged, for our last ACK may be lost.",
     "在 TIME-WAIT 状态，收到什么都予以确认，因为最后的确认可能已丢失。"}};
inline constexpr Clause::Entry kTextTooLate{
    9293,
    "3.6.1",
    0,
    {"Octets for a program that has closed and reads no more: a RST says that they are lost.",
     "程序已经关闭、不再读取，数据却还在来：用 RST 说明这些数据丢失了。"}};
inline constexpr Clause::Entry kUrgentAhead{
    9293,
    "3.8.5",
    0,
    {"Urgent octets are on their way: the program is told.", "前面有紧急数据：通知程序。"}};
inline constexpr Clause::Entry kFinWait2Waits{
    9293,
    "3.6.1",
    0,
    {"The program is gone: the FIN of the peer is waited for only so long.",
     "程序已不在：等待对方的 FIN 只到此时为止。"}};
inline constexpr Clause::Entry kFinWait2Timeout{
    9293,
    "3.6.1",
    0,
    {"The FIN of the peer did not come in time, and nobody waits for it: the TCB is deleted.",
     "对方的 FIN 没有按时到来，也无人等待：删除 TCB。"}};
}  // namespace tcplab::tcp::clause
