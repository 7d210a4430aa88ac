#include "capture/diff.h"

#include "capture/pcapng_writer.h"
#include "sim/trace/simulate.h"
#include "sim/trace/tap.h"
#include "sim/wire/frame.h"
#include "sim/wire/stack.h"
#include "tests/support/scenario.h"
#include "tests/support/temporary_file.h"

#include <gmock/gmock.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace tcplab::capture {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

/// A packet on its way through a middlebox.
struct Passage {
    Instant at{};
    wire::FrameAddresses addresses{};
    Segment segment{};
};
/// What the box lets out for a packet that came in: none, one or several.
using Middlebox = std::function<std::vector<Passage>(Passage)>;

std::vector<Passage> untouched(Passage packet) {
    return {std::move(packet)};
}

/// What a tap sees that sits behind a middlebox.
Loaded captured(const Trace& trace, double position, const Middlebox& box = untouched) {
    const test::TemporaryFile path;
    {
        std::ofstream file{path.path(), std::ios::binary | std::ios::trunc};
        PcapngWriter writer{file, wire::LinkType::Ethernet};
        std::vector<Passage> out;
        for (const tcplab::Passing& passing : observe(trace, position)) {
            const Packet& packet = *trace.find(passing.packet);
            const wire::Layers layers =
                wire::dissect(packet.link, trace.octetsOf(packet), packet.originalLength);
            const auto view = *wire::tcpView(layers);
            const auto ip = wire::ipv4(layers);
            Passage in{.at = passing.at,
                       .addresses = {.from = view.from, .to = view.to},
                       .segment = wire::toSegment(view)};
            if (ip) in.addresses.ttl = ip->ttl;
            if (ip) in.addresses.ipId = ip->identification;
            for (Passage& one : box(std::move(in))) out.push_back(std::move(one));
        }
        std::ranges::stable_sort(out, {}, &Passage::at);
        for (const Passage& one : out) {
            const auto octets = wire::encodeFrame(one.addresses, one.segment);
            writer.frame(one.at, octets, static_cast<std::uint32_t>(octets.size()));
        }
        EXPECT_FALSE(writer.finish(path.path()));
    }
    return *load(path.path());
}

Trace conversation() {
    return simulate(*net::scenarioNamed("transfer"));
}

/// What a box did between the client's and the server's end of the wire.
FlowDiff through(const Middlebox& box, const Trace& trace = conversation()) {
    const CaptureDiff found = diff(captured(trace, 0), captured(trace, 1, box));
    EXPECT_THAT(found.flows, SizeIs(1));
    EXPECT_THAT(found.onlyA, IsEmpty());
    return found.flows.at(0);
}

std::set<std::string> changedFields(const FlowDiff& flow) {
    std::set<std::string> fields;
    for (const PacketFate& packet : flow.packets)
        for (const FieldChange& change : packet.changes) fields.emplace(change.field);
    return fields;
}

std::vector<PacketFate> of(const FlowDiff& flow, Fate fate) {
    std::vector<PacketFate> packets;
    for (const PacketFate& packet : flow.packets)
        if (packet.fate == fate) packets.push_back(packet);
    return packets;
}

TEST(CaptureDiff, AWireThatDoesNothingMakesNoDifference) {
    const FlowDiff flow = through(untouched);

    EXPECT_TRUE(flow.same());
    EXPECT_EQ(flow.nearA, Side::Client);
    EXPECT_TRUE(flow.nearKnown);
    EXPECT_EQ(flow.common, conversation().packets().size());
}

TEST(CaptureDiff, KnowsWhichPlaceIsNearerToTheClient) {
    const Trace trace = conversation();

    EXPECT_EQ(diff(captured(trace, 1), captured(trace, 0)).flows.at(0).nearA, Side::Server);
}

TEST(CaptureDiff, ClocksThatDisagreeAreSeenThrough) {
    const FlowDiff flow = through([](Passage packet) {
        packet.at += 3s;
        return std::vector{packet};
    });

    EXPECT_TRUE(flow.same());
    EXPECT_EQ(flow.nearA, Side::Client);
    EXPECT_EQ(flow.clockOffset(), 3s);
    EXPECT_EQ(flow.delay[Side::Client].least + flow.delay[Side::Server].least, 20ms);
}

TEST(CaptureDiff, SeesARouter) {
    const FlowDiff flow = through([](Passage packet) {
        packet.addresses.ttl -= 3;
        return std::vector{packet};
    });

    EXPECT_THAT(changedFields(flow), ElementsAre("TTL"));
    // From the first place to the second: a packet of the server comes to B first.
    EXPECT_EQ(flow.packets.at(0).changes.at(0), (FieldChange{"TTL", "64", "61"}));
    for (const PacketFate& packet : flow.packets)
        EXPECT_EQ(packet.changes.at(0).before, packet.from == Side::Client ? "64" : "61");
}

TEST(CaptureDiff, SeesAddressTranslation) {
    const wire::SocketAddress outside{wire::IpAddress::v4(198, 51, 100, 7), 61000};
    const FlowDiff flow = through([&](Passage packet) {
        (packet.addresses.to.port == 7777 ? packet.addresses.from : packet.addresses.to) = outside;
        return std::vector{packet};
    });

    EXPECT_THAT(flow.ends,
                ElementsAre(FieldChange{"client's address", "192.0.2.1", "198.51.100.7"},
                            FieldChange{"client's port", "49152", "61000"}));
    EXPECT_THAT(flow.packets, IsEmpty());
    EXPECT_EQ(flow.common, conversation().packets().size());
}

