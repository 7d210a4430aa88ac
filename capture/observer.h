#pragma once

#include "capture/flow.h"
#include "sim/trace/record.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace tcplab::capture {

/// Infers the states of both ends of one connection from its packets, along the declared
/// transitions of RFC 9293. A value of fixed size; it looks at each packet once and keeps none.
///
/// An end has received what it acknowledges. Of two things nobody can see the arrival:
/// - A pure ACK and a RST are answered by nothing, so they count as received at once; but never
///   before a SYN or FIN that their sender sent earlier, so where that is unanswered they wait for
///   the packet in which its answer is seen, and count right after it.
/// - The ACK that a SYN, a FIN or data carries counts as soon as the answer to them is seen.
/// An end whose packet shows that it had not yet received what was counted (it sends again a FIN
/// that was acknowledged, or anything after it was reset) is shown in the state that it was then
/// in; what was counted stays counted.
class Observer {
public:
    /// From the states before the first packet of the connection: initial(), or what is known in
    /// hindsight of one that is looked at once more.
    explicit Observer(const PerSide<tcp::State>& initial);

    /// The states before a first packet with these control bits. Where it is no SYN, both ends are
    /// taken to be ESTABLISHED, and all that follows is a guess.
    [[nodiscard]] static PerSide<tcp::State> initial(const Flags& first);
    /// What they must have been, as far as the packets have told: a server that refused the SYN, or
    /// opened by itself, never was in LISTEN.
    [[nodiscard]] PerSide<tcp::State> initialInHindsight() const;

    /// The states to show with this packet: of its sender, once it has sent it; of the other end,
    /// as far as is known by then. Appends an Entered entry to `changes` for each change. One that
    /// comes right after the packet is of the moment after it.
    /// `overtaken` says that packets which were sent later came before this one.
    [[nodiscard]] PerSide<tcp::State> observe(const Packet& packet,
                                              bool overtaken,
                                              std::vector<Entry>& changes);

    /// Whether the state of the sender that observe() told last is beyond doubt. It is not where
    /// the packet was overtaken, so that the sender's state may have changed since it left; nor
    /// where the state rests on an ACK that counted as received at once, which may as well be lost,
    /// or on the lack of an ACK that data carried, which may have come without being answered; nor
    /// where an end acknowledges nothing but a SYN and may be in SYN-RECEIVED or ESTABLISHED; nor
    /// after packets that the capture lacks changed a state.
    [[nodiscard]] bool certain() const { return certain_; }

    /// The states once all packets have arrived: a FIN need not be answered for that. A SYN does,
    /// as whoever takes one answers at once.
    [[nodiscard]] PerSide<tcp::State> finish(std::vector<Entry>& changes);

    /// Both FINs were acknowledged, or a RST ended it.
    [[nodiscard]] bool over() const;
    [[nodiscard]] std::optional<Flow::ClosedBy> closedBy() const;
    [[nodiscard]] std::optional<Side> resetBy() const { return resetBy_; }

private:
    /// A SYN or FIN that an end sent.
    struct Mark {
        std::int64_t end = 0;  ///< The number after it.
        std::int64_t ack = 0;  ///< What its packet acknowledged.
        PacketId packet = 0;
    };
    /// An acknowledgement on its way to an end, in a packet that is answered by `end`.
    struct Carried {
        std::int64_t end = 0;
        PacketId packet = 0;
    };
    /// What waits until a SYN or FIN before it is answered.
    struct Held {
        std::optional<std::int64_t> ack{};
        bool reset = false;
        PacketId packet = 0;
    };
    enum class Behind : std::uint8_t { Syn, Fin };

    struct End {
        tcp::State state{};     ///< Goes on after a reset, for those of its packets that cross it.
        bool reset = false;     ///< So it is CLOSED.
        bool active = false;    ///< It sent a SYN without ACK.
        bool seen = false;      ///< The capture has a packet of it.
        std::int64_t next = 0;  ///< After the highest number that it sent.
        std::int64_t received = 0;      ///< The highest number that it acknowledged.
        std::uint32_t window = 0;       ///< That it offered last.
        std::int64_t nextThen = 0;      ///< `next` and
        std::int64_t receivedThen = 0;  ///< `received` when its state changed last.
        bool ackAssumed = false;  ///< Nothing that it sent shows yet that its FIN was acknowledged.
        std::optional<Mark> syn{};
        std::optional<Mark> fin{};
        std::optional<Carried> synAcknowledged{};  ///< The earliest that acknowledges its SYN.
        std::optional<Carried> finAcknowledged{};  ///< The same of its FIN.
        std::array<Held, 2> held{};                ///< On their way to it, by Behind.

        /// What it acknowledges shows that it knows of the ACK of its FIN.
        [[nodiscard]] bool knowsOfAck() const {
            return finAcknowledged && finAcknowledged->end <= received;
        }
        [[nodiscard]] tcp::State told() const { return reset ? tcp::State::Closed : state; }
    };

    void beginAnew();
    void takeUnseen(const Packet& packet);
    void receive(Side side, std::int64_t upTo, bool inSyn = false);
    void takeSyn(Side side, std::int64_t upTo, bool inSyn);
    void takeFin(Side side, bool acknowledged, PacketId cause);
    void takeAck(Side side, std::int64_t ack, PacketId cause);
    void assumeAck(Side side, std::int64_t ack, PacketId cause);
    void takeReset(Side side, PacketId cause);
    void takeHeld(Side side, Behind behind);
    void send(const Packet& packet);
    void sendReset(const Packet& packet);
    void passOnAck(const Packet& packet, bool repeatsSyn);
    [[nodiscard]] bool credible(const Packet& reset) const;
    [[nodiscard]] std::optional<Behind> unanswered(Side side) const;
    [[nodiscard]] bool answered(Side side, Behind behind) const;
    [[nodiscard]] tcp::State shown(const Packet& packet, const End& before) const;
    [[nodiscard]] bool doubtful(const Packet& packet, bool overtaken, const End& before) const;
    void vanish(Side side, PacketId cause, bool resets);
    void enter(Side side, tcp::State to, PacketId cause);
    void tell(Side side, Entered change, PacketId cause, bool resets = false);

    PerSide<End> ends_{};
    PerSide<tcp::State> initial_{};
    std::optional<tcp::State> leftListen_{};  ///< Where the server went from LISTEN first.
    std::optional<Side> firstFin_{};
    std::optional<Side> resetBy_{};
    bool certain_ = true;
    bool unseen_ = false;  ///< A state rests on packets that the capture lacks.
    // Of what is being told.
    Instant at_{};
    Moment moment_ = 0;
    ConnectionId connection_ = 0;
    std::vector<Entry>* changes_ = nullptr;
};

}  // namespace tcplab::capture
