#include "sim/net/python_program.h"

#include <gmock/gmock.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

namespace tcplab::net {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsSupersetOf;

std::vector<PythonLine> programOf(const Scenario& scenario, Side side) {
    const auto& hosts = scenario.hosts;
    return pythonOf(hosts[side].program, hosts[side].address, hosts[other(side)].address);
}

std::vector<std::string> textsOf(const std::vector<PythonLine>& lines) {
    std::vector<std::string> texts;
    for (const PythonLine& line : lines) texts.push_back(line.text);
    return texts;
}

TEST(PythonProgram, IsWhatAPersonWouldWrite) {
    const Scenario scenario = *scenarioNamed("four-way-close");

    EXPECT_THAT(textsOf(programOf(scenario, Side::Server)),
                ElementsAre("from socket import *",
                            "from time import sleep",
                            "l = socket(AF_INET, SOCK_STREAM)",
                            "l.bind((\"\", 7777))",
                            "l.listen()",
                            "s, peer = l.accept()",
                            "while s.recv(4096): pass",
                            "sleep(0.05)",
                            "s.close()"));
    EXPECT_THAT(textsOf(programOf(scenario, Side::Client)),
                Contains("s.connect((\"192.0.2.2\", 7777))"));
}

TEST(PythonProgram, EachCallHasItsLines) {
    for (const Scenario& scenario : builtInScenarios())
        for (const Side side : kSides) {
            const auto lines = programOf(scenario, side);
            for (std::size_t i = 0; i < scenario.hosts[side].program.size(); ++i)
                EXPECT_TRUE(std::ranges::any_of(
                    lines, [i](const PythonLine& line) { return line.call == i; }))
                    << scenario.name << ", call " << i;
        }
}

TEST(PythonProgram, SleepsBeforeEachReadWhereTheRunDoes) {
    const Program program{
        {.kind = CallKind::Recv, .count = 10, .untilEnd = true, .delay = std::chrono::seconds{1}}};

    EXPECT_THAT(textsOf(pythonOf(program, {}, {})),
                IsSupersetOf({"while True:", "    sleep(1)", "    if not s.recv(10): break"}));
}

TEST(PythonProgram, OptionsAreSetOnTheSocketThatIsThere) {
    const Call option{.kind = CallKind::SetOption, .option = SocketOption::KeepAlive, .value = 1};
    const Program server{{.kind = CallKind::Listen}, option, {.kind = CallKind::Accept}, option};
    const Program client{option, {.kind = CallKind::Connect}};

    EXPECT_THAT(textsOf(pythonOf(server, {}, {})),
                IsSupersetOf({"l.setsockopt(SOL_SOCKET,", "s.setsockopt(SOL_SOCKET,"}));
    EXPECT_THAT(textsOf(pythonOf(client, {}, {})),
                IsSupersetOf({"s.setsockopt(SOL_SOCKET,", "    SO_KEEPALIVE, 1)"}));
}

TEST(PythonProgram, OctetsThatAreNoTextAreEscaped) {
    const Program program{{.kind = CallKind::Send, .octets = Bytes{std::string{"a\"\\\n\x01", 5}}}};

    EXPECT_EQ(pythonOf(program, {}, {}).back().text, R"(s.sendall(b"a\"\\\n\x01"))");
}

// Python itself says whether it can be read.
TEST(PythonProgram, IsPython) {
    if (std::system("python3 --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "no python3";
    const auto close = [](std::FILE* pipe) { EXPECT_EQ(pclose(pipe), 0); };
    const std::unique_ptr<std::FILE, decltype(close)> python{
        popen(
            "python3 -c 'import ast, sys; [ast.parse(p) for p in sys.stdin.read().split(\"\\f\")]'",
            "w"),
        close};
    ASSERT_NE(python, nullptr);
    for (const Scenario& scenario : builtInScenarios())
        for (const Side side : kSides) {
            for (const PythonLine& line : programOf(scenario, side))
                std::fputs((line.text + '\n').c_str(), python.get());
            std::fputs("\f", python.get());
        }
}

}  // namespace
}  // namespace tcplab::net
