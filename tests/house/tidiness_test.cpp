#include "tests/house/tidiness.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <iterator>

namespace tcplab::house {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Findings found(std::string path, std::string text) {
    return tidinessOf({std::move(path), std::move(text)});
}

std::string readmeOfTraces() {
    const auto readme = std::ranges::find(sources(), "traces/README.md", &Source::path);
    return readme == sources().end() ? "" : readme->text;
}

TEST(Tidiness, HoldsInTheWholeTree) {
    Findings findings;
    for (const auto& source : sources()) {
        std::ranges::copy(tidinessOf(source), std::back_inserter(findings));
    }
    EXPECT_THAT(findings, IsEmpty());
}

TEST(Tidiness, EveryCaptureIsNamedInTheReadmeOfTraces) {
    EXPECT_THAT(unnamedTraces(paths(), readmeOfTraces()), IsEmpty());
}

TEST(Tidiness, ACaptureWithoutAnOriginIsFound) {
    EXPECT_THAT(unnamedTraces({"traces/a.pcap", "traces/b.pcapng.gz"}, "`b.pcapng.gz`: recorded."),
                ElementsAre(Finding{"traces/a.pcap", 0, "is not named in traces/README.md"}));
}

TEST(Tidiness, AllowsWhatIsTidy) {
    EXPECT_THAT(found("README.md", "See https://example.org" + std::string{"/ho"} + "me/.\n"),
                IsEmpty());
    EXPECT_THAT(found("docs/a.tsv", "id\tstate\n"), IsEmpty());
    EXPECT_THAT(found("sim/a.h", "#pragma once\n"), IsEmpty());
}

TEST(Tidiness, FindsBlanksThatNobodySees) {
    EXPECT_THAT(found("a.md", "a\tb\n"), ElementsAre(Finding{"a.md", 1, "has a tab"}));
    EXPECT_THAT(found("a.md", "\na \n"), ElementsAre(Finding{"a.md", 2, "ends with a blank"}));
    EXPECT_THAT(found("a.md", "a\r\n"),
                ElementsAre(Finding{"a.md", 1, "ends with a carriage return"}));
    EXPECT_THAT(found("a.md", "a"), ElementsAre(Finding{"a.md", 0, "does not end with a newline"}));
}

TEST(Tidiness, FindsUnfinishedWork) {
    const auto word = std::string{"TO"} + "DO";  // Apart, as this file is tidy too.
    EXPECT_THAT(found("a.sh", "# " + word + ": more\n"),
                ElementsAre(Finding{"a.sh", 1, "says " + word}));
    EXPECT_THAT(found("a.sh", "mktemp XXXXXX\n"), IsEmpty());
}

TEST(Tidiness, FindsThePathsOfOneMachine) {
    EXPECT_THAT(found("a.sh", "cd " + std::string{"/ho"} + "me/me/tcplab\n"),
                ElementsAre(Finding{"a.sh", 1, "names a folder of one machine"}));
}

TEST(Tidiness, WantsFullWidthSignsBesideChineseCharacters) {
    const std::string han = "\xE5\x8F\xB7";
    const std::string comma = "\xEF\xBC\x8C";
    for (const std::string& line : {han + ',' + han, '(' + han, han + ": 1", "a," + han}) {
        EXPECT_EQ(found("a.md", line + '\n').size(), 1U) << line;
    }
    EXPECT_THAT(found("a.md", han + comma + han + " close(), a: b (&F)\n"), IsEmpty());
    EXPECT_THAT(found("a.ts", han + "(&amp;F)\n"), IsEmpty());
}

TEST(Tidiness, CountsColumnsAndNotOctets) {
    const std::string hundred = "// " + std::string(97, 'x');
    EXPECT_THAT(found("sim/a.cpp", hundred + "\n// " + "\xE7\x8A\xB6" + "\n"), IsEmpty());
    EXPECT_THAT(found("sim/a.cpp", hundred + "x\n"),
                ElementsAre(Finding{"sim/a.cpp", 1, "is longer than 100"}));
    EXPECT_THAT(found("sim/a.cpp", "// " + std::string(95, 'x') + "\xE7\x8A\xB6\n"), IsEmpty());
}

TEST(Tidiness, FindsLongFiles) {
    const std::string text(401, '\n');
    EXPECT_THAT(found("sim/a.cpp", text),
                ElementsAre(Finding{"sim/a.cpp", 0, "is longer than 400 lines"}));
    EXPECT_THAT(found("tests/sim/a.cpp", text), IsEmpty());
    EXPECT_THAT(found("README.md", text), IsEmpty());
}

TEST(Tidiness, FindsHeadersWithoutAGuard) {
    EXPECT_THAT(found("sim/a.h", "int a;\n"),
                ElementsAre(Finding{"sim/a.h", 0, "has no #pragma once"}));
}

TEST(Tidiness, FindsBannedCodeButNotTalkOfIt) {
    EXPECT_THAT(found("cli/a.cpp", "out << std::endl;\n"),
                ElementsAre(Finding{"cli/a.cpp", 1, "has std::endl"}));
    EXPECT_THAT(found("cli/a.cpp", "using namespace std;\n"),
                ElementsAre(Finding{"cli/a.cpp", 1, "has using namespace std;"}));
    EXPECT_THAT(found("cli/a.cpp", "using namespace std::chrono_literals;  // Not std::endl.\n"),
                IsEmpty());
}

}  // namespace
}  // namespace tcplab::house
