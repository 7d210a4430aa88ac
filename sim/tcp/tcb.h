#pragma once

#include "sim/base/bytes.h"
#include "sim/tcp/new_reno.h"
#include "sim/tcp/reassembly.h"
#include "sim/tcp/rto.h"
#include "sim/tcp/send_queue.h"
#include "sim/tcp/state.h"
#include "sim/tcp/timer.h"
#include "sim/wire/seq.h"

#include <cstdint>
#include <deque>
#include <optional>

namespace tcplab::tcp {

/// The transmission control block, its variables named as in RFC 9293 3.3.1. A value.
struct Tcb {
    struct SendVariables {
        Seq una{};              ///< Oldest number not acknowledged.
        Seq nxt{};              ///< Next to be sent.
        std::uint32_t wnd = 0;  ///< What the peer takes, counted from una.
        Seq wl1{};              ///< SEG.SEQ of the last window update.
        Seq wl2{};              ///< SEG.ACK of the last window update.
        Seq iss{};
        std::uint32_t maxWnd = 0;  ///< MAX.SND.WND of 3.10.7.4: the largest seen.
        friend bool operator==(const SendVariables&, const SendVariables&) = default;
    };
    struct ReceiveVariables {
        Seq nxt{};
        std::uint32_t wnd = 0;
        Seq irs{};
        friend bool operator==(const ReceiveVariables&, const ReceiveVariables&) = default;
    };

    State state = State::Closed;
    bool passive = false;  ///< Opened by a passive OPEN.
    SendVariables snd{};
    ReceiveVariables rcv{};
    std::uint16_t sendMss = 0;  ///< Eff.snd.MSS of 3.7.1: octets of data a segment.

    bool closeRequested = false;   ///< CLOSE was called: a FIN follows the last octet.
    std::optional<Seq> fin{};      ///< The number of our FIN, once it was sent.
    std::optional<Seq> peerFin{};  ///< The number of the peer's FIN, once one arrived.

    SendQueue sendQueue{};
    Reassembly reassembly{};
    std::deque<Bytes> received{};              ///< In order, and not yet taken by the program.
    std::optional<std::uint32_t> receiving{};  ///< A RECEIVE that waits, and its count.

    TimerTable timers{};
    Rto rto{};
    NewReno congestion{};
    /// The right edge of the window as the peer was last told.
    Seq toldWindowEdge{};
    std::optional<Instant> retransmittingSince{};  ///< First timeout of what una stands at.

    [[nodiscard]] std::size_t receivedSize() const {
        std::size_t sum = 0;
        for (const Bytes& octets : received) sum += octets.size();
        return sum;
    }
    [[nodiscard]] bool finAcknowledged() const { return fin.has_value() && *fin < snd.una; }
    [[nodiscard]] bool finReceived() const { return peerFin.has_value() && *peerFin < rcv.nxt; }

    friend bool operator==(const Tcb&, const Tcb&) = default;
};

}  // namespace tcplab::tcp
