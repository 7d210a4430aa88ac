#include "sim/wire/stack.h"

#include "sim/wire/field_lister.h"
#include "sim/wire/headers.h"
#include "sim/wire/hex.h"

namespace tcplab::wire {

namespace {

constexpr std::size_t kTcpChecksumOffset = 16;
constexpr std::size_t kIpv4ChecksumOffset = 10;

/// Where dissect() is: what comes next, and where that begins and ends on the wire.
struct Position {
    Protocol next = Protocol::Payload;
    std::size_t offset = 0;
    std::size_t end = 0;
};

Protocol firstProtocol(LinkType link, Octets frame) {
    switch (link) {
        case LinkType::Ethernet: return Protocol::Ethernet;
        case LinkType::RawIp: break;
        default: return Protocol::Payload;
    }
    switch (frame.empty() ? 0 : frame[0] >> 4) {
        case 4: return Protocol::Ipv4;
        case 6: return Protocol::Ipv6;
        default: return Protocol::Payload;
    }
}

/// What was captured from `offset` on, before `end`.
Octets captured(Octets frame, std::size_t offset, std::size_t end) {
    const std::size_t from = std::min(frame.size(), offset);
    return frame.subspan(from, std::min(frame.size(), end) - from);
}

/// Reads one header and pushes its layer. Nothing where the frame cannot be followed further.
template <class Header>
std::optional<Position> readLayer(Layers& layers, const Position& at) {
    const std::size_t room = at.end - at.offset;
    const auto decoded = decodeHeader<Header>(captured(layers.frame(), at.offset, at.end), room);
    if (decoded.fault) {
        layers.fail({.layer = Header::kProtocol,
                     .offset = at.offset + decoded.fault->offset,
                     .cut = decoded.fault->cut,
                     .what = decoded.fault->what});
    }
    const Continuation after = decoded.usable ? continuation(decoded.header) : Continuation{};
    const std::size_t told = after.length.value_or(room);
    if (told > room) {
        layers.fail({.layer = Header::kProtocol,
                     .offset = at.end,
                     .what = {"The header promises more octets than the packet has.",
                              "首部给出的长度超过了分组的实际长度。"}});
    }
    const std::size_t length = std::max(std::min(told, room), decoded.headerLength);
    const bool kept = layers.push({.protocol = Header::kProtocol,
                                   .offset = static_cast<std::uint32_t>(at.offset),
                                   .headerLength = static_cast<std::uint32_t>(decoded.headerLength),
                                   .length = static_cast<std::uint32_t>(length)});
    const bool cut = decoded.fault && decoded.fault->cut;
    if (!decoded.usable || cut || !kept) return {};
    return Position{after.next, at.offset + decoded.headerLength, at.offset + length};
}

template <class Header>
std::optional<Header> innermost(const Layers& layers) {
    const Layer* layer = layers.find(Header::kProtocol);
    if (layer == nullptr) return {};
    const auto decoded = decodeHeader<Header>(layers.octets(*layer), layer->length);
    return decoded.usable ? std::optional{decoded.header} : std::nullopt;
}

/// The last layer of the protocol before `end`, or null.
const Layer* lastBefore(const Layers& layers, const Layer* end, Protocol protocol) {
    for (const Layer* layer = end; layer != layers.begin();) {
        --layer;
        if (layer->protocol == protocol) return layer;
    }
    return nullptr;
}

template <class Header>
std::optional<Header> readBefore(const Layers& layers, const Layer* end) {
    const Layer* layer = lastBefore(layers, end, Header::kProtocol);
    if (layer == nullptr) return {};
    return decodeHeader<Header>(layers.octets(*layer), layer->length).header;
}

/// The sum of octets without the two of their checksum field.
Checksum sumWithout(std::size_t field, Octets octets, Checksum sum) {
    sum.add(octets.first(field));
    sum.add(octets.subspan(field + 2));
    return sum;
}

ChecksumVerdict verdictOf(std::uint16_t found, std::uint16_t expected) {
    // 0x0000 and 0xffff are the same number in ones' complement.
    const bool right = found == expected || (found == 0xffff && expected == 0);
    return {right ? ChecksumVerdict::State::Right : ChecksumVerdict::State::Wrong, expected};
}

template <class Header>
Phrase summaryOf(const Header& header, std::size_t payloadLength) {
    std::string text;
    if constexpr (requires { summary(header, payloadLength); }) {
        text = summary(header, payloadLength);
    } else if constexpr (requires { summary(header); }) {
        text = summary(header);
    } else {
        text = std::string{"→ "} + std::string{ipNumberName(header.nextHeader)};
    }
    return {text, text};
}

template <class Header>
LayerFields list(const Layers& layers, const Layer& layer) {
    FieldLister lister{
        layers.octets(layer), layer.length, layer.offset, verifyChecksum(layers, layer)};
    Header header;
    layout(lister, header);
    const auto obstacle = lister.obstacle();
    return {.protocol = layer.protocol,
            .title = titleOf(layer.protocol),
            .summary =
                obstacle ? phrase(*obstacle) : summaryOf(header, layer.length - layer.headerLength),
            .offset = layer.offset,
            .length = layers.header(layer).size(),
            .fields = lister.take()};
}

/// Letters, digits and signs as they are; anything else as a dot.
std::string printable(Octets octets) {
    std::string text;
    for (const std::uint8_t octet : octets) {
        text += octet >= 0x20 && octet < 0x7f ? static_cast<char>(octet) : '.';
    }
    return text;
}

LayerFields listPayload(const Layers& layers, const Layer& layer) {
    constexpr std::size_t kOctetsShown = 48;
    const Octets octets = layers.octets(layer);
    LayerFields listed{.protocol = layer.protocol,
                       .title = titleOf(layer.protocol),
                       .summary = {std::to_string(layer.length) + " octets",
                                   std::to_string(layer.length) + " 字节"},
                       .offset = layer.offset,
                       .length = octets.size()};
    if (octets.empty()) return listed;
    Field data{.name = {"Octets", "字节"},
               .meaning = {"What the layers above make of it is not dissected here.",
                           "上层协议的内容，此处不作解析。"},
               .value = printable(octets.first(std::min(octets.size(), kOctetsShown))),
               .offset = layer.offset,
               .length = octets.size(),
               .bits = 8 * octets.size()};
    if (octets.size() > kOctetsShown) data.value += "…";
    if (octets.size() < layer.length) {
        data.remark = phrase({"captured: ", "已抓取："}, std::to_string(octets.size()));
    }
    listed.fields.push_back(std::move(data));
    return listed;
}

}  // namespace

const Layer* Layers::find(Protocol protocol) const {
    return lastBefore(*this, end(), protocol);
}

bool Layers::push(const Layer& layer) {
    if (size_ == kMost) {
        fail({.layer = layer.protocol,
              .offset = layer.offset,
              .what = {"More layers within each other than are followed.",
                       "嵌套的层次太多，不再解析。"}});
        return false;
    }
    layers_.at(size_++) = layer;
    return true;
}

void Layers::fail(const DecodeError& error) {
    if (!error_) error_ = error;
}

Layers dissect(LinkType link, Octets frame, std::size_t originalLength) {
    Layers layers{frame, originalLength};
    Position at{firstProtocol(link, frame), 0, layers.originalLength()};
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
                     .length = static_cast<std::uint32_t>(at.end - at.offset)});
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
    TcpPacketView packet{.header = decoded.header,
                         .payload = layers.payload(*layer),
                         .payloadLength = layer->length - layer->headerLength,
                         .segment = layers.octets(*layer)};
    const Layer* v4 = lastBefore(layers, layer, Protocol::Ipv4);
    const Layer* v6 = lastBefore(layers, layer, Protocol::Ipv6);
    if (v4 == nullptr && v6 == nullptr) return {};
    if (v6 == nullptr || (v4 != nullptr && v4 > v6)) {
        const auto ip = readBefore<Ipv4Header>(layers, layer);
        packet.from = {ip->source, decoded.header.sourcePort};
        packet.to = {ip->destination, decoded.header.destinationPort};
        packet.fragment = ip->moreFragments;
    } else {
        const auto ip = readBefore<Ipv6Header>(layers, layer);
        packet.from = {ip->source, decoded.header.sourcePort};
        packet.to = {ip->destination, decoded.header.destinationPort};
        const auto fragment = readBefore<Ipv6FragmentHeader>(layers, layer);
        packet.fragment = fragment && fragment->moreFragments;
        const auto routing = readBefore<Ipv6RoutingHeader>(layers, layer);
        packet.underway = routing && routing->segmentsLeft() > 0;
    }
    return packet;
}

