#pragma once

#include "sim/base/bytes.h"
#include "sim/base/text.h"
#include "sim/wire/address.h"

#include <cstdint>

namespace tcplab::wire {

/// The Internet checksum (RFC 1071) over several spans, as if they were one. A span may have an
/// odd number of octets; the next one then goes on in the middle of a 16-bit word.
class Checksum {
public:
    void add(Octets octets);
    void add(std::uint16_t word);

    /// The ones' complement sum. 0xffff over data that carries its own right checksum.
    [[nodiscard]] std::uint16_t sum() const;
    /// What a header carries: the complement of the sum.
    [[nodiscard]] std::uint16_t value() const { return static_cast<std::uint16_t>(~sum()); }

private:
    std::uint64_t sum_ = 0;
    bool odd_ = false;  ///< The octets so far end in the middle of a word.
};

/// A sum that starts with the pseudo-header of RFC 9293 3.1 (IPv4) or RFC 8200 8.1 (IPv6).
/// `length` is that of the header and payload above IP; both addresses are of one version.
[[nodiscard]] Checksum pseudoHeader(const IpAddress& source,
                                    const IpAddress& destination,
                                    std::uint8_t protocol,
                                    std::uint32_t length);

struct ChecksumVerdict {
    enum class State : std::uint8_t {
        Absent,  ///< The layer has none, or its sender left it out.
        Right,
        Wrong,
        Offloaded,     ///< Only the pseudo-header's sum: the sender's network card finishes it.
        NotCheckable,  ///< What it covers is not at hand.
    };
    State state = State::Absent;
    std::uint16_t expected = 0;  ///< What should stand there; where it was checkable.
    Text obstacle{};             ///< Where it was not: what is missing.
    friend constexpr bool operator==(const ChecksumVerdict&, const ChecksumVerdict&) = default;
};

}  // namespace tcplab::wire
