#include "tests/house/layering.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace tcplab::house {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Findings found(std::string path, std::string text) {
    return layeringOf({std::move(path), std::move(text)});
}

TEST(Layering, HoldsInTheWholeTree) {
    Findings findings;
    for (const auto& source : sources()) {
        if (isCpp(source.path)) std::ranges::copy(layeringOf(source), std::back_inserter(findings));
    }
    EXPECT_THAT(findings, IsEmpty());
}

TEST(Layering, AllowsWhatLiesBelowHoweverDeep) {
    EXPECT_THAT(found("sim/drill/a.h", "#include \"sim/base/time.h\"\n"), IsEmpty());
    EXPECT_THAT(found("gui/a.cpp", "#include \"sim/wire/seq.h\"\n#include <QWidget>\n"), IsEmpty());
    EXPECT_THAT(found("capture/a.cpp", "#include <pcap/pcap.h>\n#include <thread>\n"), IsEmpty());
}

TEST(Layering, RefusesWhatLiesAbove) {
    EXPECT_THAT(found("sim/wire/a.h", "\n#include \"sim/tcp/tcb.h\"\n"),
                ElementsAre(Finding{"sim/wire/a.h", 2, "sim/wire may not include sim/tcp"}));
    EXPECT_THAT(found("sim/net/a.h", "#include \"capture/session.h\"\n"),
                ElementsAre(Finding{"sim/net/a.h", 1, "sim/net may not include capture"}));
    EXPECT_THAT(found("capture/a.h", "#include \"gui/document.h\"\n"),
                ElementsAre(Finding{"capture/a.h", 1, "capture may not include gui"}));
}

TEST(Layering, KeepsNeighboursApart) {
    EXPECT_THAT(found("sim/framing/a.h", "#include \"sim/wire/seq.h\"\n"),
                ElementsAre(Finding{"sim/framing/a.h", 1, "sim/framing may not include sim/wire"}));
    EXPECT_THAT(found("sim/net/a.h", "#include \"sim/host/host.h\"\n"),
                ElementsAre(Finding{"sim/net/a.h", 1, "sim/net may not include sim/host"}));
    EXPECT_THAT(found("picture/a.h", "#include \"capture/session.h\"\n"),
                ElementsAre(Finding{"picture/a.h", 1, "picture may not include capture"}));
    EXPECT_THAT(found("gui/a.h", "#include \"cli/ladder.h\"\n"),
                ElementsAre(Finding{"gui/a.h", 1, "gui may not include cli"}));
    EXPECT_THAT(found("cli/a.h", "#include \"gui/document.h\"\n"),
                ElementsAre(Finding{"cli/a.h", 1, "cli may not include gui"}));
}

TEST(Layering, WantsIncludesFromTheRoot) {
    EXPECT_THAT(found("cli/a.cpp", "#include \"table.h\"\n"),
                ElementsAre(Finding{"cli/a.cpp", 1, "\"table.h\" is not written from the root"}));
}

TEST(Layering, WantsEveryFolderOfCodeToHaveItsPlace) {
    EXPECT_THAT(found("sim/misc/a.h", ""),
                ElementsAre(Finding{"sim/misc/a.h", 0, "is in a folder without a place"}));
}

TEST(Layering, StopsQtAtTheWindow) {
    EXPECT_THAT(found("cli/a.cpp", "#include <QString>\n"),
                ElementsAre(Finding{"cli/a.cpp", 1, "Qt belongs to gui"}));
    EXPECT_THAT(found("tests/cli/a.cpp", "#include <QtGlobal>\n"),
                ElementsAre(Finding{"tests/cli/a.cpp", 1, "Qt belongs to gui"}));
}

TEST(Layering, StopsLibpcapAtTheSourcesOfCapture) {
    EXPECT_THAT(found("cli/a.cpp", "#include <pcap/pcap.h>\n"),
                ElementsAre(Finding{"cli/a.cpp", 1, "libpcap belongs to capture/*.cpp"}));
    EXPECT_THAT(found("capture/a.h", "#include <pcap.h>\n"),
                ElementsAre(Finding{"capture/a.h", 1, "libpcap belongs to capture/*.cpp"}));
}

TEST(Layering, KeepsTheWorldOutOfSim) {
    EXPECT_THAT(found("sim/net/a.cpp", "#include <thread>\n"),
                ElementsAre(Finding{"sim/net/a.cpp", 1, "sim may not include <thread>"}));
    EXPECT_THAT(found("sim/net/a.cpp", "const auto t = Clock::now();\n"),
                ElementsAre(Finding{"sim/net/a.cpp", 1, "sim may not ask for the time"}));
    EXPECT_THAT(found("sim/net/a.h", "using Clock = std::chrono::steady_clock;\n"),
                ElementsAre(Finding{"sim/net/a.h", 1, "sim may not name steady_clock"}));
    EXPECT_THAT(found("sim/net/a.cpp", "return std::rand();\n"),
                ElementsAre(Finding{"sim/net/a.cpp", 1, "sim may not name rand"}));
}

TEST(Layering, ReadsCodeAndNotWhatIsSaidAboutIt) {
    EXPECT_THAT(found("sim/net/a.cpp", "// No steady_clock here.\n/*\n#include <thread>\n*/\n"),
                IsEmpty());
}

}  // namespace
}  // namespace tcplab::house