ChecksumVerdict verifyChecksum(const TcpPacketView& packet) {
    using State = ChecksumVerdict::State;
    const std::size_t length = packet.segmentLength();
    if (packet.fragment || packet.underway || packet.segment.size() < length) {
        return {State::NotCheckable};
    }
    const auto pseudo = [&packet](std::size_t octets) {
        return pseudoHeader(
            packet.from.ip, packet.to.ip, kIpNumberTcp, static_cast<std::uint32_t>(octets));
    };
    const std::uint16_t found = packet.header.checksum;
    const std::uint16_t expected =
        sumWithout(kTcpChecksumOffset, packet.segment, pseudo(length)).value();
    const ChecksumVerdict verdict = verdictOf(found, expected);
    // A sender that leaves it to its network card fills in the sum of the pseudo-header; where the
    // card is to cut the segment as well, that has no length.
    if (verdict.state == State::Wrong &&
        (found == pseudo(length).sum() || found == pseudo(0).sum())) {
        return {State::Offloaded, expected};
    }
    return verdict;
}

ChecksumVerdict verifyChecksum(const Layers& layers, const Layer& layer) {
    using State = ChecksumVerdict::State;
    if (layer.protocol == Protocol::Tcp) {
        const auto packet = tcpView(layers);
        return packet ? verifyChecksum(*packet) : ChecksumVerdict{State::NotCheckable};
    }
    if (layer.protocol != Protocol::Ipv4) return {};
    const Octets header = layers.header(layer);
    if (header.size() < layer.headerLength || header.size() < Ipv4Header::kFixedOctets) {
        return {State::NotCheckable};
    }
    const auto found = static_cast<std::uint16_t>(header[kIpv4ChecksumOffset] << 8 |
                                                  header[kIpv4ChecksumOffset + 1]);
    return verdictOf(found, sumWithout(kIpv4ChecksumOffset, header, {}).value());
}

std::vector<LayerFields> fieldsOf(const Layers& layers) {
    std::vector<LayerFields> listed;
    for (const Layer& layer : layers) {
        if (layer.protocol == Protocol::Payload) {
            listed.push_back(listPayload(layers, layer));
            continue;
        }
        withHeader(layer.protocol, [&]<class Header>(std::type_identity<Header>) {
            listed.push_back(list<Header>(layers, layer));
        });
    }
    return listed;
}

}  // namespace tcplab::wire
