#pragma once

#include "sim/base/time.h"
#include "sim/tcp/icmp_error.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tcplab::tcp {

/// What implementations may choose, one field for each difference (docs/profiles.md). The defaults
/// are RFC 9293's and RFC 6298's own figures. Held by the host and handed to each event, so that it
/// may change in mid-run. Sizes are octets.
struct Config {
    // Sizes
    std::uint16_t mss = 1460;             ///< What our SYN announces (RFC 9293 3.7.1).
    std::uint16_t defaultSendMss = 536;   ///< Where the peer's SYN announces none (3.7.1; IPv4).
    std::uint16_t mtu = 1500;             ///< The largest IP packet that may leave (3.7.1, MMS_S).
    std::uint16_t ipHeader = 20;          ///< Of each packet; 40 with IPv6.
    std::uint32_t receiveBuffer = 65535;  ///< See receiveBufferOf().
    bool roundReceiveBuffer = false;      ///< Up to whole segments, once the MSS is known.
    /// Each ACK tells of all the room there is, unless that is silly; else the right edge moves by
    /// the steps of RFC 9293 3.8.6.2.2.
    bool tellAllRoom = false;
    /// An ACK leaves only to tell of room where it is so many segments, and this share of the
    /// buffer: 1 of n; 0: any.
    std::uint32_t windowUpdateSegments = 1;
    std::uint32_t windowUpdateShare = 0;

    // Options
    bool announceMss = true;                    ///< SHLD-5, MAY-3
    std::optional<std::uint8_t> windowScale{};  ///< RFC 7323 2: the shift to offer, at most 14.
    bool timestamps = false;                    ///< RFC 7323 3: offered and answered.
    std::uint32_t timestampOffset = 0;          ///< Added to the milliseconds of the run in TSval.
    bool requireTimestamps = true;  ///< RFC 7323 3.2: once agreed, a segment without is dropped.
    bool sack = false;              ///< RFC 2018: offered and answered; we report our blocks.
    bool dsack = false;             ///< RFC 2883: repeated octets are reported too.
    /// How options lie in the header. Words: each in words of its own, as MSS, SACK-permitted,
    /// Timestamps, Window Scale. Packed: MSS, Window Scale, SACK-permitted, Timestamps, the last
    /// word filled with End of Option List.
    enum class OptionLayout : std::uint8_t { Words, Packed };
    OptionLayout optionLayout = OptionLayout::Words;
    /// A SYN sent again for more than so many times carries no options; empty: it always does.
    std::optional<std::uint32_t> synOptionTries{};
    /// RFC 3168 6.1.1: whether a SYN asks for ECN, or only one that asks is answered with it.
    enum class EcnUse : std::uint8_t { Off, WhenAsked, Offered };
    EcnUse ecn = EcnUse::Off;
    /// A SYN sent again for more than so many times asks no more; empty: it always does.
    std::optional<std::uint32_t> ecnTries{};

    // What is accepted
    bool exactRst = true;       ///< RFC 5961 3; else any RST in the window resets, as in RFC 793.
    bool challengeSyn = true;   ///< RFC 5961 4; else a SYN in the window resets, as in RFC 793.
    bool checkAckRange = true;  ///< RFC 5961 5: an ACK older than any window is not taken.
    /// Whether the ACK of a segment counts whose octets and FIN are all old. By 3.10.7.4 (1) it is
    /// Ignored; AtTheEdge: it counts where the segment ends at RCV.NXT.
    enum class OldAcks : std::uint8_t { Ignored, AtTheEdge, Taken };
    OldAcks oldAcks = OldAcks::Ignored;
    /// RFC 5961 7: at most so many challenge ACKs in a period; 0: no limit.
    std::uint32_t challengeAcks = 0;
    Duration challengePeriod = std::chrono::seconds{1};
    bool dropSynFin = false;          ///< A segment with SYN and FIN is dropped in every state.
    bool resetSynAckInListen = true;  ///< 3.10.7.2 (2); else a SYN-ACK is dropped there.
    bool repeatSynAck = false;        ///< Answers a repeated SYN; else an ACK does (3.10.7.4).
    bool queueTextOfSyn = true;  ///< 3.10.7.2 (3); else octets that come with a SYN are dropped.
    /// While opening, and from then on: which ICMP errors end the connection (3.9.2.2, SHLD-26).
    IcmpErrorSet hardWhenOpening{IcmpError::ProtocolUnreachable, IcmpError::PortUnreachable};
    IcmpErrorSet hard{IcmpError::ProtocolUnreachable, IcmpError::PortUnreachable};
    bool tooBigWhileOpening = true;  ///< Is heeded; else not, for no SYN can be too big.

    // Acknowledging
    /// RFC 9293 3.8.6.3: how long an ACK may wait, for another segment or for octets to go with; at
    /// most 500 ms. 0: every segment is acknowledged at once.
    Duration delayedAck = std::chrono::milliseconds{200};
    bool ackEverySecondSegment = true;  ///< Of any size; else of more than one segment's octets.
    bool delayAckOfFin = true;
    std::uint32_t quickAcks = 0;  ///< So many ACKs do not wait, until the first octets are sent.
    bool quickAck = false;        ///< No ACK waits, until this is false again.
    bool finInAcks = false;       ///< While our FIN is not acknowledged, each ACK carries it again.

    // Sending
    bool nagle = true;  ///< RFC 9293 3.7.4: a small segment waits while anything is unacknowledged.
    bool minshall = false;  ///< Nagle's wait is for a small segment in flight only.
    /// So many segments, or more where the window is large for the round trip, leave together, and
    /// the last of them is pushed; 0: PSH stands at the end of what the program sent alone.
    std::uint32_t pushBursts = 0;
    bool cork = false;  ///< No small segment leaves at all, until this is false again.

