#include "sim/base/bytes.h"

#include <gmock/gmock.h>

#include <array>

namespace tcplab {

static void PrintTo(const Bytes& bytes, std::ostream* out) {
    *out << '"' << bytes.text() << '"';
}

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Bytes, AreEmptyByDefault) {
    const Bytes nothing;

    EXPECT_TRUE(nothing.empty());
    EXPECT_EQ(nothing.size(), 0U);
    EXPECT_THAT(nothing.view(), IsEmpty());
    EXPECT_EQ(nothing.text(), "");
}

TEST(Bytes, HoldACopyOfTheOctetsTheyAreMadeOf) {
    std::array<std::uint8_t, 3> octets{0x00, 0x7f, 0xff};
    const Bytes bytes{Octets{octets}};

    octets[0] = 1;

    EXPECT_THAT(bytes.view(), ElementsAre(0x00, 0x7f, 0xff));
}

TEST(Bytes, KeepOctetsAboveOneHundredAndTwentySevenOfAText) {
    const Bytes bytes{std::string_view{"\xe4\xb8\xad"}};

    EXPECT_THAT(bytes.view(), ElementsAre(0xe4, 0xb8, 0xad));
    EXPECT_EQ(bytes.text(), "\xe4\xb8\xad");
}

TEST(Bytes, ASliceHasAtMostAsManyOctetsAsAreAskedFor) {
    const Bytes bytes{std::string_view{"abcdef"}};

    EXPECT_EQ(bytes.slice(2, 3).text(), "cde");
    EXPECT_EQ(bytes.slice(4, 3).text(), "ef");
    EXPECT_EQ(bytes.slice(1).text(), "bcdef");
    EXPECT_EQ(bytes.slice(6).text(), "");
}

TEST(Bytes, ASliceOfASliceCountsFromTheSlice) {
    const Bytes slice = Bytes{std::string_view{"abcdef"}}.slice(1, 4);

    const Bytes inner = slice.slice(1, 9);

    EXPECT_EQ(inner.text(), "cde");
}

TEST(Bytes, ASliceOfNothingIsNothing) {
    EXPECT_EQ(Bytes{}.slice(0), Bytes{});
}

TEST(Bytes, ASliceSharesTheOctetsAndOutlivesWhatItIsOf) {
    Bytes whole{std::string_view{"abcdef"}};
    const std::uint8_t* const third = whole.view().data() + 2;
    const Bytes slice = whole.slice(2, 2);

    whole = {};

    EXPECT_EQ(slice.view().data(), third);
    EXPECT_EQ(slice.text(), "cd");
}

TEST(Bytes, ACopySharesTheOctets) {
    const Bytes bytes{std::string_view{"abc"}};

    const Bytes copy = bytes;

    EXPECT_EQ(copy.view().data(), bytes.view().data());
}

TEST(Bytes, AreEqualWhereTheirContentIs) {
    const Bytes abc{std::string_view{"abc"}};

    EXPECT_EQ(abc, Bytes{std::string_view{"xabcx"}}.slice(1, 3));
    EXPECT_NE(abc, Bytes{std::string_view{"abd"}});
    EXPECT_NE(abc, Bytes{std::string_view{"ab"}});
    EXPECT_EQ(Bytes{}, Bytes{std::string_view{}});
}

TEST(BytesDeathTest, ASliceThatBeginsPastTheEndIsAFaultOfTheProgram) {
    const Bytes bytes{std::string_view{"abc"}};

    EXPECT_DEATH(static_cast<void>(bytes.slice(4)), "check failed");
}

}  // namespace
}  // namespace tcplab
