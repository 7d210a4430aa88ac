#include "tests/sim/wire/soundness.h"

#include "sim/wire/plain_tcp.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

namespace tcplab::test {

namespace {

using wire::Field;
using wire::Layer;
using wire::LayerFields;
using wire::Layers;
using wire::LinkType;
using wire::Protocol;
using wire::TcpHeader;
using wire::TcpPacketView;

class Complaints {
public:
    void require(bool condition, std::string_view who, std::string_view what) {
        if (!condition) list_.push_back(std::string{who} + " " + std::string{what});
    }
    std::vector<std::string> take() { return std::move(list_); }

private:
    std::vector<std::string> list_{};
};

struct BitRange {
    std::size_t from = 0;
    std::size_t to = 0;
};

BitRange rangeOf(const Field& field) {
    const std::size_t from = 8 * field.offset + field.firstBit;
    return {from, from + field.bits};
}

bool inBothLanguages(const Text& text) {
    return !text.en.empty() && !text.zh.empty();
}

void checkError(const Layers& layers, Complaints& complaints) {
    if (!layers.error()) return;
    const wire::DecodeError& error = *layers.error();
    const std::size_t captured = layers.frame().size();
    complaints.require(inBothLanguages(error.what), "the error", "lacks a text");
    complaints.require(
        error.offset <= layers.originalLength(), "the error", "is outside the frame");
    if (error.cut) {
        complaints.require(captured < layers.originalLength(), "the error", "is a cut of nothing");
        complaints.require(
            error.offset <= captured, "the error", "is a cut outside what was captured");
    }
}

void checkLayers(const Layers& layers, Complaints& complaints) {
    std::size_t from = 0;
    std::size_t end = layers.originalLength();
    for (const Layer& layer : layers) {
        const std::string_view name = titleOf(layer.protocol).en;
        complaints.require(layer.offset == from, name, "does not begin where it should");
        complaints.require(layer.offset + layer.length <= end, name, "goes on past its carrier");
        complaints.require(layer.headerLength <= layer.length, name, "is shorter than its header");
        from = layer.offset + layer.headerLength;
        end = layer.offset + layer.length;
    }
}

/// Fields lie in `within`, one after the other.
void checkFields(const std::vector<Field>& fields, BitRange within, Complaints& complaints) {
    for (const Field& field : fields) {
        const std::string_view name = field.name.en;
        const BitRange range = rangeOf(field);
        complaints.require(inBothLanguages(field.name), name, "has no name");
        complaints.require(inBothLanguages(field.meaning), name, "has no meaning");
        complaints.require(field.remark.en.empty() == field.remark.zh.empty(),
                           name,
                           "is remarked in one language");
        complaints.require(!field.wrong || !field.remark.empty(), name, "is wrong for no reason");
        complaints.require(field.bits > 0 && field.firstBit < 8, name, "has no place");
        complaints.require(range.from >= within.from, name, "overlaps what is before it");
        complaints.require(range.to <= within.to, name, "goes on past what it is in");
        complaints.require(range.to <= 8 * (field.offset + field.length) &&
                               range.to + 8 > 8 * (field.offset + field.length),
                           name,
                           "has another length in octets than in bits");
        checkFields(field.children, range, complaints);
        within.from = range.to;
    }
}

void checkListing(const Layers& layers, Complaints& complaints) {
    const std::vector<LayerFields> listed = fieldsOf(layers);
    complaints.require(listed.size() == layers.size(), "the list", "does not have every layer");
    for (std::size_t i = 0; i < std::min(listed.size(), layers.size()); ++i) {
        const LayerFields& shown = listed[i];
        const std::string_view name = shown.title.en;
        complaints.require(shown.protocol == layers[i].protocol, name, "is another layer");
        complaints.require(shown.offset == layers[i].offset, name, "is shown elsewhere");
        complaints.require(inBothLanguages(shown.title), "a layer", "has no title");
        complaints.require(
            !shown.summary.en.empty() && !shown.summary.zh.empty(), name, "has no summary");
        const Octets octets =
            layers[i].headerLength > 0 ? layers.header(layers[i]) : layers.octets(layers[i]);
        checkFields(
            shown.fields, {8 * shown.offset, 8 * (shown.offset + octets.size())}, complaints);
    }
}

bool liesWithin(Octets part, Octets whole) {
    return part.empty() || (part.data() >= whole.data() &&
                            part.data() + part.size() <= whole.data() + whole.size());
}

bool isSame(const TcpHeader& a, const TcpHeader& b) {
    const auto numbers = [](const TcpHeader& h) {
        return std::tuple{h.sourcePort,
                          h.destinationPort,
                          h.seq.raw(),
                          h.ack.raw(),
                          h.dataOffset,
                          h.reserved,
                          h.flags.octet(),
                          h.window,
                          h.checksum,
                          h.urgentPointer,
                          h.options.data(),
                          h.options.size()};
    };
    return numbers(a) == numbers(b);
}

bool isSame(const TcpPacketView& a, const TcpPacketView& b) {
    const auto rest = [](const TcpPacketView& packet) {
        return std::tuple{packet.from,
                          packet.to,
                          packet.payload.data(),
                          packet.payload.size(),
                          packet.payloadLength,
                          packet.segment.data(),
                          packet.segment.size(),
                          packet.hopLimit,
                          packet.fragment,
                          packet.underway};
    };
    return isSame(a.header, b.header) && rest(a) == rest(b);
}

/// The straight way leads where the long one does.
void checkPlainView(const Layers& layers,
                    const std::optional<TcpPacketView>& packet,
                    Complaints& complaints) {
    if (layers.size() == 0 || layers[0].protocol != Protocol::Ethernet) return;
    TcpPacketView plain;
    if (!readPlainTcp(LinkType::Ethernet, layers.frame(), layers.originalLength(), plain)) return;
    complaints.require(packet && isSame(plain, *packet), "the plain packet", "is another one");
}

void checkView(const Layers& layers, Complaints& complaints) {
    const auto packet = tcpView(layers);
    checkPlainView(layers, packet, complaints);
    if (!packet) return;
    complaints.require(
        liesWithin(packet->segment, layers.frame()), "the segment", "is outside the frame");
    complaints.require(
        liesWithin(packet->payload, packet->segment), "the payload", "is outside the segment");
    complaints.require(packet->payload.size() <= packet->payloadLength,
                       "the payload",
                       "is longer than on the wire");
    complaints.require(
        packet->from.ip.version == packet->to.ip.version, "the packet", "has two versions of IP");
}

}  // namespace

std::vector<std::string> unsoundIn(const Layers& layers) {
    Complaints complaints;
    checkError(layers, complaints);
    checkLayers(layers, complaints);
    checkListing(layers, complaints);
    checkView(layers, complaints);
    return complaints.take();
}

}  // namespace tcplab::test
