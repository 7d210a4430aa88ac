#include "tests/support/scenario.h"

#include <gmock/gmock.h>

#include <chrono>
#include <ostream>
#include <string>

namespace tcplab::net {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

TEST(ParseScenario, ReadsHostsLinkFaultsAndCalls) {
    const Scenario scenario = test::scenario(R"(
        until = "2 s"
        [link]
        delay = "15 ms"
        faults = [ { delay = "SYN-ACK", from = "server", nth = 3, by = "40 ms" } ]
        [client]
        address = "2001:db8::1"
        port = 1234
        iss = 4294967295
        mss = 900
        receive_buffer = 5000
        msl = "1 min"
        program = [ { call = "connect", at = "5 ms" }, { call = "send", text = "hi" } ]
        [server]
        address = "2001:db8::2"
        program = [ { call = "recv", count = 7, until = "end", after = "client FIN-WAIT-2" } ]
    )");

    EXPECT_EQ(scenario.name, "test");
    EXPECT_EQ(scenario.until, Instant{2s});
    EXPECT_EQ(scenario.links[Side::Client].delay, 15ms);
    ASSERT_EQ(scenario.links[Side::Server].faults.size(), 1U);
    EXPECT_EQ(scenario.links[Side::Server].faults[0],
              (Fault{Fault::Kind::Delay, Fault::Match::SynAck, 3, 40ms}));
    const HostPlan& client = scenario.hosts[Side::Client];
    EXPECT_EQ(toString(client.address), "[2001:db8::1]:1234");
    EXPECT_EQ(client.iss, Seq{4294967295});
    EXPECT_EQ(client.config.mss, 900);
    EXPECT_EQ(client.config.receiveBuffer, 5000U);
    EXPECT_EQ(client.config.msl, 1min);
    ASSERT_EQ(client.program.size(), 2U);
    EXPECT_EQ(client.program[0].at, Instant{5ms});
    EXPECT_EQ(client.program[1].octets.text(), "hi");
    const Call recv = scenario.hosts[Side::Server].program.at(0);
    EXPECT_EQ(recv.count, 7U);
    EXPECT_TRUE(recv.untilEnd);
    EXPECT_EQ(recv.after, (StateEntered{Side::Client, tcp::State::FinWait2}));
}

struct Mistake {
    const char* name;
    const char* toml;
    const char* sentence;  ///< A part of it.
};
void PrintTo(const Mistake& mistake, std::ostream* out) {
    *out << mistake.name;
}

class AMistake : public testing::TestWithParam<Mistake> {};

// The first line of the TOML is the file's third.
INSTANTIATE_TEST_SUITE_P(
    ParseScenario,
    AMistake,
    testing::Values(
        Mistake{"Syntax", "client = {", "test.toml:3:"},
        Mistake{"UnknownKey",
                "clinet = { }",
                "test.toml:3:1: \"clinet\" is no key of a scenario; "
                "did you mean \"client\"?"},
        Mistake{"UnknownCall",
                "client = { program = [ { call = \"conect\" } ] }",
                "test.toml:3:33: \"conect\" is no call; did you mean \"connect\"?"},
        Mistake{"WordInAnotherCase",
                "link = { faults = [ { drop = \"syn\", from = \"client\" } ] }",
                "\"syn\" is no kind of packet; did you mean \"SYN\"?"},
        Mistake{"UnknownState",
                "client = { program = [ { call = \"close\", after = \"server ESTABLISHD\" } ] }",
                "did you mean \"ESTABLISHED\"?"},
        Mistake{"StateWithoutHost",
                "client = { program = [ { call = \"close\", after = \"LISTEN\" } ] }",
                "a host and a state"},
        Mistake{"NotATime",
                "link = { delay = \"fast\" }",
                "test.toml:3:18: expected \"delay\" as a "
                "number and us, ms, s or min"},
        Mistake{"NumberAsTime", "link = { delay = 10 }", "text in quotes"},
        Mistake{"NotAnAddress", "client = { address = \"192.0.2\" }", "no IPv4 or IPv6 address"},
        Mistake{"TwoVersions", "client = { address = \"::1\" }", "IPv4 address and the other"},
        Mistake{"OutOfRange", "client = { port = 65536 }", "a whole number from 1 to 65535"},
        Mistake{"FaultWithoutKind",
                "link = { faults = [ { from = \"client\" } ] }",
                "either \"drop\" or \"delay\""},
        Mistake{"DropWithBy",
                "link = { faults = [ { drop = \"SYN\", from = \"client\", by = \"1 s\" } ] }",
                "\"by\" goes with \"delay\" only"},
        Mistake{"FaultWithoutSide", "link = { faults = [ { drop = \"SYN\" } ] }", "\"from\""},
        Mistake{"NothingToSend",
                "client = { program = [ { call = \"send\" } ] }",
                "\"text\" or \"size\""},
        Mistake{"KeyOfAnotherCall",
                "client = { program = [ { call = \"close\", size = 3 } ] }",
                "\"size\" goes with send only, not with close"}),
    [](const auto& one) { return std::string{one.param.name}; });

TEST_P(AMistake, IsToldWithPlaceCauseAndTheRightWord) {
    const auto scenario = test::parsed(GetParam().toml);

    ASSERT_FALSE(scenario);
    EXPECT_EQ(scenario.error().code, Error::Code::NotReadable);
    EXPECT_THAT(scenario.error().what, testing::StartsWith("test.toml:"));
    EXPECT_THAT(scenario.error().what, HasSubstr(GetParam().sentence));
}

TEST(ParseScenario, ATextInOneLanguageOnlyIsAMistake) {
    const auto scenario =
        parseScenario("[title]\nen = \"a\"\n[notes]\nen = \"a\"\nzh_CN = \"b\"", "x.toml");

    ASSERT_FALSE(scenario);
    EXPECT_THAT(scenario.error().what, HasSubstr("\"title\" lacks its text in zh_CN"));
}

TEST(BuiltInScenarios, AreFoundByNameAndOtherNamesAreCorrected) {
    EXPECT_EQ(scenarioNamed("four-way-close")->name, "four-way-close");

    const auto wrong = scenarioNamed("four-way-clsoe");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, Error::Code::NotFound);
    EXPECT_THAT(wrong.error().what, HasSubstr("four-way-close"));
}

}  // namespace
}  // namespace tcplab::net