TEST(CaptureDiff, SeesAClampedMss) {
    const FlowDiff flow = through([](Passage packet) {
        if (packet.segment.ctl.syn) {
            packet.segment.options = {};
            packet.segment.options.push(wire::MaximumSegmentSize{1360});
        }
        return std::vector{packet};
    });

    ASSERT_THAT(flow.packets, SizeIs(2));
    EXPECT_THAT(flow.packets[0].changes, ElementsAre(FieldChange{"MSS", "1460", "1360"}));
}

TEST(CaptureDiff, SeesOptionsThatAreStripped) {
    const FlowDiff flow = through([](Passage packet) {
        packet.segment.options = {};
        return std::vector{packet};
    });

    ASSERT_THAT(flow.packets, SizeIs(2));
    EXPECT_THAT(flow.packets[0].changes, ElementsAre(FieldChange{"MSS", "1460", "none"}));
    EXPECT_THAT(flow.packets[1].changes, ElementsAre(FieldChange{"MSS", "none", "1460"}));
}

TEST(CaptureDiff, SeesSequenceNumbersThatAreRandomisedAsOneShift) {
    constexpr std::uint32_t kShift = 0xF0000000;
    const FlowDiff flow = through([](Passage packet) {
        if (packet.addresses.to.port == 7777)
            packet.segment.seq = packet.segment.seq + kShift;
        else
            packet.segment.ack = packet.segment.ack + kShift;
        return std::vector{packet};
    });

    EXPECT_EQ(flow.shift[Side::Client], kShift);
    EXPECT_EQ(flow.shift[Side::Server], 0U);
    EXPECT_THAT(flow.packets, IsEmpty());
    EXPECT_FALSE(flow.same());
}

TEST(CaptureDiff, SeesWindowFlagsAndPayloadThatAreChanged) {
    const auto changed = [](const std::function<void(Segment&)>& change) {
        return changedFields(through([&](Passage packet) {
            if (!packet.segment.payload.empty()) change(packet.segment);
            return std::vector{packet};
        }));
    };

    EXPECT_THAT(changed([](Segment& segment) { segment.wnd = 100; }), ElementsAre("window"));
    EXPECT_THAT(changed([](Segment& segment) { segment.ctl.psh = !segment.ctl.psh; }),
                ElementsAre("flags"));
    EXPECT_THAT(changed([](Segment& segment) {
                    std::vector<std::uint8_t> octets(segment.payload.view().begin(),
                                                     segment.payload.view().end());
                    octets[2] ^= 0x20;
                    segment.payload = Bytes{std::move(octets)};
                }),
                ElementsAre("payload"));
}

TEST(CaptureDiff, SeesWhatIsLostInjectedAndRepeated) {
    int data = 0;
    const FlowDiff flow = through([&](Passage packet) -> std::vector<Passage> {
        if (packet.segment.payload.empty() || packet.addresses.to.port != 7777) return {packet};
        switch (++data) {
            case 1: return {packet, packet};
            case 2: return {};
            case 3: {
                Passage reset = packet;
                reset.addresses.ipId = 4711;
                reset.segment.ctl = {.rst = true};
                reset.segment.payload = {};
                return {packet, reset};
            }
            default: return {packet};
        }
    });

    EXPECT_THAT(of(flow, Fate::Duplicated), SizeIs(1));
    EXPECT_THAT(of(flow, Fate::Lost), SizeIs(1));
    EXPECT_THAT(of(flow, Fate::Appeared), SizeIs(1));
    EXPECT_THAT(of(flow, Fate::Changed), IsEmpty());
}

TEST(CaptureDiff, SeesSegmentsThatAreCutUp) {
    const FlowDiff flow = through([](Passage packet) -> std::vector<Passage> {
        const Bytes payload = packet.segment.payload;
        if (payload.size() < 1000) return {packet};
        Passage second = packet;
        packet.segment.payload = payload.slice(0, 500);
        second.segment.payload = payload.slice(500);
        second.segment.seq = second.segment.seq + 500U;
        return {packet, second};
    });

    EXPECT_FALSE(of(flow, Fate::Resegmented).empty());
    EXPECT_THAT(of(flow, Fate::Lost), IsEmpty());
    EXPECT_THAT(of(flow, Fate::Appeared), IsEmpty());
}

TEST(CaptureDiff, TellsRetransmissionsApartByTimeWhereNothingElseDoes) {
    // The SYN is lost at the server's end, and its repetition arrives.
    const Trace trace = simulate(*net::scenarioNamed("syn-lost"));
    const auto noId = [](Passage packet) {
        packet.addresses.ipId = 0;
        return std::vector{packet};
    };

    const CaptureDiff found = diff(captured(trace, 0, noId), captured(trace, 1, noId));

    const FlowDiff& flow = found.flows.at(0);
    ASSERT_THAT(flow.packets, SizeIs(1));
    EXPECT_EQ(flow.packets[0].fate, Fate::Lost);
    EXPECT_EQ(flow.packets[0].packet.a, 1U);
}

TEST(CaptureDiff, AConversationThatOnlyOneHasIsNamed) {
    const Loaded one = captured(conversation(), 0);
    const Loaded none = captured(conversation(), 0, [](Passage) { return std::vector<Passage>{}; });

    EXPECT_THAT(diff(one, none).onlyA, ElementsAre(0));
    EXPECT_THAT(diff(none, one).onlyB, ElementsAre(0));
    EXPECT_FALSE(diff(one, none).same());
    EXPECT_TRUE(diff(none, none).same());
}

}  // namespace
}  // namespace tcplab::capture
