#include "capture/anonymizer.h"

#include "sim/wire/headers.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace tcplab::capture {
namespace {

using wire::Layer;
using wire::Layers;
using wire::Protocol;

constexpr std::string_view kUnknown = "what they carry is not understood";
constexpr std::string_view kFragment = "they are fragments";

/// Where the octets of programs begin: after this layer there is nothing else.
bool carriesPrograms(Protocol protocol) {
    return protocol == Protocol::Tcp || protocol == Protocol::Udp || protocol == Protocol::Icmp ||
           protocol == Protocol::Icmpv6;
}

bool isProgram(Protocol protocol) {
    return protocol == Protocol::DnsLength || protocol == Protocol::Dns ||
           protocol == Protocol::Http || protocol == Protocol::Tls || protocol == Protocol::Payload;
}

std::uint8_t octetAt(const Layers& layers, std::size_t at) {
    return at < layers.frame().size() ? layers.frame()[at] : std::uint8_t{0};
}

/// Messages of ICMP that hold no address, or only in what they quote.
bool isUnderstoodIcmp(const Layers& layers, const Layer& layer) {
    constexpr auto kIcmp = std::to_array<std::uint8_t>({0, 3, 4, 8, 11, 12});
    constexpr auto kIcmpv6 = std::to_array<std::uint8_t>({1, 2, 3, 4, 128, 129});
    const std::uint8_t type = octetAt(layers, layer.offset);
    return layer.protocol == Protocol::Icmp ? std::ranges::find(kIcmp, type) != kIcmp.end()
                                            : std::ranges::find(kIcmpv6, type) != kIcmpv6.end();
}

/// Why the layer might hide something; nothing where it does not.
std::optional<std::string_view> obstacleIn(const Layers& layers, const Layer& layer) {
    switch (layer.protocol) {
        case Protocol::Ethernet:
        case Protocol::LinuxSll:
        case Protocol::LinuxSll2:
        case Protocol::BsdLoopback:
        case Protocol::Vlan:
        case Protocol::Mpls:
        case Protocol::Ppp:
        case Protocol::Gre:
        case Protocol::Vxlan:
        case Protocol::Ipv6:
        case Protocol::Tcp:
        case Protocol::Udp:
        case Protocol::DnsLength:
        case Protocol::Dns:
        case Protocol::Http:
        case Protocol::Tls: return std::nullopt;
        case Protocol::Arp: {
            const Octets octets = layers.octets(layer);
            const bool usual = octets.size() >= 28 && octets[4] == 6 && octets[5] == 4;
            return usual ? std::nullopt : std::optional{kUnknown};
        }
        case Protocol::Ipv4: {
            constexpr unsigned kMoreAndOffset = 0x3FFF;
            const unsigned word = static_cast<unsigned>(octetAt(layers, layer.offset + 6)) << 8U |
                                  octetAt(layers, layer.offset + 7);
            return (word & kMoreAndOffset) == 0 ? std::nullopt : std::optional{kFragment};
        }
        case Protocol::Ipv6Fragment: return kFragment;
        case Protocol::Icmp:
        case Protocol::Icmpv6:
            return isUnderstoodIcmp(layers, layer) ? std::nullopt : std::optional{kUnknown};
        case Protocol::Payload: {
            if (&layer == layers.begin()) return kUnknown;
            const Protocol before = (&layer)[-1].protocol;
            return carriesPrograms(before) || isProgram(before) ? std::nullopt
                                                                : std::optional{kUnknown};
        }
        case Protocol::Pppoe:
            // A session goes on with PPP; discovery has names in it.
            return &layer + 1 < layers.end() && (&layer)[1].protocol == Protocol::Ppp
                       ? std::nullopt
                       : std::optional{kUnknown};
        case Protocol::Ipv6HopByHop:
        case Protocol::Ipv6Routing:
        case Protocol::Ipv6DestinationOptions: return kUnknown;
    }
    TCPLAB_UNREACHABLE();
}

std::optional<std::string_view> obstacleIn(const Layers& layers) {
    if (layers.size() == 0) return kUnknown;
    for (const Layer& layer : layers)
        if (const auto obstacle = obstacleIn(layers, layer)) return obstacle;
    if (layers.error() && !layers.error()->cut) return kUnknown;
    // What does not end in the words of a program, or in ARP, was not read to its end.
    const Protocol last = layers[layers.size() - 1].protocol;
    const bool isRead = carriesPrograms(last) || isProgram(last) || last == Protocol::Arp;
    return isRead ? std::nullopt : std::optional{kUnknown};
}

/// Letters in the place of what programs said, by their places in the stream.
void blank(std::size_t from,
           std::size_t to,
           std::uint32_t first,
           std::vector<std::uint8_t>& octets) {
    to = std::min(to, octets.size());
    for (std::size_t at = from; at < to; ++at)
        octets[at] = static_cast<std::uint8_t>('a' + (first + (at - from)) % 26);
}

void blankPrograms(const Layers& layers, std::vector<std::uint8_t>& octets) {
    std::size_t end = layers.frame().size();
    for (const Layer& layer : layers) {
        const std::size_t body = std::size_t{layer.offset} + layer.headerLength;
        end = std::min(end, std::size_t{layer.offset} + layer.length);
        const bool last = &layer + 1 == layers.end() || isProgram((&layer)[1].protocol);
        if (!carriesPrograms(layer.protocol) || !last) continue;
        std::uint32_t first = 0;
        if (layer.protocol == Protocol::Tcp)
            for (std::size_t i = 4; i < 8; ++i)
                first = first << 8U | octetAt(layers, layer.offset + i);
        blank(body, end, first % 26, octets);
        break;
    }
    // What follows the innermost packet is padding, or what a sender forgot in its buffer.
    for (std::size_t at = end; at < octets.size(); ++at) octets[at] = 0;
}

std::uint16_t wordAt(Octets octets, std::size_t at) {
    return static_cast<std::uint16_t>(octets[at] << 8U | octets[at + 1]);
}

/// The sum of what a checksum covers, without the checksum itself.
std::uint16_t sumOf(Octets octets, std::size_t checksumAt, Octets addresses) {
    wire::Checksum sum;
    sum.add(addresses);
    sum.add(octets.first(checksumAt));
    sum.add(octets.subspan(checksumAt + 2));
    return sum.sum();
}

std::uint16_t sumOf(Octets octets) {
    wire::Checksum sum;
    sum.add(octets);
    return sum.sum();
}

/// Where a layer has its checksum; empty where it has none.
std::optional<std::size_t> checksumIn(const Layers& layers, const Layer& layer) {
    switch (layer.protocol) {
        case Protocol::Ipv4: return 10;
        case Protocol::Tcp: return 16;
        case Protocol::Udp: return 6;
        case Protocol::Icmp:
        case Protocol::Icmpv6: return 2;
        case Protocol::Gre:
            return (octetAt(layers, layer.offset) & 0x80U) != 0 ? std::optional<std::size_t>{4}
                                                                : std::nullopt;
        default: return std::nullopt;
    }
}

/// The addresses of the pseudo-header, where the layer's checksum has one.
Octets pseudoAddresses(const Layers& layers, const Layer& layer, Octets octets) {
    if (layer.protocol == Protocol::Ipv4 || layer.protocol == Protocol::Icmp ||
        layer.protocol == Protocol::Gre)
        return {};
    const Layer* ip = layers.ipAround(layer);
    if (ip == nullptr) return {};
    const bool isIpv4 = ip->protocol == Protocol::Ipv4;
    const std::size_t from = std::min(octets.size(), std::size_t{ip->offset} + (isIpv4 ? 12 : 8));
    return octets.subspan(from, std::min(octets.size() - from, std::size_t{isIpv4 ? 8U : 32U}));
}

/// Changes each checksum by what changed of what it covers (RFC 1624), the innermost first.
void mendChecksums(const Layers& layers, std::vector<std::uint8_t>& octets) {
    for (std::size_t i = layers.size(); i-- > 0;) {
        const Layer& layer = layers[i];
        const auto at = checksumIn(layers, layer);
        if (!at) continue;
        const std::size_t length =
            layer.protocol == Protocol::Ipv4 ? layer.headerLength : layer.length;
        const std::size_t end = std::min(octets.size(), layer.offset + length);
        if (layer.offset + *at + 2 > end) continue;
        const Octets before = layers.frame().subspan(layer.offset, end - layer.offset);
        const Octets after = Octets{octets}.subspan(layer.offset, end - layer.offset);
        const std::uint16_t written = wordAt(before, *at);
        if (layer.protocol == Protocol::Udp && written == 0) continue;  // Left out.
        const Octets from = pseudoAddresses(layers, layer, layers.frame());
        const Octets to = pseudoAddresses(layers, layer, octets);
        // What is left to the network card is the sum of the pseudo-header, and nothing else.
        const bool offloaded =
            wire::verifyChecksum(layers, layer).state == wire::ChecksumVerdict::State::Offloaded;
        const std::uint16_t old = offloaded ? sumOf(from) : sumOf(before, *at, from);
        const std::uint16_t now = offloaded ? sumOf(to) : sumOf(after, *at, to);
        if (old == now) continue;
        wire::Checksum sum;
        sum.add(offloaded ? written : static_cast<std::uint16_t>(~written));
        sum.add(static_cast<std::uint16_t>(~old));
        sum.add(now);
        std::uint16_t mended = offloaded ? sum.sum() : sum.value();
        if (layer.protocol == Protocol::Udp && mended == 0) mended = 0xFFFF;
        octets[layer.offset + *at] = static_cast<std::uint8_t>(mended >> 8U);
        octets[layer.offset + *at + 1] = static_cast<std::uint8_t>(mended);
    }
}

/// Addresses that mean the same everywhere.
bool isGeneral(const wire::IpAddress& address) {
    const auto& o = address.octets;
    if (address.version == 4)
        return o[0] == 0 || o[0] == 127 || o[0] >= 224;  // This host, loopback, groups, all.
    const bool isLow = std::all_of(o.begin(), o.end() - 1, [](std::uint8_t x) { return x == 0; });
    return o[0] == 0xFF || (isLow && o[15] <= 1);
}

}  // namespace

