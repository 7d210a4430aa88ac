#pragma once

#include "sim/base/bytes.h"
#include "sim/tcp/chronograph.h"
#include "sim/tcp/config.h"
#include "sim/tcp/ecn.h"
#include "sim/tcp/loss_recovery.h"
#include "sim/tcp/new_reno.h"
#include "sim/tcp/reassembly.h"
#include "sim/tcp/rto.h"
#include "sim/tcp/sack_list.h"
#include "sim/tcp/send_queue.h"
#include "sim/tcp/state.h"
#include "sim/tcp/timer.h"
#include "sim/wire/seq.h"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <optional>

namespace tcplab::tcp {

/// The transmission control block, its variables named as in RFC 9293 3.3.1. A value; whoever wants
/// to know the status of a connection (STATUS, 3.10.6) reads it.
struct Tcb {
    struct SendVariables {
        Seq una{};                ///< Oldest number not acknowledged.
        Seq nxt{};                ///< Next to be sent.
        std::uint32_t wnd = 0;    ///< What the peer takes, counted from una.
        std::optional<Seq> up{};  ///< The number after the last urgent octet, until acknowledged.
        Seq wl1{};                ///< SEG.SEQ of the last window update.
        Seq wl2{};                ///< SEG.ACK of the last window update.
        Seq iss{};
        std::uint32_t maxWnd = 0;  ///< MAX.SND.WND of 3.10.7.4: the largest seen.
        std::uint8_t scale = 0;    ///< Snd.Wind.Shift of RFC 7323 2.2.
        friend bool operator==(const SendVariables&, const SendVariables&) = default;
    };
    struct ReceiveVariables {
        Seq nxt{};
        std::uint32_t wnd = 0;
        std::optional<Seq> up{};  ///< The number after the last urgent octet known of.
        Seq irs{};
        std::uint8_t scale = 0;  ///< Rcv.Wind.Shift of RFC 7323 2.2.
        friend bool operator==(const ReceiveVariables&, const ReceiveVariables&) = default;
    };
    /// RFC 7323 3 and 4.3
    struct TimestampVariables {
        std::uint32_t recent = 0;  ///< TS.Recent
        Instant recentAt{};        ///< When TS.Recent was set.
        Seq lastAckSent{};         ///< Last.ACK.sent
        friend bool operator==(const TimestampVariables&, const TimestampVariables&) = default;
    };

    State state = State::Closed;
    bool passive = false;  ///< Opened by a passive OPEN.
    SendVariables snd{};
    ReceiveVariables rcv{};

    std::uint16_t peerMss = 0;    ///< SendMSS of 3.7.1; 0 until the peer's SYN is here.
    std::uint16_t pathMtu = 0;    ///< Of the path, as ICMP told; 0: nothing told.
    std::uint16_t sendMss = 0;    ///< Eff.snd.MSS of 3.7.1: octets of data a segment.
    bool windowScaling = false;   ///< Both SYNs had the option.
    bool sackPermitted = false;   ///< Both SYNs had the option.
    bool usesTimestamps = false;  ///< Both SYNs had the option.
    TimestampVariables timestamp{};
    Ecn ecn{};

    bool unpushed = false;         ///< More is to follow what was sent last.
    bool closeRequested = false;   ///< CLOSE was called: a FIN follows the last octet.
    bool receiveEnded = false;     ///< The program will receive no more.
    std::optional<Seq> fin{};      ///< The number of our FIN, once it was sent.
    std::optional<Seq> peerFin{};  ///< The number of the peer's FIN, once one arrived.

    SendQueue sendQueue{};
    Reassembly reassembly{};
    SackList sackList{};
    std::deque<Bytes> received{};              ///< In order, and not yet taken by the program.
    std::optional<std::uint32_t> receiving{};  ///< A RECEIVE that waits, and its count.

    TimerTable timers{};
    Rto rto{};
    NewReno congestion{};     ///< Where losses are detected by duplicate ACKs.
    LossRecovery recovery{};  ///< Where they are detected by time.
    /// The right edge of the window as the peer was last told.
    Seq toldWindowEdge{};
    Seq ackedTo{};                      ///< RCV.NXT as the peer was last told.
    std::uint32_t largestReceived = 0;  ///< Octets of the largest segment so far.
    std::uint32_t quickAcksSent = 0;    ///< ACKs that did not wait.
    std::optional<Seq> smallEnd{};  ///< The end of the last segment sent that was not a full one.

    Chronograph sending{};
    Instant openedAt{};                            ///< When the first SYN left.
    std::optional<Instant> retransmittingSince{};  ///< First timeout of what una stands at.
    std::uint32_t retransmissions = 0;             ///< Timeouts since anything was acknowledged.
    std::uint32_t totalRetransmissions = 0;
    std::uint32_t probes = 0;                  ///< Of the window, sent since it closed.
    std::uint32_t answeredProbes = 0;          ///< Of them, those sent before an ACK came.
    std::uint32_t keepAliveProbes = 0;         ///< Sent since the peer was last heard.
    std::optional<Instant> unansweredSince{};  ///< When the first probe without an answer left.
    Instant heardAt{};                         ///< When the last acceptable segment arrived.
    Instant sentAt{};                          ///< When the last segment with octets left.
    Instant challengesSince{};                 ///< When the period of RFC 5961 7 began.
    std::uint32_t challenges = 0;              ///< Challenge ACKs in it.

    [[nodiscard]] std::size_t receivedSize() const {
        std::size_t sum = 0;
        for (const Bytes& octets : received) sum += octets.size();
        return sum;
    }
    /// cwnd and ssthresh in octets, whichever of the two has them.
    [[nodiscard]] std::uint32_t congestionWindow() const {
        return recovery.window == 0 ? congestion.window() : recovery.window * sendMss;
    }
    [[nodiscard]] std::uint32_t slowStartThreshold() const {
        if (recovery.window == 0) return congestion.threshold();
        const std::uint64_t octets = std::uint64_t{recovery.threshold} * sendMss;
        return static_cast<std::uint32_t>(std::min<std::uint64_t>(octets, UINT32_MAX));
    }
    [[nodiscard]] bool finAcknowledged() const { return fin.has_value() && *fin < snd.una; }
    [[nodiscard]] bool finReceived() const { return peerFin.has_value() && *peerFin < rcv.nxt; }
    /// Urgent octets that the program has not taken yet, those to come included (MUST-33).
    [[nodiscard]] std::uint32_t urgentAhead() const {
        if (!rcv.up) return 0;
        const Seq taken = rcv.nxt - static_cast<std::uint32_t>(receivedSize());
        return *rcv.up < taken ? 0 : static_cast<std::uint32_t>(*rcv.up - taken);
    }

    friend bool operator==(const Tcb&, const Tcb&) = default;
};

/// Octets of text that a segment may have, options aside: what the peer takes (SendMSS) and what
/// the path carries (RFC 9293 3.7.1).
[[nodiscard]] std::uint16_t segmentLimit(const Tcb& tcb, const Config& config);

/// The size of the receive buffer (SO_RCVBUF).
[[nodiscard]] std::uint32_t receiveBufferOf(const Tcb& tcb, const Config& config);

/// TSval at this time: milliseconds of the run and the offset (RFC 7323 5.4).
[[nodiscard]] std::uint32_t timestampAt(Instant now, const Config& config);

}  // namespace tcplab::tcp
