// Encode any list of messages, cut the octets anywhere, decode: the same list.

#include "sim/framing/encoder.h"
#include "sim/framing/parse_framing.h"
#include "tests/sim/framing/pieces.h"

#include <rapidcheck.h>

#include <set>

namespace tcplab::framing {
namespace {

using Message_ = std::vector<std::uint8_t>;

rc::Gen<Message_> anyMessage() {
    return rc::gen::container<Message_>(rc::gen::arbitrary<std::uint8_t>());
}

rc::Gen<Framing> anyLengthField() {
    return rc::gen::map(rc::gen::tuple(rc::gen::inRange<std::size_t>(0, 5),
                                       rc::gen::element<std::size_t>(1, 2, 3, 4, 8),
                                       rc::gen::inRange<std::int64_t>(-12, 5),
                                       rc::gen::inRange<std::size_t>(0, 8),
                                       rc::gen::arbitrary<bool>()),
                        [](const auto& parts) -> Framing {
                            const auto& [offset, width, adjust, after, little] = parts;
                            return LengthField{.offset = offset,
                                               .width = width,
                                               .adjust = adjust,
                                               .strip = offset + width + after,
                                               .endian = little ? Endian::Little : Endian::Big};
                        });
}

rc::Gen<Framing> anyDelimited() {
    return rc::gen::map(rc::gen::nonEmpty(rc::gen::container<std::vector<Message_>>(rc::gen::resize(
                            3,
                            rc::gen::nonEmpty(rc::gen::container<Message_>(
                                rc::gen::element<std::uint8_t>('a', 'b', '\r', '\n')))))),
                        [](const std::vector<Message_>& delimiters) -> Framing {
                            Delimited framing;
                            for (const Message_& one : delimiters)
                                framing.delimiters.emplace_back(Octets{one});
                            return framing;
                        });
}

rc::Gen<Message_> jsonValue() {
    return rc::gen::map(rc::gen::tuple(rc::gen::inRange(0, 5), rc::gen::arbitrary<std::string>()),
                        [](const auto& parts) {
                            std::string inside;
                            for (const char c : std::get<1>(parts)) {
                                if (static_cast<unsigned char>(c) < 0x20) continue;
                                if (c == '"' || c == '\\') inside += '\\';
                                inside += c;
                            }
                            const std::string quoted = "\"" + inside + "\"";
                            const std::string values[]{quoted,
                                                       "[" + quoted + ", {\"a\": []}]",
                                                       "{" + quoted + ": " + quoted + "}",
                                                       "-12.5",
                                                       "null"};
                            const std::string& value =
                                values[static_cast<std::size_t>(std::get<0>(parts))];
                            return Message_{value.begin(), value.end()};
                        });
}

rc::Gen<Message_> httpMessage() {
    return rc::gen::map(
        rc::gen::tuple(rc::gen::inRange(0, 3), anyMessage()), [](const auto& parts) {
            const auto& [kind, body] = parts;
            const std::string content{body.begin(), body.end()};
            const std::string size = std::to_string(content.size());
            std::string text = "GET / HTTP/1.1\r\n\r\n";
            if (kind == 1)
                text = "HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n" + content;
            if (kind == 2) {
                text = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
                constexpr char kDigits[] = "0123456789abcdef";
                for (std::size_t at = 0; at < content.size(); at += 10) {
                    const std::string chunk = content.substr(at, 10);
                    text += kDigits[chunk.size()] + ("\r\n" + chunk + "\r\n");
                }
                text += "0\r\n\r\n";
            }
            return Message_{text.begin(), text.end()};
        });
}

rc::Gen<Message_> respValue() {
    return rc::gen::map(rc::gen::container<std::vector<Message_>>(anyMessage()),
                        [](const std::vector<Message_>& words) {
                            std::string text = "*" + std::to_string(words.size()) + "\r\n";
                            for (const Message_& word : words)
                                text += "$" + std::to_string(word.size()) + "\r\n" +
                                        std::string{word.begin(), word.end()} + "\r\n";
                            return Message_{text.begin(), text.end()};
                        });
}

/// A framing with messages that it can carry.
using Conversation = std::pair<Framing, std::vector<Message_>>;

rc::Gen<Conversation> of(const rc::Gen<Framing>& framings, const rc::Gen<Message_>& messages) {
    return rc::gen::pair(framings, rc::gen::container<std::vector<Message_>>(messages));
}

rc::Gen<Conversation> anyConversation() {
    const auto one = [](Framing framing) { return rc::gen::just(std::move(framing)); };
    const auto ofSix = rc::gen::container<Message_>(6, rc::gen::arbitrary<std::uint8_t>());
    return rc::gen::oneOf(
        of(anyLengthField(), anyMessage()),
        of(anyDelimited(), anyMessage()),
        of(anyDelimited(),
           rc::gen::container<Message_>(rc::gen::element<std::uint8_t>('a', 'b', 'c', '\r', '\n'))),
        of(one(Fixed{6}), ofSix),
        of(one(Varint{}), anyMessage()),
        of(one(Varint{.offset = 1}), anyMessage()),
        of(one(Ber{}), anyMessage()),
        of(one(WebSocket{}), anyMessage()),
        of(one(Resp{}), respValue()),
        of(one(HeaderJson{}), anyMessage()),
        of(one(TlsRecords{}), anyMessage()),
        of(one(Json{}), jsonValue()),
        of(one(Http{}), httpMessage()));
}

// Cuts the stream at these places and decodes it.
std::vector<std::string> decodedInPieces(const Framing& framing,
                                         const std::vector<std::uint8_t>& stream,
                                         const std::set<std::size_t>& cuts) {
    Decoder decoder{framing};
    std::vector<std::string> out;
    std::size_t at = 0;
    const auto push = [&](std::size_t to) {
        std::vector<Piece> pieces;
        // A buffer of its own for each read, so that a sanitizer sees a view that outlived it.
        const std::vector<std::uint8_t> read(stream.begin() + static_cast<std::ptrdiff_t>(at),
                                             stream.begin() + static_cast<std::ptrdiff_t>(to));
        decoder.push(read, pieces);
        test::keep(pieces, out);
        at = to;
    };
    for (const std::size_t cut : cuts)
        if (cut <= stream.size()) push(cut);
    push(stream.size());
    std::vector<Piece> last;
    decoder.finish(last);
    test::keep(last, out);
    return out;
}

// The body as the decoder of the framing gives it.
std::string bodyOf(const Framing& framing, const Message_& message) {
    const std::string body{message.begin(), message.end()};
    if (!std::holds_alternative<Http>(framing)) return body;
    return body.substr(body.find("\r\n\r\n") + 4);
}

TEST(Property, WhatIsEncodedAndCutAnywhereIsDecodedAsItWas) {
    EXPECT_TRUE(rc::check([] {
        const auto [framing, messages] = *anyConversation();
        std::vector<std::uint8_t> stream;
        std::vector<std::string> sent;
        for (const Message_& message : messages) {
            if (encode(framing, message, stream)) continue;  // This framing cannot carry it.
            sent.push_back(bodyOf(framing, message));
        }
        const auto cuts = *rc::gen::container<std::set<std::size_t>>(
            rc::gen::inRange<std::size_t>(0, stream.size() + 1));

        RC_LOG() << toString(framing);
        RC_ASSERT(decodedInPieces(framing, stream, cuts) == sent);
    }));
}

rc::Gen<Framing> anyFraming() {
    return rc::gen::oneOf(anyLengthField(),
                          anyDelimited(),
                          rc::gen::element<Framing>(Fixed{3},
                                                    Varint{.maximum = 20},
                                                    Json{.maximum = 20},
                                                    Json{.elements = true},
                                                    HeaderJson{},
                                                    TlsRecords{},
                                                    Http{.maximum = 100},
                                                    Varint{.offset = 2, .maximum = 20},
                                                    Resp{},
                                                    Resp{.maximum = 20},
                                                    Ber{.maximum = 20},
                                                    WebSocket{.maximum = 20},
                                                    lines()));
}

// However large, negative or zero the numbers in a stream are.
TEST(Property, NoStreamMakesADecoderHoldMoreThanItsMaximum) {
    constexpr std::uint64_t kMaximum = 200;
    constexpr std::size_t kBlock = 512;  // What is looked at together.
    EXPECT_TRUE(rc::check([] {
        Decoder decoder{*anyFraming()};
        decoder.setMaximum(kMaximum);
        const auto reads =
            *rc::gen::container<std::vector<std::vector<std::uint8_t>>>(rc::gen::oneOf(
                anyMessage(),
                rc::gen::element<Message_>(Message_(8, 0xFF),
                                           Message_(8, 0x00),
                                           Message_{0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF},
                                           Message_{0x80, 0, 0, 0, 0, 0, 0, 0},
                                           Message_(300, 'x'))));
        std::vector<Piece> pieces;
        for (const auto& read : reads) {
            pieces.clear();
            decoder.push(read, pieces);
        }
        RC_ASSERT(decoder.memory() <= 2 * (2 * kMaximum + 300 + 2 * kBlock));
    }));
}

TEST(Property, HowAnyStreamIsCutChangesNothing) {
    EXPECT_TRUE(rc::check([] {
        Framing framing = *anyFraming();
        const auto maximum = *rc::gen::inRange<std::uint64_t>(1, 30);
        const bool failFast = *rc::gen::arbitrary<bool>();
        if (auto* field = std::get_if<LengthField>(&framing)) {
            field->maximum = maximum;
            field->failFast = failFast;
        }
        if (auto* delimited = std::get_if<Delimited>(&framing)) {
            delimited->maximum = maximum;
            delimited->failFast = failFast;
        }
        const auto stream = *rc::gen::container<std::vector<std::uint8_t>>(rc::gen::oneOf(
            rc::gen::arbitrary<std::uint8_t>(),
            rc::gen::element<std::uint8_t>(
                '{', '}', '[', '"', 'a', 'b', '\n', '\r', 0, 1, 22, 3, '*', '$', '2', 0x82)));
        const auto cuts = *rc::gen::container<std::set<std::size_t>>(
            rc::gen::inRange<std::size_t>(0, stream.size() + 1));

        RC_LOG() << toString(framing);
        RC_ASSERT(decodedInPieces(framing, stream, cuts) == decodedInPieces(framing, stream, {}));
    }));
}

}  // namespace
}  // namespace tcplab::framing