wire::IpAddress Anonymizer::substituteFor(const wire::IpAddress& address) {
    if (isGeneral(address)) return address;
    const auto known = ips_.find(address);
    if (known != ips_.end()) return known->second;
    wire::IpAddress other = address;
    const auto low = [&other](std::size_t size, std::uint32_t number) {
        for (std::size_t i = 1; i <= 4 && i <= size; ++i, number >>= 8U)
            other.octets[size - i] =
                static_cast<std::uint8_t>(other.octets[size - i] | (number & 0xFFU));
    };
    constexpr std::uint32_t kDocumentation = 254;  // 192.0.2.0/24, then 198.18.0.0/15 (RFC 2544).
    if (address.version == 4) {
        const std::uint32_t number = ++ipv4s_;
        const bool few = number <= kDocumentation;
        other = few ? wire::IpAddress::v4(192, 0, 2, 0) : wire::IpAddress::v4(198, 18, 0, 0);
        low(4, few ? number : number & 0x1FFFFU);
    } else {
        const bool isLinkLocal = address.octets[0] == 0xFE && (address.octets[1] & 0xC0U) == 0x80;
        other.octets = {};
        if (isLinkLocal) {
            other.octets[0] = 0xFE;
            other.octets[1] = 0x80;
        } else {  // 2001:db8::/32
            other.octets[0] = 0x20;
            other.octets[1] = 0x01;
            other.octets[2] = 0x0D;
            other.octets[3] = 0xB8;
        }
        low(16, ++ipv6s_);
    }
    return ips_.emplace(address, other).first->second;
}

