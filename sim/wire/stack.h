#pragma once

#include "sim/base/bytes.h"
#include "sim/wire/checksum.h"
#include "sim/wire/ethernet.h"
#include "sim/wire/field.h"
#include "sim/wire/ipv4.h"
#include "sim/wire/ipv6.h"
#include "sim/wire/layout.h"
#include "sim/wire/link_type.h"
#include "sim/wire/tcp.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace tcplab::wire {

/// Why a frame could not be read to its end, or what is wrong in it. The layers before stand.
struct DecodeError {
    Protocol layer{};
    std::size_t offset = 0;  ///< In the frame.
    bool cut = false;  ///< The capture kept too little of it; else the packet itself is malformed.
    Text what{};
    friend constexpr bool operator==(const DecodeError&, const DecodeError&) = default;
};

/// One layer of a frame. Lengths are those on the wire, which may be more than was captured.
struct Layer {
    Protocol protocol = Protocol::Payload;
    std::uint32_t offset = 0;        ///< In the frame.
    std::uint32_t headerLength = 0;  ///< 0 for Payload.
    /// Header and payload as its own length field says, within what is around it.
    std::uint32_t length = 0;
    bool quoted = false;  ///< Of another packet, the beginning of which an ICMP error quotes.
    friend constexpr bool operator==(const Layer&, const Layer&) = default;
};

/// What a frame is made of, outermost first, as far as it could be read. A view of the frame: it
/// owns no octet and allocates nothing. Where a header is cut or makes no sense, its layer is the
/// last one; where nothing is left to dissect, the last one is Payload, if there are octets for it.
/// What an ICMP error quotes comes last as well, and is no layer of the frame itself.
class Layers {
public:
    static constexpr std::size_t kMost = 12;

    Layers(Octets frame, std::size_t originalLength)
        : frame_{frame}, originalLength_{std::max(originalLength, frame.size())} {}

    [[nodiscard]] const Layer* begin() const { return layers_.data(); }
    [[nodiscard]] const Layer* end() const { return layers_.data() + size_; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] const Layer& operator[](std::size_t index) const { return layers_.at(index); }
    /// The innermost layer of this protocol that is not quoted, or null.
    [[nodiscard]] const Layer* find(Protocol protocol) const;
    /// The innermost IP layer, quoted or not, around `layer`, which is one of these; or null.
    [[nodiscard]] const Layer* ipAround(const Layer& layer) const;

    [[nodiscard]] const std::optional<DecodeError>& error() const { return error_; }
    [[nodiscard]] Octets frame() const { return frame_; }
    /// Octets on the wire, at least those captured.
    [[nodiscard]] std::size_t originalLength() const { return originalLength_; }

    /// What was captured of a layer: all of it, its header, and what its header carries.
    [[nodiscard]] Octets octets(const Layer& layer) const {
        return captured(layer, 0, layer.length);
    }
    [[nodiscard]] Octets header(const Layer& layer) const {
        return captured(layer, 0, layer.headerLength);
    }
    [[nodiscard]] Octets payload(const Layer& layer) const {
        return captured(layer, layer.headerLength, layer.length);
    }

    // Used by dissect().
    bool push(const Layer& layer) {
        if (size_ == kMost) [[unlikely]]
            return refuse(layer);
        layers_[size_++] = layer;
        return true;
    }
    /// Keeps the first one.
    void fail(const DecodeError& error);

private:
    /// Tells that there are more layers than are kept.
    bool refuse(const Layer& layer);
    [[nodiscard]] Octets captured(const Layer& layer, std::size_t from, std::size_t to) const {
        const std::size_t first = std::min(frame_.size(), layer.offset + from);
        return frame_.subspan(first, std::min(frame_.size(), layer.offset + to) - first);
    }

    Octets frame_;
    std::size_t originalLength_;
    std::array<Layer, kMost> layers_{};
    std::size_t size_ = 0;
    std::optional<DecodeError> error_{};
};

/// Reads a frame of which `captured` is the beginning and which had `originalLength` octets. Any
/// octets will do: this neither fails nor reads past the end.
[[nodiscard]] Layers dissect(LinkType link, Octets captured, std::size_t originalLength);

/// The innermost header of its kind, as far as its fixed part was captured and makes sense.
[[nodiscard]] std::optional<EthernetHeader> ethernet(const Layers& layers);
[[nodiscard]] std::optional<Ipv4Header> ipv4(const Layers& layers);
[[nodiscard]] std::optional<Ipv6Header> ipv6(const Layers& layers);
[[nodiscard]] std::optional<TcpHeader> tcp(const Layers& layers);

/// A TCP packet, for whoever follows connections. All spans are of the frame.
struct TcpPacketView {
    SocketAddress from{};
    SocketAddress to{};
    TcpHeader header{};
    Octets payload{};               ///< As much as was captured.
    std::size_t payloadLength = 0;  ///< On the wire, as the IP header tells.
    Octets segment{};               ///< Header and payload, as much as was captured.
    std::uint8_t hopLimit = 0;      ///< TTL of IPv4, Hop Limit of IPv6.
    bool fragment = false;  ///< The first of several fragments: the payload goes on in others.
    bool underway = false;  ///< `to` is a stage of a route; the checksum covers the route's end.

    /// Octets of header and payload on the wire.
    [[nodiscard]] std::size_t segmentLength() const {
        return header.dataOffset * std::size_t{4} + payloadLength;
    }
};

/// The innermost TCP packet, where its fixed header was captured and its data offset makes sense.
/// Options may be cut or broken; layers.error() says so.
[[nodiscard]] std::optional<TcpPacketView> tcpView(const Layers& layers);

[[nodiscard]] ChecksumVerdict verifyChecksum(const TcpPacketView& packet);
/// Of IPv4, TCP, UDP, ICMP, ICMPv6 or GRE; Absent for any other layer.
[[nodiscard]] ChecksumVerdict verifyChecksum(const Layers& layers, const Layer& layer);

/// Every layer with every field that was captured, for the window. Checksums are verified.
[[nodiscard]] std::vector<LayerFields> fieldsOf(const Layers& layers);

}  // namespace tcplab::wire
