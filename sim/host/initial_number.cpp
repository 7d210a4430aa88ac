#include "sim/host/initial_number.h"

#include <array>

namespace tcplab::host {

namespace {

// Segment sizes that a cookie tells, the largest that is not above what was offered.
constexpr std::array<std::uint16_t, 4> kCookieSizes{536, 1220, 1440, 1460};
constexpr std::uint32_t kSizeBits = 3;

class Hash {
public:
    explicit Hash(std::uint64_t secret) : value_{secret ^ 0xcbf29ce484222325} {}
    // FNV-1a over the octets, stirred so that all bits count.
    Hash& add(std::uint64_t word) {
        for (int i = 0; i < 8; ++i) {
            value_ ^= word >> (8 * i) & 0xFF;
            value_ *= 0x100000001b3;
        }
        value_ ^= value_ >> 29;
        return *this;
    }
    Hash& add(const wire::SocketAddress& address) {
        for (const std::uint8_t octet : address.ip.octets) add(std::uint64_t{octet});
        return add(std::uint64_t{address.port});
    }
    [[nodiscard]] std::uint32_t word() const {
        return static_cast<std::uint32_t>(value_ ^ value_ >> 32);
    }

private:
    std::uint64_t value_;
};

std::uint32_t cookieHash(std::uint64_t secret,
                         const wire::SocketAddress& local,
                         const wire::SocketAddress& remote,
                         Seq first) {
    return Hash{secret}.add(local).add(remote).add(first.raw()).word() & ~kSizeBits;
}

}  // namespace

Seq initialNumber(std::uint64_t secret,
                  const wire::SocketAddress& local,
                  const wire::SocketAddress& remote,
                  Instant now) {
    constexpr std::chrono::microseconds kTick{4};
    const auto clock = static_cast<std::uint64_t>(now.time_since_epoch() / kTick);
    return Seq{static_cast<std::uint32_t>(clock) + Hash{secret}.add(local).add(remote).word()};
}

Seq cookieOf(std::uint64_t secret,
             const wire::SocketAddress& local,
             const wire::SocketAddress& remote,
             const Segment& syn) {
    const std::uint16_t offered = syn.options.maximumSegmentSize().value_or(kCookieSizes[0]);
    std::uint32_t size = 0;
    for (std::uint32_t i = 0; i < kCookieSizes.size(); ++i)
        if (kCookieSizes.at(i) <= offered) size = i;
    return Seq{cookieHash(secret, local, remote, syn.seq) | size};
}

bool isCookie(std::uint64_t secret,
              const wire::SocketAddress& local,
              const wire::SocketAddress& remote,
              const Segment& segment) {
    if (!segment.ctl.ack || segment.ctl.syn || segment.ctl.rst) return false;
    return ((segment.ack - 1).raw() & ~kSizeBits) ==
           cookieHash(secret, local, remote, segment.seq - 1);
}

Segment synOf(const Segment& acknowledgement) {
    Segment syn{.seq = acknowledgement.seq - 1, .ctl = {.syn = true}, .wnd = acknowledgement.wnd};
    syn.options.push(
        wire::MaximumSegmentSize{kCookieSizes.at((acknowledgement.ack - 1).raw() & kSizeBits)});
    return syn;
}

}  // namespace tcplab::host