void Anonymizer::replaceIp(std::size_t at, std::uint8_t version, Work& work) {
    wire::IpAddress address{.version = version};
    if (at + address.size() > work.octets.size()) {  // Cut in the middle: nothing of it stays.
        for (std::size_t i = at; i < work.octets.size(); ++i) work.octets[i] = 0;
        return;
    }
    const Octets before = work.layers.frame().subspan(at, address.size());
    std::ranges::copy(before, address.octets.begin());
    const wire::IpAddress other = substituteFor(address);
    std::copy_n(other.octets.begin(),
                address.size(),
                work.octets.begin() + static_cast<std::ptrdiff_t>(at));
}

void Anonymizer::replaceMac(std::size_t at, Work& work) {
    wire::MacAddress address{};
    if (at + address.size() > work.octets.size()) {
        for (std::size_t i = at; i < work.octets.size(); ++i) work.octets[i] = 0;
        return;
    }
    std::ranges::copy(work.layers.frame().subspan(at, address.size()), address.begin());
    const bool isGroup = (address[0] & 1U) != 0;
    if (isGroup || address == wire::MacAddress{}) return;
    const auto number = static_cast<std::uint32_t>(macs_.size() + 1);
    const wire::MacAddress fresh{0x02,
                                 0,
                                 0,
                                 static_cast<std::uint8_t>(number >> 16U),
                                 static_cast<std::uint8_t>(number >> 8U),
                                 static_cast<std::uint8_t>(number)};
    std::ranges::copy(macs_.emplace(address, fresh).first->second,
                      work.octets.begin() + static_cast<std::ptrdiff_t>(at));
}

void Anonymizer::replaceAddresses(const Layer& layer, Work& work) {
    const std::size_t at = layer.offset;
    switch (layer.protocol) {
        case Protocol::Ethernet:
            replaceMac(at, work);
            replaceMac(at + 6, work);
            return;
        case Protocol::LinuxSll: return replaceMac(at + 6, work);
        case Protocol::LinuxSll2: return replaceMac(at + 12, work);
        case Protocol::Arp:
            replaceMac(at + 8, work);
            replaceIp(at + 14, 4, work);
            replaceMac(at + 18, work);
            replaceIp(at + 24, 4, work);
            return;
        case Protocol::Ipv4:
            replaceIp(at + 12, 4, work);
            replaceIp(at + 16, 4, work);
            // Options are routes, which are addresses, or of no use: no operation.
            for (std::size_t i = at + wire::Ipv4Header::kFixedOctets;
                 i < std::min(at + layer.headerLength, work.octets.size());
                 ++i)
                work.octets[i] = 1;
            return;
        case Protocol::Ipv6:
            replaceIp(at + 8, 6, work);
            replaceIp(at + 24, 6, work);
            return;
        default: return;  // No other layer that is understood has any.
    }
}

Expected<std::vector<std::uint8_t>, std::string_view> Anonymizer::take(const Frame& frame) {
    Work work{wire::dissect(frame.link, frame.octets, frame.originalLength),
              {frame.octets.begin(), frame.octets.end()}};
    if (const auto obstacle = obstacleIn(work.layers)) return Unexpected{*obstacle};
    if (what_.addresses)
        for (const Layer& layer : work.layers) replaceAddresses(layer, work);
    if (what_.payload) blankPrograms(work.layers, work.octets);
    mendChecksums(work.layers, work.octets);
    return std::move(work.octets);
}

}  // namespace tcplab::capture
