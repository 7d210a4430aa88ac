#include "tests/capture/conversation.h"
#include "tests/support/temporary_file.h"

#include <gtest/gtest.h>

#include <filesystem>

// docs/findings has a conversation for each finding, of which scripts/pictures draws a ladder.
namespace tcplab::test {
namespace {

using capture::Finding;

class PictureOf : public testing::TestWithParam<Finding> {};

std::vector<Finding> allFindings() {
    std::vector<Finding> all;
    for (std::size_t n = 0; n < capture::kFindingCount; ++n) all.push_back(static_cast<Finding>(n));
    return all;
}
INSTANTIATE_TEST_SUITE_P(Findings,
                         PictureOf,
                         testing::ValuesIn(allFindings()),
                         [](const auto& one) { return std::string{toString(one.param)}; });

TEST_P(PictureOf, ShowsIt) {
    const std::string name{toString(GetParam())};
    const std::string folder = TCPLAB_SOURCE_DIR "/docs/findings/";

    const Told told = analysed(contentOf(folder + name + ".txt"));

    std::uint64_t times = 0;
    for (const capture::Flow& flow : told.flows) times += flow.findings.of(GetParam());
    EXPECT_GT(times, 0U);
    EXPECT_TRUE(std::filesystem::exists(folder + name + ".svg"));
    EXPECT_NE(contentOf(TCPLAB_SOURCE_DIR "/docs/findings.md").find("(findings/" + name + ".svg)"),
              std::string::npos);
}

}  // namespace
}  // namespace tcplab::test
