#include "tests/sim/framing/pieces.h"

#include <gmock/gmock.h>

namespace tcplab::framing {
namespace {

using test::decodedBy;
using test::Feed;
using testing::ElementsAre;
using testing::StartsWith;

TEST(Resp, CommandsAndRepliesAreWholeWhereverTheyAreCut) {
    const std::string command = "*2\r\n$3\r\nGET\r\n$5\r\nfruit\r\n";
    const std::string nested = "*2\r\n*1\r\n:7\r\n$-1\r\n";
    const std::string map = "%1\r\n+key\r\n#t\r\n";
    const std::string attribute = "|1\r\n+ttl\r\n:60\r\n$2\r\n\r\n\r\n";
    const std::string simple = "+OK\r\n";
    for (std::size_t step = 1; step < 30; ++step)
        EXPECT_THAT(decodedBy(Resp{}, command + nested + map + attribute + simple, step),
                    ElementsAre(command, nested, map, attribute, simple))
            << step;
}

TEST(Resp, NullAndEmptyHoldNothing) {
    EXPECT_THAT(decodedBy(Resp{}, "*-1\r\n*0\r\n$0\r\n\r\n_\r\n"),
                ElementsAre("*-1\r\n", "*0\r\n", "$0\r\n\r\n", "_\r\n"));
}

TEST(Resp, WhatIsNoneIsToldWithItsOffset) {
    EXPECT_THAT(decodedBy(Resp{}, "+OK\r\nGET fruit\r\n"),
                ElementsAre("+OK\r\n", "! offset 5: no value of RESP looks like this"));
    EXPECT_THAT(decodedBy(Resp{}, ":fig!x@y PRIVMSG\r\n"), ElementsAre(StartsWith("! offset 0")));
    EXPECT_THAT(decodedBy(Resp{}, "#x\r\n"), ElementsAre(StartsWith("! offset 0")));
    EXPECT_THAT(decodedBy(Resp{}, "$x\r\n"), ElementsAre(StartsWith("! offset 0")));
    EXPECT_THAT(decodedBy(Resp{}, "+OK\n"), ElementsAre(StartsWith("! offset 3")));
    EXPECT_THAT(decodedBy(Resp{}, "$2\r\nabc\r\n"), ElementsAre(StartsWith("! offset 6")));
}

TEST(Resp, ClaimsBeyondTheMaximumTakeNoMemory) {
    for (const char* claim : {"$999999999999999999\r\n",
                              "*999999999999999999\r\n",
                              "%5\r\n",
                              "*3\r\n*3\r\n*3\r\n",
                              "+a line without an end of more than the maximum"}) {
        Feed feed{Resp{.maximum = 20}};
        EXPECT_THAT(feed.read(claim), ElementsAre(StartsWith("! offset 0"))) << claim;
        EXPECT_LE(feed.decoder().memory(), 1024U);
    }
}

TEST(Ber, AnElementIsAsLongAsItsLengthSays) {
    const std::string small{"\x30\x03\x02\x01\x05", 5};
    const std::string empty{"\x42\x00", 2};
    const std::string wideTag =
        "\x7F\x81\x01\x02"
        "ab";
    const std::string large = std::string{"\x30\x82\x01\x00", 4} + std::string(256, 'x');
    for (const std::size_t step : {1U, 2U, 7U, 1000U})
        EXPECT_THAT(decodedBy(Ber{}, small + empty + wideTag + large, step),
                    ElementsAre(small.substr(2), "", "ab", std::string(256, 'x')))
            << step;
}

TEST(Ber, WhatHasNoDefiniteLengthIsToldAndTooLongIsSkipped) {
    EXPECT_THAT(decodedBy(Ber{}, "\x30\x80"), ElementsAre(StartsWith("! offset 1")));
    EXPECT_THAT(decodedBy(Ber{}, "\x30\x89"), ElementsAre(StartsWith("! offset 1")));
    EXPECT_THAT(decodedBy(Ber{}, std::string_view{"\0\0", 2}),
                ElementsAre(StartsWith("! offset 0")));
    EXPECT_THAT(decodedBy(Ber{.maximum = 3},
                          "\x04\x05"
                          "aaaaa\x04\x01z"),
                ElementsAre(StartsWith("! offset 0"), "z"));
}

TEST(WebSocket, FramesOfAllThreeLengths) {
    const std::string small = "\x81\x02hi";
    const std::string medium = std::string{"\x82\x7E\x00\x7E", 4} + std::string(126, 'm');
    const std::string large =
        std::string{"\x82\x7F\0\0\0\0\0\1\0\0", 10} + std::string(0x10000, 'l');
    const std::string masked = "\x81\x82KEYShi";
    const std::string ping{"\x89\x00", 2};
    for (const std::size_t step : {1U, 3U, 4096U})
        EXPECT_THAT(decodedBy(WebSocket{}, small + medium + large + masked + ping, step),
                    ElementsAre("hi", std::string(126, 'm'), std::string(0x10000, 'l'), "hi", ""))
            << step;
}

// RFC 6455 5.2 and 5.5.
TEST(WebSocket, WhatNoFrameMayBeIsTold) {
    for (const std::string_view wrong : {std::string_view{"\x83\x00", 2},      // A reserved opcode.
                                         std::string_view{"\xB1\x00", 2},      // Reserved bits.
                                         std::string_view{"\x09\x00", 2},      // A ping in parts.
                                         std::string_view{"\x89\x7E", 2},      // A long ping.
                                         std::string_view{"\x82\x7E\0\5", 4},  // Not the shortest.
                                         std::string_view{"\x82\x7F\xFF\0\0\0\0\0\0\0", 10}})
        EXPECT_THAT(decodedBy(WebSocket{}, wrong), ElementsAre(StartsWith("! offset")));
}

// The packets of MQTT: a type, and the length of the rest.
TEST(Varint, MayComeAfterOtherOctets) {
    const std::string longer = "\x30\x80\x01" + std::string(128, 'p');
    for (const std::size_t step : {1U, 2U, 1000U})
        EXPECT_THAT(decodedBy(Varint{.offset = 1}, "\x10\x02hi" + longer, step),
                    ElementsAre("hi", std::string(128, 'p')));
}

}  // namespace
}  // namespace tcplab::framing
