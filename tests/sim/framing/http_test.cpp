#include "tests/sim/framing/pieces.h"

#include <gmock/gmock.h>

namespace tcplab::framing {
namespace {

using test::decodedBy;
using test::octets;
using testing::ElementsAre;

const std::string kGet = "GET / HTTP/1.1\r\nHost: example.net\r\n\r\n";
const std::string kOk = "HTTP/1.1 200 OK\r\n";

// The sizes of the messages, and their complaints.
std::vector<std::string> framesOf(const Http& http, std::string_view stream, std::size_t step) {
    Decoder decoder{http};
    std::vector<Piece> pieces;
    for (std::size_t at = 0; at < stream.size(); at += std::min(step, stream.size() - at))
        decoder.push(octets(stream.substr(at, step)), pieces);
    decoder.finish(pieces);
    std::vector<std::string> out;
    for (const Piece& piece : pieces) {
        if (const auto* message = std::get_if<Message>(&piece)) {
            const auto begin = static_cast<std::size_t>(message->frame.begin);
            out.emplace_back(stream.substr(begin, static_cast<std::size_t>(message->frame.size())));
        } else {
            out.push_back(describe(std::get<FramingError>(piece), Language::English));
        }
    }
    return out;
}

TEST(Http, RequestsEndWithTheirHeadOrTheirContentLength) {
    const std::string post =
        "POST /a HTTP/1.1\r\ncontent-length: 5\r\nContent-Length: 5\r\n\r\nhello";

    for (const std::size_t step : {1U, 10U, 1000U})
        EXPECT_THAT(framesOf({}, kGet + post + "\r\n" + kGet, step), ElementsAre(kGet, post, kGet));
}

TEST(Http, AChunkedBodyEndsWithItsLastChunkAndTrailer) {
    const std::string chunked = kOk +
                                "Transfer-Encoding: gzip, chunked\r\n\r\n"
                                "5;name=value\r\nhello\r\nA\r\n0123456789\r\n0\r\n";
    const std::string stream = chunked + "\r\n" + chunked + "Expires: 0\r\n\r\n";

    for (const std::size_t step : {1U, 7U, 1000U})
        EXPECT_THAT(framesOf({}, stream, step),
                    ElementsAre(chunked + "\r\n", chunked + "Expires: 0\r\n\r\n"));
}

TEST(Http, SomeResponsesHaveNoBodyWhateverTheirHeadSays) {
    const std::string length = "Content-Length: 100\r\n\r\n";
    const std::string ok = kOk + "Content-Length: 2\r\n\r\nhi";
    const std::string notModified = "HTTP/1.1 304 Not Modified\r\n" + length;
    const std::string more = "HTTP/1.1 100 Continue\r\n\r\n";
    const std::string toHead = kOk + length;
    const Http http{.answersToHead = {2}};

    EXPECT_THAT(framesOf(http, more + ok + notModified + toHead + ok, 9),
                ElementsAre(more, ok, notModified, toHead, ok));
    EXPECT_TRUE(isHeadRequest(octets("HEAD / HTTP/1.1\r\n\r\n")));
    EXPECT_FALSE(isHeadRequest(octets(kGet)));
}

TEST(Http, AResponseWithoutALengthEndsWithTheStream) {
    const std::string response = "HTTP/1.0 200 OK\r\n\r\nall that follows\r\n\r\n";

    EXPECT_THAT(framesOf({}, response, 4), ElementsAre(response));
}

TEST(Http, AfterSwitchingProtocolsTheStreamIsNoLongerHttp) {
    const std::string response = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";
    Decoder decoder{Http{}};
    std::vector<Piece> pieces;

    const std::string stream = response + "\x81\x05hello";
    decoder.push(octets(stream), pieces);

    EXPECT_EQ(pieces.size(), 1U);
    EXPECT_EQ(decoder.stoppedAt(), response.size());
}

TEST(Http, WhatIsNoHttpIsToldWithItsOffset) {
    for (const std::size_t step : {1U, 1000U}) {
        EXPECT_THAT(framesOf({}, kGet + "\x16\x03\x01", step),
                    ElementsAre(kGet,
                                "offset 37: no HTTP/1.1 start line or header field looks like "
                                "this"));
        EXPECT_THAT(framesOf({}, kOk + "Content-Length: 1x\r\n\r\n", step),
                    ElementsAre("offset 17: the Content-Length is no number, or there are two "
                                "that differ"));
        EXPECT_THAT(framesOf({}, kOk + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", step),
                    ElementsAre("offset 36: the Content-Length is no number, or there are two that "
                                "differ"));
        EXPECT_THAT(framesOf({}, kOk + "Transfer-Encoding: chunked\r\n\r\n3\r\nhello", step),
                    ElementsAre("offset 53: the size or the end of a chunk is wrong"));
    }
}

TEST(Http, AHostileChunkSizeTakesNoMemory) {
    test::Feed feed{Http{.maximum = 4096}};
    (void)feed.read(kOk + "Transfer-Encoding: chunked\r\n\r\n");

    EXPECT_THAT(feed.read("7FFFFFFFFFFFFFF\r\n"),
                ElementsAre(testing::HasSubstr("more than the maximum of 4096")));
}

TEST(TlsRecords, EachRecordIsAMessage) {
    using namespace std::string_literals;
    const std::string stream = "\x16\x03\x01\0\x02hi\x17\x03\x03\0\0"s;

    EXPECT_THAT(decodedBy(TlsRecords{}, stream, 1), ElementsAre("hi", ""));
    EXPECT_THAT(decodedBy(TlsRecords{}, stream + "HTTP"),
                ElementsAre("hi", "", "! offset 12: no TLS record begins like this"));
    EXPECT_THAT(decodedBy(TlsRecords{}, "\x16\x03\x03\xFF\xFF"),
                ElementsAre("! offset 3: no TLS record begins like this"));
}

}  // namespace
}  // namespace tcplab::framing
