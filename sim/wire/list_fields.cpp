#include "sim/wire/field_lister.h"
#include "sim/wire/headers.h"
#include "sim/wire/hex.h"
#include "sim/wire/stack.h"

namespace tcplab::wire {

namespace {

template <class Header>
Phrase summaryOf(const Header& header, std::size_t payloadLength) {
    const auto said = [&] {
        if constexpr (requires { summary(header, payloadLength); }) {
            return summary(header, payloadLength);
        } else {
            return summary(header);
        }
    }();
    if constexpr (std::is_same_v<decltype(said), const Phrase>) {
        return said;
    } else {
        return {said, said};
    }
}

template <class Header>
LayerFields list(const Layers& layers, const Layer& layer) {
    FieldLister lister{layers.octets(layer),
                       layer.quoted ? SIZE_MAX : layer.length,
                       layer.offset,
                       verifyChecksum(layers, layer)};
    Header header;
    layout(lister, header);
    const auto obstacle = lister.obstacle();
    LayerFields listed{.protocol = layer.protocol,
                       .title = titleOf(layer.protocol),
                       .summary = obstacle ? phrase(*obstacle)
                                           : summaryOf(header, layer.length - layer.headerLength),
                       .offset = layer.offset,
                       .length = layers.header(layer).size(),
                       .fields = lister.take()};
    if (!layer.quoted) return listed;
    if (obstacle) {
        listed.summary = {"its first octets: " + std::to_string(listed.length),
                          "开头的字节数：" + std::to_string(listed.length)};
    }
    listed.summary.en = "quoted: " + listed.summary.en;
    listed.summary.zh = "引用：" + listed.summary.zh;
    return listed;
}

/// What is said of a payload that no header was recognised in.
Text remarkOn(const Layers& layers, const Layer& payload) {
    if (payload.quoted || &payload == layers.begin()) return {};
    const Layer& carrier = *(&payload - 1);
    if (carrier.protocol != Protocol::Tcp) return {};
    const auto tcp = decodeHeader<TcpHeader>(layers.octets(carrier), carrier.length);
    return continuationText(tcp.header.sourcePort, tcp.header.destinationPort);
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
    data.remark = phrase(remarkOn(layers, layer));
    if (octets.size() < layer.length) {
        data.remark.en += data.remark.empty() ? "" : "; ";
        data.remark.zh += data.remark.zh.empty() ? "" : "；";
        data.remark.en += "captured: " + std::to_string(octets.size());
        data.remark.zh += "已抓取：" + std::to_string(octets.size());
    }
    listed.fields.push_back(std::move(data));
    return listed;
}

}  // namespace

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
