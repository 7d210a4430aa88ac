#include "sim/wire/osi_layers.h"

#include "sim/base/check.h"
#include "sim/wire/osi_sentences.h"

#include <utility>

namespace tcplab::wire {

namespace {

bool isNetworkPacket(Protocol protocol) {
    return protocol == Protocol::Ipv4 || protocol == Protocol::Ipv6 || protocol == Protocol::Arp;
}

/// The layer that a header belongs to, given that it does not carry the innermost IP packet.
OsiLayer layerOf(Protocol protocol) {
    switch (protocol) {
        case Protocol::Ethernet:
        case Protocol::LinuxSll:
        case Protocol::LinuxSll2:
        case Protocol::BsdLoopback:
        case Protocol::Vlan:
        case Protocol::Mpls:
        case Protocol::Pppoe:
        case Protocol::Ppp:
        case Protocol::Vxlan: return OsiLayer::DataLink;
        case Protocol::Arp:
        case Protocol::Ipv4:
        case Protocol::Ipv6:
        case Protocol::Ipv6HopByHop:
        case Protocol::Ipv6Routing:
        case Protocol::Ipv6DestinationOptions:
        case Protocol::Ipv6Fragment:
        case Protocol::Gre:
        case Protocol::Icmp:
        case Protocol::Icmpv6: return OsiLayer::Network;
        case Protocol::Udp:
        case Protocol::Tcp: return OsiLayer::Transport;
        case Protocol::Tls: return OsiLayer::Presentation;
        case Protocol::DnsLength:
        case Protocol::Dns:
        case Protocol::Http:
        case Protocol::Payload: return OsiLayer::Application;
    }
    TCPLAB_UNREACHABLE();
}

/// The layer that octets belong to which no header was found in.
OsiLayer layerAbove(Protocol carrier) {
    switch (carrier) {
        case Protocol::Icmp:
        case Protocol::Icmpv6:
        case Protocol::Gre:
        case Protocol::Arp: return OsiLayer::Network;
        default: break;
    }
    switch (layerOf(carrier)) {
        case OsiLayer::Physical:
        case OsiLayer::DataLink: return OsiLayer::Network;
        case OsiLayer::Network: return OsiLayer::Transport;
        case OsiLayer::Transport:
        case OsiLayer::Session:
        case OsiLayer::Presentation:
        case OsiLayer::Application: return OsiLayer::Application;
    }
    TCPLAB_UNREACHABLE();
}

constexpr Text kData{"data", "数据"};

class Splitter {
public:
    explicit Splitter(const Layers& layers) : layers_{layers} {
        for (std::size_t i = 0; i < works_.size(); ++i)
            works_[i].layer = static_cast<OsiLayer>(works_.size() - i);
        for (const Layer& layer : layers)
            if (isNetworkPacket(layer.protocol) && !layer.quoted) packet_ = &layer;
        for (const Layer& layer : layers) add(layer);
        addRest();
    }

    [[nodiscard]] std::array<LayerWork, 7> take() { return std::move(works_); }

private:
    LayerWork& workOf(OsiLayer layer) {
        return works_[works_.size() - static_cast<std::size_t>(layer)];
    }

    void put(OsiLayer to, LayerPart part) {
        if (part.length == 0) return;
        LayerWork& work = workOf(to);
        work.octets += part.length;
        work.parts.push_back(part);
        end_ = part.offset + part.length;
    }

    void add(const Layer& layer) {
        const bool isData = layer.protocol == Protocol::Payload;
        const Protocol carrier =
            &layer == layers_.begin() ? Protocol::Ethernet : (&layer - 1)->protocol;
        OsiLayer to = isData ? layerAbove(carrier) : layerOf(layer.protocol);
        if (layer.quoted) to = OsiLayer::Network;
        if (packet_ != nullptr && &layer < packet_) to = OsiLayer::DataLink;
        const std::string_view name = nameOf(layer.protocol);
        put(to,
            {.protocol = layer.protocol,
             .name = isData ? kData : Text{name, name},
             .offset = layer.offset,
             .length = isData ? layer.length : layer.headerLength});
        last_ = &layer;
    }

    /// What no layer was found in: behind a header that is cut, and behind the packet.
    void addRest() {
        const std::size_t whole = layers_.originalLength();
        const std::size_t packet =
            packet_ == nullptr ? whole : std::size_t{packet_->offset} + packet_->length;
        if (end_ < packet) {
            const Protocol carrier = last_ == nullptr ? Protocol::Ethernet : last_->protocol;
            put(last_ != nullptr && last_->quoted ? OsiLayer::Network : layerAbove(carrier),
                {.name = kData, .offset = end_, .length = packet - end_});
        }
        if (end_ < whole)
            put(OsiLayer::DataLink,
                {.name = {"padding", "填充"}, .offset = end_, .length = whole - end_});
    }

    const Layers& layers_;
    const Layer* packet_ = nullptr;  ///< The innermost IP or ARP packet.
    const Layer* last_ = nullptr;
    std::size_t end_ = 0;  ///< Of what has been put so far.
    std::array<LayerWork, 7> works_{};
};

}  // namespace

InternetLayer internetLayerOf(OsiLayer layer) {
    switch (layer) {
        case OsiLayer::Physical:
        case OsiLayer::DataLink: return InternetLayer::Link;
        case OsiLayer::Network: return InternetLayer::Internet;
        case OsiLayer::Transport: return InternetLayer::Transport;
        case OsiLayer::Session:
        case OsiLayer::Presentation:
        case OsiLayer::Application: return InternetLayer::Application;
    }
    TCPLAB_UNREACHABLE();
}

Text titleOf(OsiLayer layer) {
    switch (layer) {
        case OsiLayer::Physical: return {"Physical", "物理层"};
        case OsiLayer::DataLink: return {"Data link", "数据链路层"};
        case OsiLayer::Network: return {"Network", "网络层"};
        case OsiLayer::Transport: return {"Transport", "运输层"};
        case OsiLayer::Session: return {"Session", "会话层"};
        case OsiLayer::Presentation: return {"Presentation", "表示层"};
        case OsiLayer::Application: return {"Application", "应用层"};
    }
    TCPLAB_UNREACHABLE();
}

Text titleOf(InternetLayer layer) {
    switch (layer) {
        case InternetLayer::Link: return {"Link", "链路层"};
        case InternetLayer::Internet: return {"Internet", "网际层"};
        case InternetLayer::Transport: return {"Transport", "运输层"};
        case InternetLayer::Application: return {"Application", "应用层"};
    }
    TCPLAB_UNREACHABLE();
}

std::array<LayerWork, 7> osiLayers(const Layers& layers) {
    auto works = Splitter{layers}.take();
    for (LayerWork& work : works) work.did = sentenceOn(layers, work);
    return works;
}

}  // namespace tcplab::wire
