#include "sim/wire/osi_sentences.h"

#include "sim/base/check.h"
#include "sim/wire/tls.h"

#include <algorithm>
#include <string>

namespace tcplab::wire {

namespace {

/// Sentences in both languages, one after the other.
void say(Phrase& text, const Phrase& sentence) {
    if (sentence.empty()) return;
    if (!text.en.empty()) text.en += ' ';
    text.en += sentence.en;
    text.zh += sentence.zh;
}

/// Parts of one sentence.
void also(Phrase& text, const Phrase& part) {
    if (!text.en.empty()) text.en += "; ";
    if (!text.zh.empty()) text.zh += "；";
    text.en += part.en;
    text.zh += part.zh;
}

std::string count(std::size_t octets) {
    return std::to_string(octets) + (octets == 1 ? " octet" : " octets");
}

std::string counted(std::size_t octets) {
    return std::to_string(octets) + " 字节";
}

const LayerPart* find(const LayerWork& work, Protocol protocol) {
    const auto found = std::ranges::find(work.parts, protocol, &LayerPart::protocol);
    return found == work.parts.end() ? nullptr : &*found;
}

/// The one-line summary of a layer, as the tree of fields has it.
Phrase summaryOf(const Layers& layers, Protocol protocol) {
    for (const LayerFields& fields : fieldsOf(layers))
        if (fields.protocol == protocol) return fields.summary;
    return {};
}

Phrase applicationDid(const Layers& layers, const LayerWork& work) {
    if (work.octets == 0) {
        if (layers.find(Protocol::Tcp) != nullptr)
            return {"Nothing: this packet carries no data of a program.",
                    "无：这个报文段不携带应用进程的数据。"};
        return {"None here.", "此处没有这一层。"};
    }
    Phrase did;
    for (const Protocol protocol : {Protocol::Http, Protocol::Dns}) {
        if (find(work, protocol) == nullptr) continue;
        const Phrase what = summaryOf(layers, protocol);
        const std::string name{nameOf(protocol)};
        say(did, {name + ": " + what.en + ".", name + "：" + what.zh + "。"});
    }
    if (!did.empty()) return did;
    if (const Layer* tls = layers.find(Protocol::Tls)) {
        // After a record of another kind there are more of them, and not only of the program.
        const Octets head = layers.octets(*tls);
        if (!head.empty() && head[0] != TlsRecord::kApplicationData)
            return {
                count(work.octets) + " after this record: what is left of it, or more records.",
                "这个记录之后还有 " + counted(work.octets) + "：记录的余下部分，或后面的记录。"};
        return {"Gives " + count(work.octets) + " of its data; only the ends can read them.",
                "交出 " + counted(work.octets) + "数据，只有通信双方能读。"};
    }
    return {"Gives " + count(work.octets) + " to be carried; what they mean is the program's own.",
            "交出 " + counted(work.octets) + "等待传送，含义只有应用进程知道。"};
}

Phrase presentationDid(const Layers& layers, const LayerWork& work) {
    if (work.octets == 0)
        return {"None here: what octets mean is left to the program.",
                "此处没有这一层：数据的表示由应用进程自己决定。"};
    const Phrase record = summaryOf(layers, Protocol::Tls);
    return {"TLS record (" + record.en + "): TLS agrees on keys and encrypts for the program.",
            "TLS 记录（" + record.zh + "）：TLS 替应用进程协商密钥并加密数据。"};
}

Phrase sessionDid() {
    return {"None here: the program keeps track of its dialogue by itself.",
            "此处没有这一层：会话由应用进程自己管理。"};
}

Phrase tcpDid(const TcpHeader& tcp, std::size_t data) {
    const std::string ports =
        std::to_string(tcp.sourcePort) + " → " + std::to_string(tcp.destinationPort);
    const std::string seq = std::to_string(tcp.seq.raw());
    // A SYN takes a number itself.
    const std::string first = std::to_string((tcp.seq + (tcp.flags.syn ? 1U : 0U)).raw());
    Phrase did;
    if (tcp.flags.syn && tcp.flags.ack) {
        also(did,
             {"agrees to open the connection, with its own initial sequence number " + seq,
              "同意建立连接，自己的初始序号是 " + seq});
    } else if (tcp.flags.syn) {
        also(did,
             {"asks to open the connection, with the initial sequence number " + seq,
              "请求建立连接，初始序号是 " + seq});
    }
    if (data > 0)
        also(did,
             {"numbers " + count(data) + " from " + first + " on",
              "为 " + counted(data) + "数据编号，从 " + first + " 开始"});
    if (tcp.flags.fin)
        also(did, {"says that its sender has no more to send", "告诉对方：我不再发送数据"});
    if (tcp.flags.rst) also(did, {"breaks the connection off", "立即中断连接"});
    if (tcp.flags.ack) {
        const std::string ack = std::to_string(tcp.ack.raw());
        also(
            did,
            {"confirms all before " + ack + "; its window field says " + std::to_string(tcp.window),
             "确认 " + ack + " 之前的全部数据，窗口字段为 " + std::to_string(tcp.window)});
    }
    if (did.empty()) also(did, {"sets no flag at all", "没有设置任何控制位"});
    return {"Port " + ports + ": " + did.en + ".", "端口 " + ports + "：" + did.zh + "。"};
}

Phrase transportDid(const Layers& layers, const LayerWork& work) {
    const bool tcpHere = find(work, Protocol::Tcp) != nullptr;
    if (const auto header = tcp(layers); header && tcpHere) {
        const Layer& layer = *layers.find(Protocol::Tcp);
        return tcpDid(*header, layer.length - layer.headerLength);
    }
    if (find(work, Protocol::Udp) != nullptr) {
        const Phrase what = summaryOf(layers, Protocol::Udp);
        return {"UDP, " + what.en + ": one datagram, neither numbered nor confirmed.",
                "UDP，" + what.zh + "：一个用户数据报，既不编号也不确认。"};
    }
    if (tcpHere) return {"A TCP header, of which too little is here.", "TCP 首部，但内容不全。"};
    if (work.octets > 0)
        return {"Its " + count(work.octets) + " are not dissected: a part of a packet that came " +
                    "in fragments, or a protocol that is not known here.",
                "这 " + counted(work.octets) + "没有解析：可能是分片的一部分，或是未知的协议。"};
    return {"None here: this serves the network itself.", "此处没有这一层：它只为网络本身服务。"};
}

Phrase journey(const std::string& from, const std::string& to, unsigned hops) {
    const std::string routers = std::to_string(hops == 0 ? 0 : hops - 1);
    return {"Brings the packet from " + from + " to " + to + ", whatever links are between; " +
                routers + " more routers at most.",
            "把分组从 " + from + " 送到 " + to + "，不管中间经过哪些链路；最多再经过 " + routers +
                " 个路由器。"};
}

Phrase networkDid(const Layers& layers, const LayerWork& work) {
    Phrase did;
    if (find(work, Protocol::Ipv4) != nullptr) {
        if (const auto ip = ipv4(layers))
            did = journey(toString(ip->source), toString(ip->destination), ip->ttl);
    } else if (find(work, Protocol::Ipv6) != nullptr) {
        if (const auto ip = ipv6(layers))
            did = journey(toString(ip->source), toString(ip->destination), ip->hopLimit);
    }
    for (const Protocol protocol : {Protocol::Arp, Protocol::Icmp, Protocol::Icmpv6}) {
        if (find(work, protocol) == nullptr) continue;
        const Phrase what = summaryOf(layers, protocol);
        const std::string name{nameOf(protocol)};
        say(did, {name + ": " + what.en + ".", name + "：" + what.zh + "。"});
    }
    if (!did.empty()) return did;
    if (work.octets == 0) return {"None here.", "此处没有这一层。"};
    return {"Its " + count(work.octets) + " are of a protocol that is not known here.",
            "这 " + counted(work.octets) + "属于此处不认识的协议。"};
}

/// What carries the innermost packet where it is a tunnel: "IPv4, UDP, VXLAN, Ethernet".
std::string tunnelOf(const LayerWork& link) {
    std::string names;
    bool tunnel = false;
    for (const LayerPart& part : link.parts) {
        tunnel |= part.protocol == Protocol::Ipv4 || part.protocol == Protocol::Ipv6;
        if (!tunnel || part.protocol == Protocol::Payload) continue;
        names += (names.empty() ? "" : ", ") + std::string{part.name.en};
    }
    return names;
}

bool staysInMemory(const Layers& layers) {
    if (layers.find(Protocol::BsdLoopback) != nullptr) return true;
    const auto header = ethernet(layers);
    return header && header->source == MacAddress{} && header->destination == MacAddress{};
}

Phrase linkDid(const Layers& layers, const LayerWork& work) {
    if (work.octets == 0)
        return {"Not in this capture, which begins with the packet itself.",
                "不在这个抓包中：内容从分组本身开始。"};
    Phrase did;
    const auto header = ethernet(layers);
    if (find(work, Protocol::LinuxSll) != nullptr || find(work, Protocol::LinuxSll2) != nullptr) {
        did = {"Linux wrote this header in place of the real one, which is not known.",
               "这个首部是 Linux 代写的，真正的链路层首部不得而知。"};
    } else if (staysInMemory(layers)) {
        did = {"The loopback interface: the packet goes from memory to memory of one host.",
               "环回接口：分组只在同一台主机的内存中传递。"};
    } else if (header) {
        const std::string way = toString(header->source) + " → " + toString(header->destination);
        did = {"Carries the packet over one link, " + way +
                   "; a router makes a new frame. Captures leave out its check sequence of 4 "
                   "octets.",
               "在一段链路上传送分组，" + way +
                   "；经过路由器时会换成新的帧。帧尾的 4 字节检验序列不会被抓到。"};
    } else {
        did = {"Carries the packet over one link.", "在一段链路上传送分组。"};
    }
    if (const std::string tunnel = tunnelOf(work); !tunnel.empty())
        say(did,
            {"To the packet inside, the tunnel (" + tunnel + ") is a link.",
             "对里面的分组来说，隧道（" + tunnel + "）就是一段链路。"});
    if (!work.parts.empty() && work.parts.back().name.en == "padding")
        say(did,
            {"Fills up " + count(work.parts.back().length) + " behind the packet.",
             "在分组后面填充 " + counted(work.parts.back().length) + "。"});
    return did;
}

Phrase physicalDid(const Layers& layers) {
    if (staysInMemory(layers))
        return {"Nothing: no signal leaves the host.", "无：没有信号离开这台主机。"};
    return {"Makes signals of the bits; no capture shows them.",
            "把比特变成信号；抓包看不到这一层。"};
}

}  // namespace

Phrase sentenceOn(const Layers& layers, const LayerWork& work) {
    switch (work.layer) {
        case OsiLayer::Physical: return physicalDid(layers);
        case OsiLayer::DataLink: return linkDid(layers, work);
        case OsiLayer::Network: return networkDid(layers, work);
        case OsiLayer::Transport: return transportDid(layers, work);
        case OsiLayer::Session: return sessionDid();
        case OsiLayer::Presentation: return presentationDid(layers, work);
        case OsiLayer::Application: return applicationDid(layers, work);
    }
    TCPLAB_UNREACHABLE();
}

}  // namespace tcplab::wire
