#include "cli/layers.h"

#include "cli/verbs.h"

#include <gmock/gmock.h>

#include <sstream>

namespace tcplab::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct Result {
    int code = 0;
    std::string out{};
    std::string err{};
};

Result run(LayersRequest request) {
    if (request.file.empty()) request.file = TCPLAB_SOURCE_DIR "/traces/handshake-data-close.pcap";
    std::ostringstream out;
    std::ostringstream err;
    const int code = layers(request, out, err);
    return {code, out.str(), err.str()};
}

TEST(Layers, ShowWhatEachOfTheSevenAdds) {
    const Result result = run({.packet = 5});

    EXPECT_EQ(result.code, exit_code::kDone);
    EXPECT_THAT(result.err, IsEmpty());
    EXPECT_THAT(result.out, HasSubstr("7  Application     Application"));
    EXPECT_THAT(result.out, HasSubstr("4  Transport       Transport          +32"));
    EXPECT_THAT(result.out, HasSubstr("2  Data link       Link               +14"));
    EXPECT_THAT(result.out, HasSubstr("TCP 32 [34-65]"));
    EXPECT_THAT(result.out, Not(HasSubstr("Time to live")));
}

TEST(Layers, ListEveryFieldOnRequest) {
    const Result result = run({.packet = 4, .fields = true});

    EXPECT_THAT(result.out, HasSubstr("[22]         Time to live"));
}

TEST(Layers, AreToldInChineseToo) {
    const Result result = run({.packet = 1, .language = Language::Chinese});

    EXPECT_THAT(result.out, HasSubstr("数据链路层"));
    EXPECT_THAT(result.out, Not(HasSubstr("Data link")));
}

TEST(Layers, OfAPacketThatIsNotThereAreAnErrorThatSaysHowManyThereAre) {
    const Result result = run({.packet = 4'000'000});

    EXPECT_EQ(result.code, exit_code::kFile);
    EXPECT_THAT(result.err, HasSubstr("there is no packet 4000000; it has "));
}

TEST(Layers, OfAFileThatIsNotThereAreAnError) {
    const Result result = run({.file = "/no/such.pcap"});

    EXPECT_EQ(result.code, exit_code::kFile);
    EXPECT_THAT(result.err, HasSubstr("/no/such.pcap"));
}

}  // namespace
}  // namespace tcplab::cli
