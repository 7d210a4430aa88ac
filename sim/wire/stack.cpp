#include "sim/wire/stack.h"

#include "sim/wire/headers.h"

#include <utility>

namespace tcplab::wire {

namespace {

/// Where dissect() is: what comes next, and where that begins and ends on the wire.
struct Position {
    Protocol next = Protocol::Payload;
    bool quoted = false;
    std::size_t offset = 0;
    std::size_t end = 0;
};

Protocol firstProtocol(LinkType link, Octets frame) {
    switch (link) {
        case LinkType::Null:
        case LinkType::Loop: return Protocol::BsdLoopback;
        case LinkType::Ethernet: return Protocol::Ethernet;
        case LinkType::Ppp: return Protocol::Ppp;
        case LinkType::RawIpOld:
        case LinkType::RawIpOpenBsd:
        case LinkType::RawIp: return protocolOfVersion(frame);
        case LinkType::LinuxSll: return Protocol::LinuxSll;
        case LinkType::LinuxSll2: return Protocol::LinuxSll2;
        case LinkType::Ipv4: return Protocol::Ipv4;
        case LinkType::Ipv6: return Protocol::Ipv6;
    }
    return Protocol::Payload;  // A number that is none of these.
}

/// What was captured from `offset` on, before `end`.
Octets captured(Octets frame, std::size_t offset, std::size_t end) {
    const std::size_t from = std::min(frame.size(), offset);
    return frame.subspan(from, std::min(frame.size(), end) - from);
}

template <class Header>
Continuation continuationOf(const Header& header, Octets payload) {
    if constexpr (requires { continuation(header, payload); }) {
        return continuation(header, payload);
    } else {
        return continuation(header);
    }
}

/// What is told of a fault in the header at `at`, of which `here` was captured. A quotation may end
/// anywhere, and what programs say may go on in another packet.
template <class Header>
void tell(Layers& layers, const Position& at, Octets here, const Fault& fault) {
    if constexpr (Message<Header>) return;
    if (at.quoted && fault.cut && here.size() == at.end - at.offset) return;
    layers.fail({.layer = Header::kProtocol,
                 .offset = at.offset + fault.offset,
                 .cut = fault.cut,
                 .what = fault.what});
}

/// Reads one header and pushes its layer. Nothing where the frame cannot be followed further.
template <class Header>
std::optional<Position> readLayer(Layers& layers, const Position& at) {
    const std::size_t room = at.end - at.offset;
    const Octets here = captured(layers.frame(), at.offset, at.end);
    const auto decoded = decodeHeader<Header>(here, at.quoted ? SIZE_MAX : room);
    if (decoded.fault) tell<Header>(layers, at, here, *decoded.fault);
    const std::size_t header = std::min(decoded.headerLength, room);
    const Octets payload = here.subspan(std::min(here.size(), header));
    const Continuation after =
        decoded.usable ? continuationOf(decoded.header, payload) : Continuation{};
    const std::size_t length = std::max(std::min(after.length.value_or(room), room), header);
    const bool kept = layers.push({.protocol = Header::kProtocol,
                                   .offset = static_cast<std::uint32_t>(at.offset),
                                   .headerLength = static_cast<std::uint32_t>(header),
                                   .length = static_cast<std::uint32_t>(length),
                                   .quoted = at.quoted});
    const bool cut = decoded.fault && decoded.fault->cut;
    if (!decoded.usable || cut || !kept) return {};
    if (after.undecided && length > header) {
        layers.fail({.layer = Header::kProtocol,
                     .offset = layers.frame().size(),
                     .cut = true,
                     .what = {"The capture ends where it would show what comes next.",
                              "抓包内容到此结束，看不出后面是什么协议。"}});
        return {};
    }
    return Position{.next = after.next,
                    .quoted = at.quoted || after.quoted,
                    .offset = at.offset + header,
                    .end = at.offset + length};
}

template <class Header>
Header read(const Layers& layers, const Layer& layer) {
    return decodeHeader<Header>(layers.octets(layer), layer.length).header;
}

template <class Header>
std::optional<Header> innermost(const Layers& layers) {
    const Layer* layer = layers.find(Header::kProtocol);
    if (layer == nullptr) return {};
    const auto decoded = decodeHeader<Header>(layers.octets(*layer), layer->length);
    return decoded.usable ? std::optional{decoded.header} : std::nullopt;
}

/// The addresses of the IP header around the packet, and whether it is a fragment or on a route.
bool readCarriers(const Layers& layers, const Layer* tcp, TcpPacketView& packet) {
    bool found = false;
    const auto addresses = [&](const auto& ip, std::uint8_t hopLimit) {
        if (std::exchange(found, true)) return;
        packet.from.ip = ip.source;
        packet.to.ip = ip.destination;
        packet.hopLimit = hopLimit;
    };
    for (const Layer* layer = tcp; layer != layers.begin();) {
        --layer;
        switch (layer->protocol) {
            case Protocol::Ipv4: {
                const auto ip = read<Ipv4Header>(layers, *layer);
                addresses(ip, ip.ttl);
                packet.fragment |= ip.moreFragments;
                break;
            }
            case Protocol::Ipv6: {
                const auto ip = read<Ipv6Header>(layers, *layer);
                addresses(ip, ip.hopLimit);
                break;
            }
            case Protocol::Ipv6Fragment:
                packet.fragment |= read<Ipv6FragmentHeader>(layers, *layer).moreFragments;
                break;
            case Protocol::Ipv6Routing:
                packet.underway |=
                    !found && read<Ipv6RoutingHeader>(layers, *layer).segmentsLeft() > 0;
                break;
            default: break;
        }
    }
    return found;
}

}  // namespace

const Layer* Layers::find(Protocol protocol) const {
    for (const Layer* layer = end(); layer != begin();) {
        --layer;
        if (layer->protocol == protocol && !layer->quoted) return layer;
    }
    return nullptr;
}

const Layer* Layers::ipAround(const Layer& layer) const {
    for (const Layer* around = &layer; around != begin();) {
        --around;
        if (around->protocol == Protocol::Ipv4 || around->protocol == Protocol::Ipv6) return around;
    }
    return nullptr;
}

bool Layers::refuse(const Layer& layer) {
    fail({.layer = layer.protocol,
          .offset = layer.offset,
          .what = {"More layers within each other than are followed.",
                   "嵌套的层次太多，不再解析。"}});
    return false;
}

void Layers::fail(const DecodeError& error) {
    if (!error_) error_ = error;
}

Layers dissect(LinkType link, Octets frame, std::size_t originalLength) {
    Layers layers{frame, originalLength};
    Position at{.next = firstProtocol(link, frame), .end = layers.originalLength()};
    while (at.next != Protocol::Payload) {
        std::optional<Position> after;
        withHeader(at.next, [&]<class Header>(std::type_identity<Header>) {
            after = readLayer<Header>(layers, at);
        });
        if (!after) return layers;
        at = *after;
    }
    if (at.end > at.offset) {
        layers.push({.protocol = Protocol::Payload,
                     .offset = static_cast<std::uint32_t>(at.offset),
                     .length = static_cast<std::uint32_t>(at.end - at.offset),
                     .quoted = at.quoted});
    }
    return layers;
}

std::optional<EthernetHeader> ethernet(const Layers& layers) {
    return innermost<EthernetHeader>(layers);
}
std::optional<Ipv4Header> ipv4(const Layers& layers) {
    return innermost<Ipv4Header>(layers);
}
std::optional<Ipv6Header> ipv6(const Layers& layers) {
    return innermost<Ipv6Header>(layers);
}
std::optional<TcpHeader> tcp(const Layers& layers) {
    return innermost<TcpHeader>(layers);
}

std::optional<TcpPacketView> tcpView(const Layers& layers) {
    const Layer* layer = layers.find(Protocol::Tcp);
    if (layer == nullptr) return {};
    const auto decoded = decodeHeader<TcpHeader>(layers.octets(*layer), layer->length);
    if (!decoded.usable) return {};
    TcpPacketView packet{.from = {.port = decoded.header.sourcePort},
                         .to = {.port = decoded.header.destinationPort},
                         .header = decoded.header,
                         .payload = layers.payload(*layer),
                         .payloadLength = layer->length - layer->headerLength,
                         .segment = layers.octets(*layer)};
    if (!readCarriers(layers, layer, packet)) return {};
    return packet;
}

}  // namespace tcplab::wire
