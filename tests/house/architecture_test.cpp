#include "tests/house/names.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace tcplab::house {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Findings found(std::string text) {
    return unknownNames(
        {"A.md", std::move(text)},
        {"sim/tcp/endpoint.h", "scripts/test"},
        {{"sim/tcp/endpoint.h", "class Endpoint { void on(); };"}, {"A.md", "World"}});
}

TEST(Architecture, NamesOnlyWhatExists) {
    const auto document = std::ranges::find(sources(), "ARCHITECTURE.md", &Source::path);

    ASSERT_TRUE(document != sources().end()) << "ARCHITECTURE.md is missing";
    EXPECT_THAT(unknownNames(*document, paths(), sources()), IsEmpty());
}

TEST(Names, ArePathsWholeOrInPartOrAsAPattern) {
    EXPECT_THAT(found("`sim/tcp/endpoint.h` `endpoint.h` `sim/` `sim/tcp` `sim/*.h`\n"), IsEmpty());
    EXPECT_THAT(found("\n`sim/tcp/tcb.h`\n"), ElementsAre(Finding{"A.md", 2, "no sim/tcp/tcb.h"}));
}

TEST(Names, AreWordsOfTheSources) {
    EXPECT_THAT(found("`Endpoint` `Endpoint::on()` `class Endpoint`\n"), IsEmpty());
    EXPECT_THAT(found("`Endpoint::off`\n"), ElementsAre(Finding{"A.md", 1, "no Endpoint::off"}));
}

TEST(Names, AreNotProvenByATextThatOnlyTalksOfThem) {
    EXPECT_THAT(found("`World`\n"), ElementsAre(Finding{"A.md", 1, "no World"}));
}

TEST(Names, InFencedBlocksAreLeftAlone) {
    EXPECT_THAT(found("```\n`World`\n```\n"), IsEmpty());
}

}  // namespace
}  // namespace tcplab::house
