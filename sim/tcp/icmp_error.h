#pragma once

#include <cstdint>
#include <initializer_list>

namespace tcplab::tcp {

/// What an ICMP or ICMPv6 message about a segment of ours says (RFC 792, RFC 4443), as far as TCP
/// tells the messages apart (RFC 9293 3.9.2.2).
enum class IcmpError : std::uint8_t {
    NetUnreachable,       ///< Destination unreachable 0, 6, 11; ICMPv6 1/0
    HostUnreachable,      ///< 1, 7, 8, 12; ICMPv6 1/3
    ProtocolUnreachable,  ///< 2; ICMPv6 4/1
    PortUnreachable,      ///< 3; ICMPv6 1/4
    TooBig,               ///< 4, fragmentation needed; ICMPv6 2
    SourceRouteFailed,    ///< 5
    Prohibited,           ///< 9, 10, 13; ICMPv6 1/1
    PrecedenceTooLow,     ///< 14, 15
    TimeExceeded,         ///< 11, in transit; ICMPv6 3/0
    ReassemblyTimedOut,   ///< 11/1; ICMPv6 3/1
    ParameterProblem,     ///< 12; ICMPv6 4/0
    SourceQuench,         ///< 4/0
};

/// A set of them.
class IcmpErrorSet {
public:
    constexpr IcmpErrorSet() = default;
    constexpr IcmpErrorSet(std::initializer_list<IcmpError> errors) {
        for (const IcmpError error : errors) bits_ |= bit(error);
    }
    [[nodiscard]] constexpr bool contains(IcmpError error) const {
        return (bits_ & bit(error)) != 0;
    }
    friend constexpr bool operator==(const IcmpErrorSet&, const IcmpErrorSet&) = default;

private:
    [[nodiscard]] static constexpr std::uint32_t bit(IcmpError error) {
        return 1U << static_cast<unsigned>(error);
    }
    std::uint32_t bits_ = 0;
};

}  // namespace tcplab::tcp
