#include "sim/base/rng.h"
#include "sim/wire/headers.h"
#include "tests/sim/wire/printers.h"
#include "tests/sim/wire/random_frame.h"
#include "tests/sim/wire/samples.h"
#include "tests/sim/wire/soundness.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <vector>

// What holds of frames however they are cut or damaged. Each one is copied to a buffer of its own
// size, so that the address sanitizer sees a read past its end.
namespace tcplab::wire {
namespace {

using test::OctetVector;
using test::Sample;
using test::unsoundIn;
using ::testing::IsEmpty;

class Damage : public testing::TestWithParam<Sample> {
protected:
    [[nodiscard]] Layers whole() const {
        return dissect(GetParam().link, GetParam().octets, GetParam().octets.size());
    }
};

/// What a program says: it is recognised by its octets, and cutting it is no error.
bool isMessage(const Layer& layer) {
    bool message = false;
    withHeader(layer.protocol,
               [&message]<class Header>(std::type_identity<Header>) { message = Message<Header>; });
    return message;
}

std::size_t endOfHeaders(const Layers& layers) {
    std::size_t end = 0;
    for (const Layer& layer : layers) {
        if (isMessage(layer)) break;
        end = std::max<std::size_t>(end, layer.offset + layer.headerLength);
    }
    return end;
}

TEST_P(Damage, OfNoneIsSound) {
    EXPECT_THAT(unsoundIn(whole()), IsEmpty());
    EXPECT_EQ(whole().error(), std::nullopt);
}

TEST_P(Damage, BySnapLengthIsACutWhereItMeetsAHeader) {
    const std::size_t original = GetParam().octets.size();
    const std::size_t headers = endOfHeaders(whole());
    for (std::size_t size = 1; size <= original; ++size) {
        SCOPED_TRACE(std::to_string(size) + " octets captured");
        const OctetVector captured{test::vectorOf(Octets{GetParam().octets}.first(size))};

        const Layers layers = dissect(GetParam().link, captured, original);

        EXPECT_THAT(unsoundIn(layers), IsEmpty());
        ASSERT_EQ(layers.error().has_value(), size < headers);
        if (!layers.error()) continue;
        EXPECT_TRUE(layers.error()->cut);
        EXPECT_EQ(layers.error()->offset, size);
        EXPECT_EQ(layers.error()->layer, layers[layers.size() - 1].protocol);
    }
}

TEST_P(Damage, BySnapLengthLeavesTheLayersBeforeItAsTheyAre) {
    const std::size_t original = GetParam().octets.size();
    const Layers all = whole();
    for (std::size_t size = 1; size <= original; ++size) {
        SCOPED_TRACE(std::to_string(size) + " octets captured");
        const OctetVector captured{test::vectorOf(Octets{GetParam().octets}.first(size))};

        const Layers layers = dissect(GetParam().link, captured, original);

        const std::size_t sound = layers.size() - (layers.error() ? 1 : 0);
        for (std::size_t i = 0; i < sound && !isMessage(all[i]); ++i) {
            EXPECT_EQ(layers[i], all[i]);
        }
    }
}

TEST_P(Damage, ByALossOnTheWireIsNoCut) {
    for (std::size_t size = 0; size < GetParam().octets.size(); ++size) {
        SCOPED_TRACE(std::to_string(size) + " octets on the wire");
        const OctetVector captured{test::vectorOf(Octets{GetParam().octets}.first(size))};

        const Layers layers = dissect(GetParam().link, captured, size);

        EXPECT_THAT(unsoundIn(layers), IsEmpty());
        EXPECT_FALSE(layers.error() && layers.error()->cut);
    }
}

TEST_P(Damage, OfNoneLeavesEveryHeaderAsItWasWritten) {
    const Layers layers = whole();
    for (const Layer& layer : layers) {
        withHeader(layer.protocol, [&]<class Header>(std::type_identity<Header>) {
            const auto decoded = decodeHeader<Header>(layers.octets(layer), layer.length);
            if (!decoded.usable) return;
            OctetVector written(decoded.headerLength);

            EXPECT_EQ(encode(decoded.header, written), decoded.headerLength);
            EXPECT_EQ(written, test::vectorOf(layers.header(layer)));
        });
    }
}

TEST_P(Damage, ToAnyOctetLeavesTheDissectionSound) {
    OctetVector octets = GetParam().octets;
    for (std::uint8_t& octet : octets) {
        const std::uint8_t original = octet;
        for (unsigned change = 1; change <= 0xff; ++change) {
            octet = static_cast<std::uint8_t>(original ^ change);

            const Layers layers = dissect(GetParam().link, octets, octets.size());

            // A matcher for each of so many would be most of the work.
            const auto unsound = unsoundIn(layers);
            if (!unsound.empty() || (layers.error() && layers.error()->cut))
                FAIL() << "octet " << &octet - octets.data() << " is " << unsigned{octet} << ": "
                       << testing::PrintToString(unsound);
        }
        octet = original;
    }
}

TEST_P(Damage, OfManyKindsAtOnceLeavesTheDissectionSound) {
    Rng rng{1980};
    for (int round = 0; round < 1000; ++round) {
        SCOPED_TRACE(round);
        OctetVector octets = GetParam().octets;
        for (std::size_t left = 1 + test::below(rng, 6); left > 0; --left) {
            octets.at(test::below(rng, octets.size())) = test::any<std::uint8_t>(rng);
        }
        const std::size_t original = octets.size() + test::below(rng, 3) * 1000;
        octets.resize(test::below(rng, octets.size() + 1));
        octets.shrink_to_fit();

        const Layers layers = dissect(GetParam().link, octets, original);

        ASSERT_THAT(unsoundIn(layers), IsEmpty());
    }
}

INSTANTIATE_TEST_SUITE_P(Samples,
                         Damage,
                         testing::ValuesIn(test::samples()),
                         [](const auto& tested) { return tested.param.name; });

TEST(AnyOctets, AreDissectedSoundly) {
    std::vector<LinkType> dissected;
    for (std::uint16_t number = 0; number < 512; ++number) {
        if (isDissected(LinkType{number})) dissected.push_back(LinkType{number});
    }
    ASSERT_GE(dissected.size(), 11U);
    Rng rng{1981};
    for (int round = 0; round < 5000; ++round) {
        SCOPED_TRACE(round);
        OctetVector octets(test::below(rng, 120));
        for (std::uint8_t& octet : octets) octet = test::any<std::uint8_t>(rng);
        const LinkType link = dissected.at(test::below(rng, dissected.size()));
        if (link == LinkType::RawIp && !octets.empty()) octets[0] = round % 4 < 2 ? 0x45 : 0x60;

        const Layers layers = dissect(link, octets, octets.size());

        ASSERT_THAT(unsoundIn(layers), IsEmpty());
    }
}

// A captured length above the original one: some writers of files have it so.
TEST(AnyOctets, AreAtLeastThoseCaptured) {
    const Sample sample = test::syn();

    const Layers layers = dissect(sample.link, sample.octets, 10);

    EXPECT_EQ(layers.originalLength(), sample.octets.size());
    EXPECT_EQ(layers.error(), std::nullopt);
    EXPECT_THAT(unsoundIn(layers), IsEmpty());
}

}  // namespace
}  // namespace tcplab::wire
