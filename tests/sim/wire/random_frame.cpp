#include "tests/sim/wire/random_frame.h"

#include "tests/sim/wire/octets.h"

namespace tcplab::test {

namespace {

using wire::IpAddress;

/// Nothing multicast, unspecified or loopback, of which other dissectors have their own opinion.
IpAddress randomAddress(Rng& rng, std::uint8_t version) {
    IpAddress address{.version = version};
    for (std::size_t i = 0; i < address.size(); ++i) address.octets.at(i) = any<std::uint8_t>(rng);
    address.octets[0] = version == 4 ? 10 : 0x20;
    return address;
}

wire::TcpOption randomOption(Rng& rng) {
    switch (below(rng, 6)) {
        case 0: return wire::NoOperation{};
        case 1: return wire::MaximumSegmentSize{any<std::uint16_t>(rng)};
        case 2: return wire::WindowScale{static_cast<std::uint8_t>(below(rng, 15))};
        case 3: return wire::SackPermitted{};
        case 4: {
            wire::Sack sack;
            sack.count = static_cast<std::uint8_t>(1 + below(rng, 4));
            for (std::size_t i = 0; i < sack.count; ++i) {
                const auto left = any<std::uint32_t>(rng);
                sack.blocks.at(i) = {left, left + 1 + static_cast<std::uint32_t>(below(rng, 9000))};
            }
            return sack;
        }
        default: return wire::Timestamps{any<std::uint32_t>(rng), any<std::uint32_t>(rng)};
    }
}

wire::TcpOptions randomOptions(Rng& rng) {
    wire::TcpOptions options;
    for (std::size_t left = below(rng, 6); left > 0; --left) {
        wire::TcpOptions one;
        one.push(randomOption(rng));
        if (options.octets().size() + one.octets().size() > wire::TcpOptions::kMaxOctets) continue;
        options.push(one.octets());
    }
    options.pad();
    return options;
}

Bytes randomPayload(Rng& rng) {
    OctetVector octets(below(rng, 4) == 0 ? 0 : below(rng, 1461));
    for (std::uint8_t& octet : octets) octet = any<std::uint8_t>(rng);
    return Bytes{octets};
}

}  // namespace

RandomFrame randomFrame(Rng& rng) {
    const std::uint8_t version = below(rng, 2) == 0 ? 4 : 6;
    RandomFrame random;
    for (std::size_t i = 1; i < 6; ++i) {
        random.addresses.fromMac.at(i) = any<std::uint8_t>(rng);
        random.addresses.toMac.at(i) = any<std::uint8_t>(rng);
    }
    random.addresses.from = {randomAddress(rng, version), any<std::uint16_t>(rng)};
    random.addresses.to = {randomAddress(rng, version), any<std::uint16_t>(rng)};
    random.addresses.ttl = static_cast<std::uint8_t>(1 + below(rng, 255));
    random.addresses.ipId = any<std::uint16_t>(rng);

    Segment& segment = random.segment;
    segment.ctl = Flags::fromOctet(any<std::uint8_t>(rng));
    segment.seq = Seq{any<std::uint32_t>(rng)};
    if (segment.ctl.ack) segment.ack = Seq{any<std::uint32_t>(rng)};
    segment.wnd = any<std::uint16_t>(rng);
    if (segment.ctl.urg) segment.up = any<std::uint16_t>(rng);
    segment.options = randomOptions(rng);
    segment.payload = randomPayload(rng);
    return random;
}

}  // namespace tcplab::test
