// What is read of a header is all of it: written again it is the same octets.

#include "tests/sim/wire/round_trip.h"

#include "sim/wire/frame.h"
#include "sim/wire/notation.h"
#include "tests/sim/wire/octets.h"
#include "tests/sim/wire/random_frame.h"
#include "tests/sim/wire/samples.h"
#include "tests/sim/wire/soundness.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace tcplab::wire {
namespace {

using test::changedByWriting;
using test::OctetVector;
using test::Sample;
using test::unsoundIn;
using test::Written;

/// A sample of any protocol with some of its octets changed, and perhaps its end cut off.
Sample anySample() {
    Sample sample = *rc::gen::elementOf(test::samples());
    const auto changes = *rc::gen::container<std::vector<std::pair<std::size_t, std::uint8_t>>>(
        rc::gen::pair(rc::gen::inRange<std::size_t>(0, sample.octets.size()),
                      rc::gen::arbitrary<std::uint8_t>()));
    for (const auto& [at, octet] : changes) sample.octets[at] = octet;
    if (*rc::gen::inRange(0, 4) == 0) {
        sample.octets.resize(*rc::gen::inRange<std::size_t>(0, sample.octets.size()));
    }
    return sample;
}

/// Of each kind as often as of another, and lengths that do not fit too.
OctetVector anyOptions() {
    constexpr std::size_t kMost = TcpOptions::kMaxOctets;
    OctetVector octets;
    for (int i = *rc::gen::inRange(0, 6); i > 0; --i) {
        const auto kind = *rc::gen::oneOf(rc::gen::inRange<int>(0, 40), rc::gen::inRange(250, 256));
        octets.push_back(static_cast<std::uint8_t>(kind));
        if (kind < 2) continue;
        const auto data = *rc::gen::container<OctetVector>(rc::gen::arbitrary<std::uint8_t>());
        octets.push_back(static_cast<std::uint8_t>(2 + data.size()));
        octets.insert(octets.end(), data.begin(), data.end());
    }
    octets.resize(std::min(octets.size(), kMost));
    return octets;
}

TEST(RoundTrip, MeetsEveryHeaderThatThereIs) {
    Written written;
    for (const Sample& sample : test::samples()) {
        const Layers layers = dissect(sample.link, sample.octets, sample.octets.size());
        EXPECT_THAT(changedByWriting(layers, written), testing::IsEmpty()) << sample.name;
    }

    for (int i = 0; i < static_cast<int>(Protocol::Payload); ++i) {
        const auto protocol = static_cast<Protocol>(i);
        EXPECT_GT(written[protocol], 0U) << titleOf(protocol).en << " has no sample";
    }
}

RC_GTEST_PROP(RoundTrip, LeavesAnyWellFormedHeaderAsItIs, ()) {
    const Sample sample = anySample();
    const Layers layers = dissect(sample.link, sample.octets, sample.octets.size());

    Written written;
    RC_ASSERT(changedByWriting(layers, written) == std::vector<std::string>{});
    RC_ASSERT(unsoundIn(layers) == std::vector<std::string>{});
}

RC_GTEST_PROP(RoundTrip, LeavesAnyOctetsThatAreAHeaderAsTheyAre, ()) {
    const auto protocol =
        static_cast<Protocol>(*rc::gen::inRange(0, static_cast<int>(Protocol::Payload)));
    const auto octets = *rc::gen::container<OctetVector>(rc::gen::arbitrary<std::uint8_t>());

    RC_ASSERT(changedByWriting(protocol, octets) == std::nullopt);
}

RC_GTEST_PROP(RoundTrip, LeavesAnyOptionsAsTheyAre, ()) {
    const OctetVector octets = anyOptions();

    TcpOptions again;
    TcpOptionCursor cursor{octets};
    while (const auto option = cursor.next()) again.push(*option);

    RC_ASSERT(
        test::vectorOf(again.octets()) ==
        OctetVector(octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(cursor.offset())));
}

RC_GTEST_PROP(RoundTrip, LeavesAnySegmentAsItIs, (std::uint64_t seed)) {
    Rng rng{seed};
    const auto [addresses, segment] = test::randomFrame(rng);

    const OctetVector frame = encodeFrame(addresses, segment);
    const auto packet = tcpView(dissect(LinkType::Ethernet, frame, frame.size()));

    RC_ASSERT(packet.has_value());
    RC_ASSERT(toSegment(*packet) == segment);
    RC_ASSERT(packet->from == addresses.from);
    RC_ASSERT(packet->to == addresses.to);
}

RC_GTEST_PROP(RoundTrip, LeavesAnySegmentInWordsAsItIs, (std::uint64_t seed)) {
    Rng rng{seed};
    const std::string text = toString(test::randomFrame(rng).segment);

    const auto read = parseSegment(text);

    RC_ASSERT(read.has_value());
    RC_ASSERT(toString(*read) == text);
}

}  // namespace
}  // namespace tcplab::wire
