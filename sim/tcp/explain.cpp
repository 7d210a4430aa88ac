#include "sim/tcp/explain.h"

#include "sim/tcp/step.h"

#include <algorithm>

namespace tcplab::tcp {
namespace {

std::string milliseconds(Duration duration) {
    const auto whole = std::chrono::duration_cast<std::chrono::milliseconds>(duration);
    return std::to_string(whole.count()) + " ms";
}

/// "1:1449", relative to the initial number.
std::string range(Seq from, Seq to, Seq initial) {
    return std::to_string(from - initial) + ":" + std::to_string(to - initial);
}

}  // namespace

void Step::explain(Silences& silences) const {
    if (tcb_.state == State::Closed) return;
    explainSending(silences);
    explainReceiving(silences);
    explainWaiting(silences);
}

// Octets or a FIN that do not leave.
void Step::explainSending(Silences& silences) const {
    if (tcb_.state == State::Listen) return;  // There is no peer yet.
    const std::size_t waiting = unsent();
    if (waiting == 0 || tcb_.snd.una == tcb_.snd.iss) return;
    const std::string octets = std::to_string(waiting);
    const std::string flying = range(tcb_.snd.una, tcb_.snd.nxt, tcb_.snd.iss);
    const std::size_t room = segmentRoom();
    const std::uint32_t usable = usableWindow();
    if (tcb_.snd.wnd == 0) {
        silences.push_back({clause::kWindowClosed,
                            "Closed window: " + octets + " octets wait for the peer to open it",
                            "窗口关闭：" + octets + " 字节等待对方打开窗口"});
    } else if (usable < std::min(waiting, room) && tcb_.congestionWindow() < tcb_.snd.wnd &&
               controlsCongestion()) {
        const std::string window = std::to_string(tcb_.congestionWindow());
        silences.push_back(
            {clause::kCongestionWindow,
             "Congestion window of " + window + " octets: " + octets +
                 " octets wait for the ACK of " + flying,
             "拥塞窗口为 " + window + " 字节：" + octets + " 字节等待 " + flying + " 的确认"});
    } else if (usable < std::min(waiting, room)) {
        const std::string window = std::to_string(tcb_.snd.wnd);
        const bool silly = usable > 0;
        silences.push_back({silly ? clause::kSillyWindow : clause::kWindowFull,
                            "Window of " + window + " octets, " + std::to_string(usable) +
                                " of it usable: " + octets + " octets wait for more",
                            "窗口为 " + window + " 字节，可用 " + std::to_string(usable) +
                                " 字节：" + octets + " 字节等待更大的窗口"});
    } else if (config_.cork) {
        silences.push_back(
            {clause::kCorked,
             "Corked: " + octets + " octets wait for a full segment of " + std::to_string(room),
             "已塞住：" + octets + " 字节等待凑满 " + std::to_string(room) + " 字节的报文段"});
    } else {
        silences.push_back({clause::kNagle,
                            "Nagle: " + octets + " octets wait for the ACK of " + flying,
                            "Nagle 算法：" + octets + " 字节等待 " + flying + " 的确认"});
    }
    if (tcb_.closeRequested)
        silences.push_back({clause::kCloseSendsFin,
                            "The FIN follows the last of " + octets + " octets",
                            "FIN 跟在最后 " + octets + " 字节之后"});
}

// ACKs and octets that wait on the receiving side.
void Step::explainReceiving(Silences& silences) const {
    if (const auto due = tcb_.timers.due(Timer::DelayedAck)) {
        const std::string octets = range(tcb_.ackedTo, tcb_.rcv.nxt, tcb_.rcv.irs);
        const std::string left = milliseconds(*due - now_);
        silences.push_back(
            {clause::kAckMayWait,
             "Delayed ACK: " + octets + " is acknowledged in " + left + " at the latest",
             "推迟确认：" + octets + " 最迟在 " + left + " 后确认"});
    }
    if (!tcb_.reassembly.empty()) {
        const std::string held = std::to_string(tcb_.reassembly.size());
        const std::string missing = std::to_string(tcb_.rcv.nxt - tcb_.rcv.irs);
        silences.push_back({clause::kTextHeld,
                            "Gap: " + held + " octets are held until octet " + missing + " comes",
                            "空缺：已保存 " + held + " 字节，等待第 " + missing + " 号字节"});
    }
    if (tcb_.receiving)
        silences.push_back({clause::kReceiveWaits,
                            "RECEIVE waits for octets or the peer's FIN",
                            "RECEIVE 等待数据或对方的 FIN"});
    if (tcb_.challenges != 0 && tcb_.challenges == config_.challengeAcks) {
        const std::string limit = std::to_string(config_.challengeAcks);
        const std::string period = milliseconds(config_.challengePeriod);
        silences.push_back({clause::kChallengeLimit,
                            "Challenge ACKs: no more than " + limit + " in " + period,
                            "挑战 ACK：" + period + " 内不超过 " + limit + " 个"});
    }
}

// What the whole connection waits for.
void Step::explainWaiting(Silences& silences) const {
    const auto timer = [&](Timer which, const Clause& why, std::string en, std::string zh) {
        const auto due = tcb_.timers.due(which);
        if (!due) return;
        const std::string left = milliseconds(*due - now_);
        silences.push_back({why, std::move(en) + left, std::move(zh) + left});
    };
    if (flight() > 0) {
        const std::string flying = range(tcb_.snd.una, tcb_.snd.nxt, tcb_.snd.iss);
        timer(Timer::Retransmission,
              clause::kTimerStarts,
              "Retransmission: " + flying + " goes again without an ACK in ",
              "重传：" + flying + " 若无确认，重发前还有 ");
    }
    timer(Timer::TimeWait, clause::kFinLast, "TIME-WAIT ends in ", "TIME-WAIT 结束前还有 ");
    timer(Timer::Persist, clause::kWindowClosed, "The window is probed in ", "探测窗口前还有 ");
    timer(Timer::FinWait2,
          clause::kFinWait2Waits,
          "The peer's FIN is waited for no longer than ",
          "等待对方的 FIN 最多还有 ");
}

}  // namespace tcplab::tcp