    // Retransmission
    Duration initialRto = std::chrono::seconds{1};             ///< RFC 6298 (2.1)
    Duration minimumRto = std::chrono::seconds{1};             ///< RFC 6298 (2.4)
    Duration maximumRto = std::chrono::seconds{60};            ///< RFC 6298 (2.5)
    Duration clockGranularity = std::chrono::milliseconds{1};  ///< G of RFC 6298 2
    Duration rtoSlop{};    ///< Added to each timeout but the first of a connection.
    std::uint32_t r1 = 3;  ///< RFC 9293 3.8.3: so many retransmissions, then a notice.
    Duration r2 = std::chrono::seconds{100};       ///< 3.8.3: when to give up.
    Duration r2OfSyn = std::chrono::seconds{180};  ///< The same for a SYN.
    /// In place of r2 and r2OfSyn: give up when so many retransmissions have had no answer.
    std::optional<std::uint32_t> retries{};
    std::optional<std::uint32_t> synRetries{};
    std::optional<Duration> openTimeout{};  ///< 3.9.1.1: how long opening may take.
    std::optional<Duration> userTimeout{};  ///< 3.9.1.1: how long an octet may be unacknowledged.

    // The closed window, 3.8.6.1
    Duration minimumPersist{};  ///< Between probes; the RTO, doubled each time, lies between these.
    Duration maximumPersist = std::chrono::seconds{60};
    bool probeWithOctet = true;  ///< Else the probe is empty and has an old number, SND.UNA - 1.

    // Keep-alive, 3.8.4
    bool keepAlive = false;
    Duration keepAliveIdle = std::chrono::hours{2};
    Duration keepAliveInterval = std::chrono::seconds{75};
    std::uint32_t keepAliveProbes = 9;  ///< So many without an answer end the connection.
    bool keepAliveOctet = false;        ///< MAY-6: the probe carries one octet of garbage.

    // Closing
    Duration msl = std::chrono::minutes{2};  ///< 3.4.2; TIME-WAIT lasts twice as long.
    bool ignoreRstInTimeWait = false;        ///< RFC 1337
    /// TIME-WAIT acknowledges whatever has an ACK and drops the rest; else such segments pass the
    /// checks of 3.10.7.4 too.
    bool timeWaitJustAcks = false;
    /// 3.6.1: a SYN may begin a new connection from TIME-WAIT where its timestamp is later (RFC
    /// 6191), or its number larger than any before.
    bool reuseByTimestamp = true;
    bool reuseByNumber = false;
    bool resetLateText = true;  ///< 3.6.1, SHLD-3: octets for a program that is gone are reset.
    std::optional<Duration> finWait2Timeout{};  ///< Once the program receives no more.
    bool tellResetWhileClosing = false;  ///< In CLOSING and LAST-ACK; 3.10.7.4 (2) just deletes.
    bool rstCarriesAck = false;          ///< The RST of ABORT; 3.10.5 has none.

    // Congestion control
    enum class CongestionControl : std::uint8_t { None, NewReno, Cubic };
    CongestionControl congestionControl = CongestionControl::NewReno;  ///< RFC 5681, RFC 9438
    /// What is lost: by RFC 5681 3.2 and RFC 6582, what three duplicate ACKs ask for; by RFC 8985,
    /// what was sent before something that has arrived. There recovery goes by RFC 6675 and 6937.
    /// Cubic needs the latter.
    enum class LossDetection : std::uint8_t { DuplicateAcks, Rack };
    LossDetection lossDetection = LossDetection::DuplicateAcks;
    bool hystart = false;  ///< RFC 9406: slow start ends where round trips grow; with Rack only.
    bool tailLossProbe = false;  ///< RFC 8985 7; with Rack only.
    bool forwardRto = false;     ///< RFC 5682: a timeout may turn out spurious; with Rack only.
    /// Segments that may leave before the first ACK; empty: by the formula of RFC 6928 or 5681 3.1.
    std::optional<std::uint32_t> initialWindow{};
    bool largeInitialWindow = false;  ///< RFC 6928; else RFC 5681 3.1.
    bool limitedTransmit = false;     ///< RFC 3042: each of two duplicate ACKs lets a segment go.
    bool restartAfterIdle = true;  ///< RFC 5681 4.1: after an RTO of silence, the initial window.
    std::uint32_t slowStartLimit = 1;  ///< RFC 3465: growth for one ACK in slow start, in segments.

    friend bool operator==(const Config&, const Config&) = default;
};

/// Sets of choices that have a name.
enum class Profile : std::uint8_t {
    Rfc9293,   ///< What the standard recommends, and no option but the MSS.
    Textbook,  ///< As course books draw it: each segment is acknowledged and sent at once, and the
               ///< congestion window starts with one segment.
    Linux,     ///< As Linux 6 does.
    FreeBsd,   ///< As FreeBSD 14 does.
};
inline constexpr std::array kProfiles{
    Profile::Rfc9293, Profile::Textbook, Profile::Linux, Profile::FreeBsd};
/// "rfc9293", "textbook", "linux", "freebsd"
[[nodiscard]] std::string_view toString(Profile profile);
[[nodiscard]] Config configOf(Profile profile);

/// The same for packets with IPv6 headers: what the MSS, its default and the headers are then (RFC
/// 9293 3.7.1).
[[nodiscard]] Config withIpv6(Config config);

}  // namespace tcplab::tcp
