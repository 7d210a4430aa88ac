#include "tests/oracle/tcp_packets.h"

#include "capture/session.h"
#include "sim/wire/hex.h"
#include "sim/wire/stack.h"
#include "tests/support/tshark_options.h"

#include <algorithm>
#include <array>

namespace tcplab::test {

namespace {

// Compared as they are.
constexpr std::array kNames{
    "tcp.srcport",
    "tcp.dstport",
    "tcp.seq_raw",
    "tcp.ack_raw",
    "tcp.seq",
    "tcp.ack",
    "tcp.hdr_len",
    "tcp.flags",
    "tcp.window_size_value",
    "tcp.window_size",
    "tcp.urgent_pointer",
    "tcp.len",
};

constexpr unsigned kAck = 0x10;

class Reader final : public capture::FlowSink {
public:
    void connection(const Connection& /*connection*/) override {}
    void entry(const Entry& /*entry*/) override {}
    void flow(const capture::Flow& /*flow*/) override {}
    void packet(const Packet& packet, Octets octets) override {
        const auto view = wire::tcpView(wire::dissect(packet.link, octets, packet.originalLength));
        packets_[packet.number] = view ? fieldsOf(packet, *view) : TsharkFields{};
    }
    [[nodiscard]] TcpPackets take() { return std::move(packets_); }

private:
    /// tshark's relative numbers have 32 bits.
    static std::string relative(std::int64_t number) {
        return std::to_string(static_cast<std::uint32_t>(number));
    }
    static TsharkFields fieldsOf(const Packet& packet, const wire::TcpPacketView& view) {
        const wire::TcpHeader& header = view.header;
        const unsigned flags = header.reserved * 0x100U + header.flags.octet();
        TsharkFields fields{
            {"source", toString(view.from.ip)},
            {"destination", toString(view.to.ip)},
            {"tcp.srcport", std::to_string(header.sourcePort)},
            {"tcp.dstport", std::to_string(header.destinationPort)},
            {"tcp.seq_raw", std::to_string(packet.tcp.seqRaw)},
            {"tcp.ack_raw", std::to_string(packet.tcp.ackRaw)},
            {"tcp.seq", relative(packet.tcp.seq)},
            {"tcp.hdr_len", std::to_string(header.dataOffset * 4)},
            {"tcp.flags", wire::hex(flags, 4)},
            {"tcp.window_size_value", std::to_string(header.window)},
            {"tcp.window_size", std::to_string(packet.tcp.window)},
            {"tcp.urgent_pointer", std::to_string(header.urgentPointer)},
            {"tcp.len", std::to_string(packet.tcp.len)},
        };
        const auto ack = static_cast<std::uint32_t>(packet.tcp.ack.value_or(0));
        if (packet.tcp.ack) fields["tcp.ack"] = std::to_string(ack);
        addOptions(header.options, packet.tcp.ackRaw - ack, fields);
        return fields;
    }

    TcpPackets packets_{};
};

std::string lastOf(const std::string& list) {
    return list.substr(list.rfind(',') + 1);
}

/// Of what is around the innermost TCP packet; nothing where ICMP quotes it, or there is none.
std::string carrierOf(const TsharkFields& packet) {
    const auto protocols = packet.find("frame.protocols");
    if (protocols == packet.end()) return {};
    const std::string all = ":" + protocols->second;
    const std::string around = all.substr(0, all.rfind(":tcp"));
    if (around == all || around.find(":icmp") != std::string::npos) return {};
    return around.rfind(":ipv6") == around.rfind(":ip") ? "ipv6" : "ip";
}

}  // namespace

TcpPackets tcpPacketsAsWeReadThem(const std::string& file) {
    Reader reader;
    const auto read = capture::analyze(file, reader);
    return read ? reader.take() : TcpPackets{};
}

TcpPackets tcpPacketsAsTsharkReadsThem(const std::string& file) {
    std::vector<std::string> names = optionNames();
    names.insert(names.end(), kNames.begin(), kNames.end());
    for (const char* name :
         {"frame.number", "frame.protocols", "ip.src", "ip.dst", "ipv6.src", "ipv6.dst"}) {
        names.emplace_back(name);
    }
    TcpPackets packets;
    for (TsharkFields& read : tsharkFields(file, names, "-o tcp.desegment_tcp_streams:FALSE")) {
        const std::string carrier = carrierOf(read);
        if (carrier.empty()) continue;
        TsharkFields& packet =
            packets[static_cast<std::uint32_t>(std::stoul(read["frame.number"]))];
        packet["source"] = lastOf(read[carrier + ".src"]);
        packet["destination"] = lastOf(read[carrier + ".dst"]);
        for (const char* name : kNames) {
            if (read.contains(name)) packet[name] = lastOf(read[name]);
        }
        for (const std::string& name : optionNames()) {
            if (read.contains(name)) packet[name] = read[name];
        }
        // Where ACK is off there is a number all the same, and it means nothing.
        const auto flags = packet.find("tcp.flags");
        if (flags == packet.end() || (std::stoul(flags->second, nullptr, 16) & kAck) == 0) {
            packet.erase("tcp.ack");
        }
    }
    return packets;
}

}  // namespace tcplab::test
