#include "capture/framing_survey.h"

#include "sim/framing/parse_framing.h"
#include "tests/support/captures.h"

#include <gmock/gmock.h>

namespace tcplab::capture {
namespace {

using framing::Confidence;
using framing::Inference;
using testing::IsEmpty;

std::map<wire::SocketAddress, framing::InferredPair> survey(const std::string& file) {
    FramingSurvey sink;
    EXPECT_TRUE(analyze(file, sink)) << file;
    return sink.finish();
}

/// A recording of programs whose framing is known.
struct Known {
    std::string file{};
    PerSide<std::string> framing{};
};

const std::vector<Known>& known() {
    static const std::vector<Known> all{
        {"tls.pcap", {{"tls", "tls"}}},
        {"dns.pcap", {{"length:offset=0,width=2", "length:offset=0,width=2"}}},
        {"redis.pcap", {{"resp", "resp"}}},
        {"postgresql.pcap",
         {{"length:offset=1,width=4,adjust=-4", "length:offset=1,width=4,adjust=-4"}}},
        {"http.pcap", {{"http", "http"}}},
        {"mqtt.pcap", {{"varint:offset=1", "varint:offset=1"}}},
        {"length-prefixed.pcap", {{"length:offset=0,width=4", "length:offset=0,width=4"}}},
        {"dialogue.pcap", {{"line", "line"}}},
    };
    return all;
}

TEST(FramingSurvey, NineOfTenRecordingsAreRightAndNoWrongAnswerIsCertain) {
    std::size_t all = 0;
    std::vector<std::string> wrong;
    std::vector<std::string> wrongAndCertain;
    for (const Known& truth : known()) {
        const auto services = survey(test::recording(truth.file));
        ASSERT_EQ(services.size(), 1U) << truth.file;
        const framing::InferredPair& pair = services.begin()->second;
        for (const Side side : kSides) {
            const Inference& found = side == Side::Client ? pair.client : pair.server;
            const std::string name = found.best ? toString(found.best->framing) : "unknown";
            ++all;
            if (name == truth.framing[side]) continue;
            wrong.push_back(truth.file + ", " + std::string{toString(side)} + ": " + name);
            if (found.best && found.best->confidence == Confidence::Certain)
                wrongAndCertain.push_back(wrong.back());
        }
    }

    EXPECT_LE(wrong.size() * 10, all) << testing::PrintToString(wrong);
    EXPECT_THAT(wrongAndCertain, IsEmpty());
}

// Numbered lines in a stream that is longer than what is looked at.
TEST(FramingSurvey, AStreamIsJudgedByItsBeginning) {
    const auto services = survey(test::recording("loss.pcap"));

    const Inference& client = services.begin()->second.client;
    ASSERT_TRUE(client.best);
    EXPECT_LE(client.best->messages * 8, framing::kMostSampled);
}

}  // namespace
}  // namespace tcplab::capture
