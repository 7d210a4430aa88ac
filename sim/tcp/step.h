#pragma once

#include "sim/tcp/action.h"
#include "sim/tcp/clauses.h"
#include "sim/tcp/config.h"
#include "sim/tcp/event.h"
#include "sim/tcp/tcb.h"
#include "sim/tcp/transitions.h"

namespace tcplab::tcp {

/// One event in progress: the TCB being changed and the actions so far. Private to sim/tcp; its
/// functions stand in one file for each section of RFC 9293 3.10.
class Step {
public:
    Step(Tcb& tcb, const Config& config, Instant now, Actions& out)
        : tcb_{tcb}, config_{config}, now_{now}, out_{out} {}

    // 3.10.1 - 3.10.5, user_calls.cpp
    void passiveOpen(const PassiveOpen& call);
    void activeOpen(const ActiveOpen& call);
    void send(const Send& call);
    void receive(const Receive& call);
    void close();
    void abort();

    // 3.10.7, segment_arrives.cpp
    void segmentArrives(const Segment& seg);

    // 3.10.8, timeouts.cpp
    void timeout(Timer timer);

    /// Sends what the event has made possible: octets, a FIN, and the ACK that is owed. Comes last.
    void output();

private:
    // 3.10.7.1 - 3.10.7.3, segment_arrives.cpp
    void inClosed(const Segment& seg);
    void inListen(const Segment& seg);
    void inSynSent(const Segment& seg);

    // 3.10.7.4, other_states.cpp. A check that says false has ended the processing.
    void inOtherStates(Segment seg);
    [[nodiscard]] bool firstCheckSequenceNumber(Segment& seg);
    [[nodiscard]] bool secondCheckRst(const Segment& seg);
    [[nodiscard]] bool thirdCheckSecurity(const Segment& seg);
    [[nodiscard]] bool fourthCheckSyn(const Segment& seg);
    [[nodiscard]] bool fifthCheckAck(const Segment& seg);
    void sixthCheckUrg(const Segment& seg);
    void seventhProcessText(const Segment& seg);
    void eighthCheckFin(const Segment& seg);

    void openWith(Seq iss);
    void synchronize(const Segment& syn);
    [[nodiscard]] bool takeAck(const Segment& seg);
    void updateSendWindow(const Segment& seg);
    void takeText(const Bytes& octets);
    void answerReceive(Clause why);
    void openReceiveWindow();
    void timeWait(Clause why);
    [[nodiscard]] bool isDuplicateAck(const Segment& seg) const;
    [[nodiscard]] std::uint32_t flight() const {
        return static_cast<std::uint32_t>(tcb_.snd.nxt - tcb_.snd.una);
    }
    [[nodiscard]] bool controlsCongestion() const {
        return config_.congestionControl == Config::CongestionControl::NewReno;
    }
    /// An ACK that may wait for company; the second one does not.
    void delayAck(Clause why);

    // output.cpp
    [[nodiscard]] std::size_t unsent() const;
    [[nodiscard]] std::size_t sendable() const;
    void sendOctets(std::size_t count);
    void sendFin(Clause why);
    void retransmitFirst(Clause why);
    void giveUp();

    enum class Repeated : bool { No, Yes };   ///< These octets were sent before.
    enum class Answering : bool { No, Yes };  ///< The SYN acknowledges the peer's.
    void transmit(Segment segment, Clause why, Repeated repeated = Repeated::No);
    void sendSyn(Answering answering, Clause why, Repeated repeated = Repeated::No);
    /// <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>
    void sendAck(Clause why);
    /// The RST that is acceptable to whoever sent `about` (3.10.7.1).
    void sendRst(const Segment& about, Clause why);
    void enter(State to, Clause why);
    void signal(Notice notice, Clause why) { out_.push_back(Signal{notice, why}); }
    void refuse(CallError error, Clause why) { out_.push_back(Refuse{error, why}); }
    void discard(Clause why) { out_.push_back(Discard{why}); }
    void arm(Timer timer, Instant due, Clause why);
    void disarm(Timer timer, Clause why);
    /// Throws the queues away and stops the timers.
    void flush(Clause why);
    /// Flushes and enters CLOSED.
    void deleteTcb(Clause why);
    /// Flushes and waits for another SYN.
    void listenAgain(Clause why);

    Tcb& tcb_;
    const Config& config_;
    Instant now_;
    Actions& out_;
    Clause ackOwed_{};  ///< An ACK is to be sent for this reason, on octets if there are some.
};

}  // namespace tcplab::tcp
