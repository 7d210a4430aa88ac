// Streams whose framing is known are written, cut as a conversation would cut them, and judged.

#include "sim/framing/infer.h"

#include "sim/base/rng.h"
#include "sim/base/side.h"
#include "sim/framing/encoder.h"
#include "sim/framing/parse_framing.h"
#include "tests/sim/framing/pieces.h"

#include <gmock/gmock.h>

#include <functional>

namespace tcplab::framing {
namespace {

using Octets_ = std::vector<std::uint8_t>;

/// Writes messages of one kind.
using Author = std::function<Octets_(Rng&)>;

std::size_t upTo(Rng& rng, std::size_t most) {
    return 1 + static_cast<std::size_t>(rng.next() % most);
}

Octets_ words(Rng& rng) {
    static const std::vector<std::string> kWords{"alpha", "fig", "pear", "plum", "kiwi"};
    std::string text;
    for (std::size_t left = upTo(rng, 60); left > 0; --left)
        text += kWords[rng.next() % kWords.size()] + (left > 1 ? " " : "");
    return {text.begin(), text.end()};
}

Octets_ noise(Rng& rng) {
    Octets_ octets(upTo(rng, 700));
    for (std::uint8_t& octet : octets) octet = static_cast<std::uint8_t>(rng.next());
    return octets;
}

Octets_ fields(Rng& rng) {  // As Protocol Buffers write them.
    const Octets_ text = words(rng);
    Octets_ octets{0x08, static_cast<std::uint8_t>(rng.next() % 100), 0x12};
    std::size_t size = text.size();
    for (; size > 0x7F; size >>= 7U) octets.push_back(static_cast<std::uint8_t>(size | 0x80U));
    octets.push_back(static_cast<std::uint8_t>(size));
    octets.insert(octets.end(), text.begin(), text.end());
    return octets;
}

Octets_ json(Rng& rng) {
    const Octets_ text = words(rng);
    const std::string value = "{\"id\": " + std::to_string(rng.next() % 1000) + ", \"text\": \"" +
                              std::string{text.begin(), text.end()} + "\"}";
    return {value.begin(), value.end()};
}

Octets_ command(Rng& rng) {  // As clients of Redis write them.
    std::string text = "*2\r\n$3\r\nGET\r\n";
    const Octets_ key = words(rng);
    text +=
        "$" + std::to_string(key.size()) + "\r\n" + std::string{key.begin(), key.end()} + "\r\n";
    return {text.begin(), text.end()};
}

/// What one end sends, and where it waited for the other.
struct Written {
    Octets_ octets{};
    std::vector<std::uint64_t> turns{};
    std::vector<std::uint64_t> pushes{};
    [[nodiscard]] Sample sample() const { return {octets, turns, pushes, true}; }
};

Written write(const Framing& framing, const Author& author, Rng& rng) {
    Written written;
    for (int exchange = 0; exchange < 12; ++exchange) {
        for (std::size_t messages = upTo(rng, 3); messages > 0; --messages) {
            EXPECT_FALSE(encode(framing, author(rng), written.octets)) << toString(framing);
            if (rng.next() % 2 == 0) written.pushes.push_back(written.octets.size());
        }
        written.turns.push_back(written.octets.size());
    }
    return written;
}

struct Known {
    std::string framing{};
    Author author{};
};

const std::vector<Known>& known() {
    static const std::vector<Known> all{
        {"line", words},
        {"delimiter:00", words},
        {"delimiter:7c7c", words},
        {"length:offset=0,width=2,strip=2", words},
        {"length:offset=0,width=2,adjust=-2,strip=2", noise},
        {"length:offset=0,width=4,strip=4", words},
        {"length:offset=0,width=4,strip=4", noise},
        {"length:offset=0,width=4,strip=4,endian=little", noise},
        {"length:offset=0,width=4,adjust=-4,strip=4", words},
        {"length:offset=0,width=8,strip=8", words},
        {"varint", fields},
        {"json", json},
        {"header-json", noise},
        {"tls", noise},
        {"resp", command},
    };
    return all;
}

// Whether both cut the stream into the same messages by the same rule, strip and limits aside.
bool isSame(Framing a, Framing b) {
    for (Framing* one : {&a, &b}) {
        if (auto* field = std::get_if<LengthField>(one)) field->strip = 0;
    }
    return a == b;
}

struct Score {
    int right = 0;
    int all = 0;
    std::vector<std::string> wrong{};
    std::vector<std::string> wrongAndCertain{};
};

void judge(const Inference& inference, const Known& truth, Score& score) {
    ++score.all;
    const Framing framing = *parseFraming(truth.framing);
    if (inference.best && isSame(inference.best->framing, framing)) {
        ++score.right;
        return;
    }
    const std::string found =
        truth.framing + ": " + (inference.best ? toString(inference.best->framing) : "unknown");
    score.wrong.push_back(found);
    if (inference.best && inference.best->confidence == Confidence::Certain)
        score.wrongAndCertain.push_back(found);
}

TEST(Infer, NineOfTenAreRightAndNoWrongAnswerIsCertain) {
    Score score;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        for (const Known& truth : known()) {
            Rng rng{seed};
            const Framing framing = *parseFraming(truth.framing);
            const Written client = write(framing, truth.author, rng);
            const Written server = write(framing, truth.author, rng);
            const Sample clients[]{client.sample()};
            const Sample servers[]{server.sample()};
            const InferredPair pair = infer(clients, servers);
            judge(pair.client, truth, score);
            judge(pair.server, truth, score);
        }
    }

