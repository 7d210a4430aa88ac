#include "sim/wire/notation.h"

#include "tests/sim/wire/octets.h"
#include "tests/sim/wire/printers.h"

#include <gmock/gmock.h>

#include <set>
#include <string>

namespace tcplab::wire {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using test::operator""_hex;

class Notation : public testing::TestWithParam<std::string> {};

TEST_P(Notation, IsReadAndWrittenBack) {
    const auto segment = parseSegment(GetParam());

    ASSERT_TRUE(segment.has_value()) << segment.error().what;
    EXPECT_EQ(toString(*segment), GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    Segments,
    Notation,
    testing::Values("S 0:0(0) win 65535",
                    "S. 0:0(0) ack 1 win 65535 <mss 1460,sackOK,TS val 1 ecr 2,nop,wscale 7>",
                    "none 0:0(0) win 0",
                    "FSRP.UEW 4294967295:0(1) ack 4294967295 win 65535 urg 65535",
                    "P. 1:1461(1460) ack 1 win 501",
                    "P. 4294967290:1000(1006) ack 1 win 501",
                    ". 1:65536(65535) ack 1 win 0",
                    "R 302:302(0) win 0",
                    "PU 5:8(3) win 10 urg 3",
                    "SEW 0:0(0) win 64240",
                    ". 1:1(0) ack 1 win 1 <nop,nop,sack 1001:2001>",
                    ". 1:1(0) ack 1 win 1 <sack 1:2 3:4 5:6 4294967295:0>",
                    ". 1:1(0) ack 1 win 1 <sack>",
                    ". 1:1(0) ack 1 win 1 <sack,nop,nop>",
                    ". 1:1(0) ack 1 win 1 <sack 1:2,nop,nop>",
                    "S 0:0(0) win 1 <eol>",
                    "S 0:0(0) win 1 <wscale 255,TS val 4294967295 ecr 4294967295>",
                    "S 0:0(0) win 1 <kind 34 0x>",
                    "S 0:0(0) win 1 <kind 253 0xf989cafe,raw 0x0200>",
                    "S 0:0(0) win 1 <eol,raw 0x000000>",
                    "S 0:0(0) win 1 <raw 0x02>"));

TEST(ParseSegment, ReadsEveryPart) {
    const auto segment = parseSegment("P.U 10:14(4) ack 20 win 30 urg 2 <mss 536>");

    ASSERT_TRUE(segment.has_value()) << segment.error().what;
    EXPECT_EQ(segment->seq, Seq{10});
    EXPECT_EQ(segment->ack, Seq{20});
    EXPECT_EQ(segment->ctl, (Flags{.psh = true, .ack = true, .urg = true}));
    EXPECT_EQ(segment->wnd, 30);
    EXPECT_EQ(segment->up, 2);
    EXPECT_EQ(segment->options, TcpOptions{"020402 18"_hex});
    EXPECT_EQ(segment->payload.text(), "aaaa");
}

TEST(ParseSegment, TakesFlagsInAnyOrder) {
    const auto segment = parseSegment(".S 0:0(0) ack 1");

    ASSERT_TRUE(segment.has_value()) << segment.error().what;
    EXPECT_EQ(segment->ctl, (Flags{.syn = true, .ack = true}));
}

TEST(ParseSegment, ReadsAWindowThatIsNotGivenAsZero) {
    const auto segment = parseSegment("S 300:300(0)");

    ASSERT_TRUE(segment.has_value()) << segment.error().what;
    EXPECT_EQ(segment->wnd, 0);
}

TEST(ParseSegment, TakesBlanksAsOneLikes) {
    const auto segment = parseSegment("  .   1 : 1( 0 )   ack 1  win 2 < nop , mss 5 >  ");

    ASSERT_TRUE(segment.has_value()) << segment.error().what;
    EXPECT_EQ(toString(*segment), ". 1:1(0) ack 1 win 2 <nop,mss 5>");
}

TEST(ParseSegment, TakesHexadecimalDigitsInEitherCase) {
    const auto segment = parseSegment("S 0:0(0) <kind 253 0xABcd>");

    ASSERT_TRUE(segment.has_value()) << segment.error().what;
    EXPECT_EQ(segment->options, TcpOptions{"fd04 abcd"_hex});
}

struct Slip {
    std::string text;
    int column;
    std::string why;
};
void PrintTo(const Slip& slip, std::ostream* out) {
    *out << '"' << slip.text << '"';
}

class SlipInTheNotation : public testing::TestWithParam<Slip> {};

TEST_P(SlipInTheNotation, IsShownWithItsColumn) {
    const Slip& slip = GetParam();

    const auto segment = parseSegment(slip.text);

    ASSERT_FALSE(segment.has_value()) << toString(*segment);
    EXPECT_EQ(segment.error().code, Error::Code::Usage);
    EXPECT_THAT(segment.error().what,
                AllOf(HasSubstr("\"" + slip.text + "\""),
                      HasSubstr("column " + std::to_string(slip.column) + ":"),
                      HasSubstr(slip.why)));
}

INSTANTIATE_TEST_SUITE_P(
    Texts,
    SlipInTheNotation,
    testing::Values(Slip{"", 1, "expected flags"},
                    Slip{"X 0:0(0)", 1, "'X' is no flag"},
                    Slip{"S,. 0:0(0)", 2, "expected a number"},
                    Slip{"S", 2, "expected a number"},
                    Slip{"S 0", 4, "expected \":\""},
                    Slip{"S 0:", 5, "expected a number"},
                    Slip{"S 0:0", 6, "expected \"(\""},
                    Slip{"S 0:0(0", 8, "expected \")\""},
                    Slip{"S 0:0(65536)", 7, "up to 65535"},
                    Slip{"S 4294967296:0(0)", 3, "up to 4294967295"},
                    Slip{"S -1:0(1)", 3, "expected a number"},
                    Slip{". 1:3(1)", 7, "the length is not what lies between the numbers"},
                    Slip{". 0:0(0) ack", 10, "expected the end"},
                    Slip{". 0:0(0) ack x", 14, "expected a number"},
                    Slip{". 0:0(0) win 65536", 14, "up to 65535"},
                    Slip{". 0:0(0) win 1 ack 1", 16, "expected the end"},
                    Slip{". 0:0(0) <>", 11, "\"\" is no option"},
                    Slip{". 0:0(0) <nope>", 11, "\"nope\" is no option"},
                    Slip{". 0:0(0) <nop", 14, "expected \">\""},
                    Slip{". 0:0(0) <mss>", 14, "expected a number"},
                    Slip{". 0:0(0) <wscale 256>", 18, "up to 255"},
                    Slip{". 0:0(0) <TS 1>", 14, "expected \"val\""},
                    Slip{". 0:0(0) <TS val 1>", 19, "expected \"ecr\""},
                    Slip{". 0:0(0) <sack 1>", 17, "expected \":\""},
                    Slip{". 0:0(0) <sack 1:2 3:4 5:6 7:8 9:10>", 32, "expected \">\""},
                    Slip{". 0:0(0) <kind 253>", 19, "expected \"0x\""},
                    Slip{". 0:0(0) <raw 0x123>", 19, "expected \">\""},
                    Slip{". 0:0(0) <nop> x", 16, "expected the end"}));

TEST(ParseSegment, RefusesMoreThanFortyOctetsOfOptions) {
    const std::string forty = "TS val 1 ecr 1,TS val 1 ecr 1,TS val 1 ecr 1,TS val 1 ecr 1";

    const auto fits = parseSegment(". 0:0(0) <" + forty + ">");
    const auto full = parseSegment(". 0:0(0) <" + forty + ",nop>");

    EXPECT_TRUE(fits.has_value()) << fits.error().what;
    ASSERT_FALSE(full.has_value());
    EXPECT_THAT(full.error().what, HasSubstr("more than 40 octets of options"));
}

TEST(ParseSegment, RefusesAnOptionOfMoreOctetsThanFit) {
    for (const char* word : {"raw", "kind 253"}) {
        const auto segment =
            parseSegment(". 0:0(0) <" + std::string{word} + " 0x" + std::string(600, 'f') + ">");

        ASSERT_FALSE(segment.has_value()) << word;
        EXPECT_THAT(segment.error().what, HasSubstr("more than 40 octets of options"));
    }
}

// The kinds of one octet have no room for data.
TEST(ParseSegment, RefusesDataOfAnOptionThatHasNone) {
    for (const char* kind : {"0", "1"}) {
        const auto segment = parseSegment(". 0:0(0) <kind " + std::string{kind} + " 0xff>");

        ASSERT_FALSE(segment.has_value()) << toString(*segment);
        EXPECT_THAT(segment.error().what, HasSubstr("have no data"));
    }
}

TEST(ParseSegment, RefusesEveryBeginningThatEndsWithinAWord) {
    const std::string whole = "S. 0:4(4) ack 1 win 5 <mss 1460,sackOK,TS val 1 ecr 2,nop>";
    const std::set<std::size_t> complete{9, 10, 15, 16, 21, 22};
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto segment = parseSegment(whole.substr(0, size));

        EXPECT_EQ(segment.has_value(), complete.contains(size)) << whole.substr(0, size);
    }
}

TEST(FlagsText, StandsInTheOrderOfTcpdump) {
    EXPECT_EQ(flagsText(Flags::fromOctet(0xff)), "FSRP.UEW");
    EXPECT_EQ(flagsText({.syn = true, .ack = true}), "S.");
    EXPECT_EQ(flagsText({}), "none");
}

TEST(FlagNames, AreSpelledOut) {
    EXPECT_EQ(flagNames({.syn = true, .ack = true}), "SYN, ACK");
    EXPECT_EQ(flagNames(Flags::fromOctet(0xff)), "FIN, SYN, RST, PSH, ACK, URG, ECE, CWR");
    EXPECT_EQ(flagNames({}), "none");
}

TEST(OptionsText, OfNoOptionsIsEmpty) {
    EXPECT_EQ(optionsText({}), "");
}

TEST(OptionsText, ShowsWhatIsNoOptionAsItIs) {
    EXPECT_EQ(optionsText("020405b4 0200ff"_hex), "<mss 1460,raw 0x0200ff>");
    EXPECT_EQ(optionsText("02"_hex), "<raw 0x02>");
}

}  // namespace
}  // namespace tcplab::wire
