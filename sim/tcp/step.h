#pragma once

#include "sim/tcp/action.h"
#include "sim/tcp/clauses.h"
#include "sim/tcp/config.h"
#include "sim/tcp/event.h"
#include "sim/tcp/explain.h"
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
    void endReceiving();
    void abort();
    void configChanged();

    // 3.10.7, segment_arrives.cpp
    void segmentArrives(const SegmentArrives& arrival);

    // 3.9.2.2, icmp_arrives.cpp
    void icmpArrives(const IcmpArrives& icmp);

    // 3.10.8, timeouts.cpp
    void timeout(Timer timer);

    /// Sends what the event has made possible: octets, a FIN, and the ACK that is owed. Comes last.
    void output();

    /// Says what does not happen now, and what it waits for. Changes nothing. explain.cpp
    void explain(Silences& silences) const;

private:
    // 3.10.7.1 - 3.10.7.3, segment_arrives.cpp
    void inClosed(const Segment& seg);
    void inListen(const Segment& seg);
    void inSynSent(const Segment& seg);

    // 3.10.7.4. A check that says false has ended the processing.
    void inOtherStates(Segment seg, wire::Ecn ecn);  // other_states.cpp
    [[nodiscard]] bool checkTimeWait(const Segment& seg);
    [[nodiscard]] bool isMoreThanAck(const Segment& seg) const;
    [[nodiscard]] bool oldAckCounts(const Segment& seg) const;
    [[nodiscard]] bool isNewer(const Segment& syn) const;
    [[nodiscard]] bool checkTimestamp(const Segment& seg);
    [[nodiscard]] bool firstCheckSequenceNumber(Segment& seg);
    [[nodiscard]] bool secondCheckRst(const Segment& seg);
    [[nodiscard]] bool thirdCheckSecurity(const Segment& seg);
    [[nodiscard]] bool fourthCheckSyn(const Segment& seg);
    [[nodiscard]] bool fifthCheckAck(const Segment& seg);  // check_ack.cpp
    void sixthCheckUrg(const Segment& seg);                // process_text.cpp
    void seventhProcessText(const Segment& seg);
    void eighthCheckFin(const Segment& seg);

    // explain.cpp
    void explainSending(Silences& silences) const;
    void explainReceiving(Silences& silences) const;
    void explainWaiting(Silences& silences) const;

    // other_states.cpp
    void notAcceptable(const Segment& seg);
    /// An ACK at once that asks whether a RST, a SYN or an ACK is meant, within the limit of RFC
    /// 5961 7.
    void challenge(Clause why);

    // segment_arrives.cpp
    void openWith(Seq iss);
    void synchronize(const Segment& syn);
    void fitSegments();
    void holdTextOf(const Segment& syn);
    /// The handshake is done.
    void establish(Clause why);

    // check_ack.cpp
    [[nodiscard]] bool takeAck(const Segment& seg);
    void acknowledged(const Segment& seg);
    void sampleRtt(const Segment& seg);
    void updateSendWindow(const Segment& seg);
    [[nodiscard]] bool isNewerWindow(const Segment& seg) const;
    [[nodiscard]] bool isDuplicateAck(const Segment& seg) const;
    [[nodiscard]] std::uint32_t windowOf(const Segment& seg) const;
    void finWait2(Clause why);
    void timeWait(Clause why);

    // process_text.cpp
    void takeText(const Bytes& octets);
    void takeHeldText();
    void answerReceive(Clause why);
    void openReceiveWindow();
    /// An ACK that may wait for company; the second one does not.
    void delayAck(Clause why);

    [[nodiscard]] std::uint32_t flight() const {
        return static_cast<std::uint32_t>(tcb_.snd.nxt - tcb_.snd.una);
    }
    [[nodiscard]] bool controlsCongestion() const {
        return config_.congestionControl != Config::CongestionControl::None;
    }
    [[nodiscard]] bool detectsByTime() const {
        return config_.lossDetection == Config::LossDetection::Rack;
    }

    // loss_recovery.cpp
    /// What an ACK says that was not known before.
    struct AckNews {
        Seq una{};  ///< SND.UNA before.
        bool advances = false;
        bool hasText = false;
        bool updatesWindow = false;
        bool echoes = false;  ///< Congestion (RFC 3168).
        Scoreboard::News of{};
        bool dsack = false;
        bool dsackOfProbe = false;              ///< The probe and its original both arrived.
        std::uint32_t duplicatesDelivered = 0;  ///< Segments that count though nothing is named.
        bool restartsTimer = false;
    };
    enum class Retransmit : std::uint8_t {
        Nothing,
        Lost,
        NewFirst,  ///< New octets where there are some, else what was lost (RFC 5682 2.1).
    };
    [[nodiscard]] static bool isNothingNew(const AckNews& ack);
    void takeAckByTime(const Segment& seg);
    void takeOldAckByTime(const Segment& seg);
    void takeSacks(const Segment& seg, AckNews& ack);
    void takeDsack(Seq left, Seq right, AckNews& ack);
    void noteReordering(Seq low);
    void measure(const Segment& seg, AckNews& ack);
    void takeAckOfProbe(const Segment& seg, const AckNews& ack);
    [[nodiscard]] Retransmit judge(AckNews& ack);
    [[nodiscard]] Retransmit judgeAfterTimeout(const AckNews& ack, bool duplicate);
    void addDuplicate(bool duplicate, AckNews& ack);
    bool detectLosses(const AckNews& ack);
    void markLost();
    [[nodiscard]] std::uint32_t reducedWindow();
    void beginReduction();
    void endReduction();
    void enterReduction();
    void enterRecovery(bool echoes);
    void enterLoss();
    void prepareUndo();
    [[nodiscard]] std::uint32_t thresholdToKeep() const;
    [[nodiscard]] bool wasForNothing() const;
    void undoReduction(bool nothingLost);
    [[nodiscard]] bool staysForDuplicates();
    [[nodiscard]] bool undoRecovery();
    [[nodiscard]] bool undoTimeout(bool forward);
    [[nodiscard]] bool undoPartly(const AckNews& ack);
    bool undoByDsack();
    void keepOpen();
    void adjustWindow(const AckNews& ack, std::uint32_t newlyLost);
    void reduceWindow(std::uint32_t delivered, std::uint32_t newlyLost, bool advances);
    void growWindow(std::uint32_t acked);
    void noteUse(std::uint32_t sent);
    void restartWindow(Duration silence);
    void sendAgain(Retransmit retransmit);
    void sendLostAgain();
    void retransmitSegment(Scoreboard::Segment segment, Clause why);
    bool armLossProbe(bool advances);
    void armRto(bool sinceSent);
    void armAnew();
    void armOnly(Timer timer, Instant due, Clause why);
    void stopSendTimers(Clause why);
    void lossProbeTimeout();
    void reorderingTimeout();
    void recutSegments();

    // ecn.cpp
    void offerEcn(Segment& syn, bool answers);
    void agreeOnEcn(const Segment& syn);
    void takeCongestionMark(const Segment& seg, wire::Ecn ecn);
    void takeCongestionEcho(const Segment& seg);
    [[nodiscard]] wire::Ecn markEcn(Segment& segment, bool isNew);

    // icmp_arrives.cpp
    void pathMtuShrinks(std::uint32_t mtu);

    // timeouts.cpp
    void retransmissionTimeout();
    void persistTimeout();
    void keepAliveTimeout();
    void giveUp(Clause why);
    [[nodiscard]] bool outOfPatience() const;
    [[nodiscard]] Duration persistInterval() const;
    void armKeepAlive();

    // output.cpp
    [[nodiscard]] std::size_t unsent() const;
    /// Octets of text that fit beside the options of the next segment.
    [[nodiscard]] std::size_t segmentRoom() const;
    [[nodiscard]] std::uint32_t usableWindow() const;
    [[nodiscard]] std::size_t sendable() const;
    [[nodiscard]] bool mayLeaveSmall() const;
    void sendOctets(std::size_t count);
    [[nodiscard]] std::uint32_t burstSegments() const;
    void pushLast();
    /// All that the windows let go, and the FIN after it.
    void sendWhatFits();
    void sendFin(Clause why);
    void retransmitFirst(Clause why, std::size_t most = SIZE_MAX);
    void retransmitAll(Clause why);
    void armWhatWaits();
    void restartAfterIdle();

    // transmit.cpp
    enum class Repeated : bool { No, Yes };   ///< These octets were sent before.
    enum class Answering : bool { No, Yes };  ///< The SYN acknowledges the peer's.
    void transmit(Segment segment, Clause why, Repeated repeated = Repeated::No);
    void fillWindow(Segment& segment);
    void pushOptions(Segment& segment);
    void pushSynOptions(Segment& segment);
    [[nodiscard]] std::uint16_t announcedMss() const;
    void sendSyn(Answering answering, Clause why, Repeated repeated = Repeated::No);
    /// <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>
    void sendAck(Clause why);
    /// The RST that is acceptable to whoever sent `about` (3.10.7.1).
    void sendRst(const Segment& about, Clause why);
    /// The RST of a connection of ours: <SEQ=SND.NXT><CTL=RST>, with or without ACK.
    void sendOwnRst(bool withAck, Clause why);
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
    bool more_ = false;          ///< The program says that more is to follow at once.
    bool acksOriginal_ = false;  ///< The ACK is of a segment sent before any was sent again.
    Clause ackOwed_{};  ///< An ACK is to be sent for this reason, on octets if there are some.
};

}  // namespace tcplab::tcp
