#include "sim/net/builtin.h"
#include "tests/support/temporary_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <ostream>
#include <string>

namespace tcplab::net {

static void PrintTo(const BuiltIn& scenario, std::ostream* out) {
    *out << scenario.name;
}

}  // namespace tcplab::net

// A scenario and its seed say all of a run: whoever plays it, and however often, gets the same
// octets.
namespace tcplab::gui {
namespace {

using test::contentOf;
using test::TemporaryFile;

class SameOctets : public testing::TestWithParam<net::BuiltIn> {
protected:
    /// What `program` writes of the scenario.
    static std::string written(const std::string& program) {
        const TemporaryFile file;
        const std::string name{GetParam().name};
        const std::string line = program + " " + name + " -w " + file.path() + " >/dev/null";
        EXPECT_EQ(std::system(line.c_str()), 0) << line;
        return contentOf(file.path());
    }
};

TEST_P(SameOctets, ComeFromBothProgramsAndFromTheSameOneAgain) {
    const std::string first = written(TCPLAB_PROGRAM " simulate");

    EXPECT_GT(first.size(), 100U);
    EXPECT_EQ(written(TCPLAB_PROGRAM " simulate"), first);
    EXPECT_EQ(written(TCPLAB_GUI_PROGRAM), first);
}

INSTANTIATE_TEST_SUITE_P(Scenarios,
                         SameOctets,
                         testing::ValuesIn(net::builtIns().begin(), net::builtIns().end()),
                         [](const auto& tried) {
                             std::string name{tried.param.name};
                             std::ranges::replace(name, '-', '_');
                             return name;
                         });

}  // namespace
}  // namespace tcplab::gui