    EXPECT_GE(score.right * 10, score.all * 9) << testing::PrintToString(score.wrong);
    EXPECT_THAT(score.wrongAndCertain, testing::IsEmpty());
}

TEST(Infer, PlainOctetsWithoutTurnsAreJudgedByTheirLengthsAlone) {
    Score score;
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        for (const Known& truth : known()) {
            Rng rng{seed};
            const Written written = write(*parseFraming(truth.framing), truth.author, rng);
            const Sample sample{.octets = written.octets, .ended = true};
            judge(infer({&sample, 1}, {}).client, truth, score);
        }
    }

    EXPECT_GE(score.right * 3, score.all * 2) << testing::PrintToString(score.wrong);
    EXPECT_THAT(score.wrongAndCertain, testing::IsEmpty());
}

TEST(Infer, WhatHasNoFramingIsUnknown) {
    for (const Author& author :
         {Author{words}, Author{noise}, Author{[](Rng& rng) { return Octets_(upTo(rng, 300)); }}}) {
        Rng rng{3};
        Written written;
        for (int i = 0; i < 12; ++i) {
            const Octets_ more = author(rng);
            written.octets.insert(written.octets.end(), more.begin(), more.end());
            written.turns.push_back(written.octets.size());
        }
        const Sample sample = written.sample();

        EXPECT_FALSE(infer({&sample, 1}, {}).client.best);
    }
}

TEST(Infer, AnotherExchangeMayComeFirst) {
    Rng rng{7};
    const Framing framing = *parseFraming("length:offset=0,width=4,strip=4");
    Written written = write(framing, noise, rng);
    const std::string greeting = "HELLO 1.0\r\n";
    Written greeted{.octets = {greeting.begin(), greeting.end()}, .turns = {greeting.size()}};
    greeted.octets.insert(greeted.octets.end(), written.octets.begin(), written.octets.end());
    for (const std::uint64_t turn : written.turns) greeted.turns.push_back(turn + greeting.size());

    const Sample sample = greeted.sample();
    const Inference inference = infer({&sample, 1}, {}).client;

    ASSERT_TRUE(inference.best);
    EXPECT_EQ(toString(inference.best->framing), "length:offset=0,width=4");
    EXPECT_EQ(inference.best->start, greeting.size());
}

/// Both ends say `message` by turns.
InferredPair inferredOf(const std::function<std::string(Rng&)>& message,
                        const std::string& preface = {}) {
    Rng rng{9};
    PerSide<Written> written;
    written[Side::Client].octets.assign(preface.begin(), preface.end());
    for (int exchange = 0; exchange < 14; ++exchange) {
        for (const Side side : kSides) {
            const std::string more = message(rng);
            Written& one = written[side];
            one.octets.insert(one.octets.end(), more.begin(), more.end());
            one.turns.push_back(one.octets.size());
        }
    }
    const Sample client = written[Side::Client].sample();
    const Sample server = written[Side::Server].sample();
    return infer({&client, 1}, {&server, 1});
}

std::string textOf(const Octets_& octets) {
    return {octets.begin(), octets.end()};
}

