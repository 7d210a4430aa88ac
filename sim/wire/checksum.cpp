#include "sim/wire/checksum.h"

#include "sim/base/check.h"

namespace tcplab::wire {

namespace {

std::uint16_t fold(std::uint64_t sum) {
    while (sum > 0xffff) sum = (sum >> 16) + (sum & 0xffff);
    return static_cast<std::uint16_t>(sum);
}

/// Of words of four octets: carries out of the low half are added back by fold(), so a wider word
/// gives the same sum (RFC 1071 2 (C)).
std::uint64_t sumOfWords(Octets octets) {
    const auto octet = [octets](std::size_t at) { return std::uint32_t{octets[at]}; };
    std::uint64_t sum = 0;
    std::size_t at = 0;
    for (; octets.size() - at >= 4; at += 4) {
        sum += octet(at) << 24 | octet(at + 1) << 16 | octet(at + 2) << 8 | octet(at + 3);
    }
    for (; octets.size() - at >= 2; at += 2) sum += octet(at) << 8 | octet(at + 1);
    if (at < octets.size()) sum += octet(at) << 8;
    return sum;
}

}  // namespace

void Checksum::add(Octets octets) {
    const std::uint16_t sum = fold(sumOfWords(octets));
    // After an odd octet every octet has changed its place within its word.
    sum_ += odd_ ? static_cast<std::uint16_t>(sum << 8 | sum >> 8) : sum;
    odd_ ^= octets.size() % 2 != 0;
}

void Checksum::add(std::uint16_t word) {
    add(std::array{static_cast<std::uint8_t>(word >> 8), static_cast<std::uint8_t>(word)});
}

std::uint16_t Checksum::sum() const {
    return fold(sum_);
}

Checksum pseudoHeader(const IpAddress& source,
                      const IpAddress& destination,
                      std::uint8_t protocol,
                      std::uint32_t length) {
    TCPLAB_CHECK(source.version == destination.version);
    Checksum sum;
    sum.add(Octets{source.octets}.first(source.size()));
    sum.add(Octets{destination.octets}.first(destination.size()));
    sum.add(std::uint16_t{protocol});
    // IPv4 has 16 bits for the length, and IPv6 32: the upper ones are 0 wherever they are missing.
    sum.add(static_cast<std::uint16_t>(length >> 16));
    sum.add(static_cast<std::uint16_t>(length));
    return sum;
}

}  // namespace tcplab::wire