TEST(Infer, ElementsOfBerAreToldFromLengths) {
    const InferredPair pair = inferredOf([](Rng& rng) {
        const std::string text = textOf(words(rng)).substr(0, 100);
        const std::string inner = std::string{"\x02\x01"} + static_cast<char>(rng.next() % 100) +
                                  '\x04' + static_cast<char>(text.size()) + text;
        return '\x30' + std::string(1, static_cast<char>(inner.size())) + inner;
    });

    ASSERT_TRUE(pair.client.best);
    EXPECT_EQ(toString(pair.client.best->framing), "ber");
}

TEST(Infer, LinesThatBeginAsRepliesOfRedisDoAreLines) {
    for (const char* begin : {":fig!x@y PRIVMSG #c :", "+OK "}) {
        const InferredPair pair =
            inferredOf([&](Rng& rng) { return begin + textOf(words(rng)) + "\r\n"; });
        ASSERT_TRUE(pair.client.best) << begin;
        const bool isLine = pair.client.best->framing == Framing{lines()};
        EXPECT_TRUE(isLine || pair.client.best->confidence != Confidence::Certain) << begin;
    }
}

TEST(Infer, APrefaceMayComeFirst) {
    const InferredPair pair = inferredOf(
        [](Rng& rng) {
            const Octets_ body = noise(rng);
            return std::string{'\0',
                               static_cast<char>(body.size() >> 8U),
                               static_cast<char>(body.size() & 0xFFU)} +
                   std::string(6, '\1') + textOf(body);
        },
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    for (const Inference& one : {pair.client, pair.server}) {
        ASSERT_TRUE(one.best);
        EXPECT_EQ(toString(one.best->framing), "length:offset=0,width=3,adjust=6");
    }
    EXPECT_EQ(pair.client.best->start, 24U);
}

TEST(Infer, HeadsThatCountTheirBodiesHaveNoDelimiter) {
    const InferredPair pair = inferredOf([](Rng& rng) {
        const std::string body = textOf(json(rng));
        return "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    });

    EXPECT_FALSE(pair.client.best);
}

TEST(Infer, ConnectionsOfOneServiceAreLookedAtTogether) {
    std::vector<Written> queries;
    std::vector<Written> answers;
    Rng rng{5};
    for (int connection = 0; connection < 3; ++connection) {
        for (auto* side : {&queries, &answers}) {
            Written one;
            ASSERT_FALSE(encode(LengthField{.width = 2, .strip = 2}, noise(rng), one.octets));
            one.turns.push_back(one.octets.size());
            side->push_back(one);
        }
    }
    std::vector<Sample> clients;
    std::vector<Sample> servers;
    for (const Written& one : queries) clients.push_back(one.sample());
    for (const Written& one : answers) servers.push_back(one.sample());

    const InferredPair pair = infer(clients, servers);

    ASSERT_TRUE(pair.client.best);
    EXPECT_EQ(toString(pair.client.best->framing), "length:offset=0,width=2");
    EXPECT_TRUE(pair.client.best->bothDirections);
}

TEST(Infer, NumbersAtTheEndsOfTheirRangeAreNumbers) {
    for (const std::uint8_t first : std::initializer_list<std::uint8_t>{0x7F, 0x80})
        for (const std::uint8_t rest : std::initializer_list<std::uint8_t>{0x00, 0xFF})
            for (const bool reversed : {false, true}) {
                Octets_ octets;
                for (int i = 0; i < 6; ++i) {
                    Octets_ number(8, rest);
                    (reversed ? number.back() : number.front()) = first;
                    octets.insert(octets.end(), number.begin(), number.end());
                }
                const Sample sample{.octets = octets, .turns = {8, 30}, .ended = true};
                const InferredPair pair = infer({&sample, 1}, {&sample, 1});
                if (pair.client.best) {
                    EXPECT_LE(pair.client.best->start, octets.size());
                }
            }
}

TEST(Infer, NothingIsUnknown) {
    const Sample empty{};

    EXPECT_FALSE(infer({}, {}).client.best);
    EXPECT_FALSE(infer({&empty, 1}, {&empty, 1}).server.best);
}

TEST(Infer, TheEvidenceIsASentenceInBothLanguages) {
    const Candidate candidate{
        .framing = lines(), .start = 2, .messages = 3, .sizes = 1, .remainder = 4, .turns = 5};

    EXPECT_THAT(describe(candidate, Language::English), testing::HasSubstr("3 messages of 1 size"));
    EXPECT_THAT(describe(candidate, Language::Chinese), testing::HasSubstr("3 条消息"));
}

}  // namespace
}  // namespace tcplab::framing
