#include "tests/support/scenario.h"

#include <gmock/gmock.h>

#include <chrono>
#include <ostream>
#include <string>
#include <vector>

namespace tcplab::net {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

TEST(ParseScenario, ReadsHostsLinkFaultsAndCalls) {
    const Scenario scenario = test::scenario(R"(
        until = "2 s"
        [link]
        delay = "15 ms"
        jitter = "2 ms"
        from_server = { delay = "30 ms", loss = 0.25, rate = 1_000_000, queue = 4, mtu = 576 }
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
    EXPECT_EQ(scenario.links[Side::Client].loss, Chance{});
    EXPECT_EQ(scenario.links[Side::Server].delay, 30ms);
    EXPECT_EQ(scenario.links[Side::Server].jitter, 2ms);
    EXPECT_EQ(scenario.links[Side::Server].loss, Chance{250'000});
    EXPECT_EQ(scenario.links[Side::Server].rate, 1'000'000U);
    EXPECT_EQ(scenario.links[Side::Server].queue, 4U);
    EXPECT_EQ(scenario.links[Side::Server].mtu, 576U);
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

TEST(ParseScenario, ReadsProfilesAndWhatDiffersFromThem) {
    const Scenario scenario = test::scenario(R"(
        client = { profile = "textbook", initial_window = 4 }
        server = { delayed_ack = "40 ms", nagle = false, congestion_control = "none" }
    )");

    const tcp::Config client = scenario.hosts[Side::Client].config;
    EXPECT_EQ(client.delayedAck, 0ms);
    EXPECT_EQ(client.msl, 2min);
    EXPECT_EQ(client.initialWindow, 4U);
    const tcp::Config server = scenario.hosts[Side::Server].config;
    EXPECT_EQ(server.delayedAck, 40ms);
    EXPECT_FALSE(server.nagle);
    EXPECT_EQ(server.congestionControl, tcp::Config::CongestionControl::None);
}

TEST(ParseScenario, ReadsQuestionsAndExpectations) {
    const Scenario scenario = test::scenario(R"(
        [[questions]]
        ask = { en = "Why?", zh_CN = "Q" }
        answer = { en = "So.", zh_CN = "A" }
        at = "30 ms"
        predict = true
        reach = "CLOSING"
        [[expect]]
        host = "server"
        ends_in = "CLOSED"
        visits = ["CLOSE-WAIT", "LAST-ACK"]
        lost = 1
        retransmissions = 0
    )");

    ASSERT_EQ(scenario.questions.size(), 1U);
    EXPECT_EQ(scenario.questions[0].ask.en, "Why?");
    EXPECT_EQ(scenario.questions[0].at, Instant{30ms});
    EXPECT_TRUE(scenario.questions[0].predict);
    EXPECT_EQ(scenario.questions[0].reach, tcp::State::Closing);
    ASSERT_EQ(scenario.expectations.size(), 1U);
    const Expectation& expected = scenario.expectations[0];
    EXPECT_EQ(expected.side, Side::Server);
    EXPECT_EQ(expected.endsIn, tcp::State::Closed);
    EXPECT_THAT(expected.visits, testing::ElementsAre(tcp::State::CloseWait, tcp::State::LastAck));
    EXPECT_EQ(expected.lost, 1U);
    EXPECT_EQ(expected.retransmissions, 0U);
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
        Mistake{"UnknownOption",
                "client = { program = [ { call = \"setsockopt\", option = \"TCP_NODELY\" } ] }",
                "\"TCP_NODELY\" is no option; did you mean \"TCP_NODELAY\"?"},
        Mistake{"OptionWithoutValue",
                "client = { program = [ { call = \"setsockopt\", option = \"TCP_CORK\" } ] }",
                "expected setsockopt with \"option\" and \"value\""},
        Mistake{"OptionsValue",
                "client = { program = [ { call = \"setsockopt\", option = \"TCP_CORK\", "
                "value = 2 } ] }",
                "\"value\" as a whole number from 0 to 1"},
        Mistake{"OptionOfAnotherCall",
                "client = { program = [ { call = \"close\", option = \"TCP_CORK\" } ] }",
                "\"option\" goes with setsockopt only, not with close"},
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
                "a fault with one of: drop, delay, duplicate, corrupt"},
        Mistake{"DropWithBy",
                "link = { faults = [ { drop = \"SYN\", from = \"client\", by = \"1 s\" } ] }",
                "\"by\" goes with \"delay\" only"},
        Mistake{"FaultWithoutSide", "link = { faults = [ { drop = \"SYN\" } ] }", "\"from\""},
        Mistake{"FaultOfTwoKinds",
                "link = { faults = [ { drop = \"SYN\", corrupt = \"SYN\", from = \"client\" } ] }",
                "a fault with one of: drop, delay, duplicate, corrupt"},
        Mistake{"LossInPercent",
                "link = { loss = 5 }",
                "test.toml:3:17: expected \"loss\" as a number from 0 to 1"},
        Mistake{"NotARate", "link = { rate = \"1M\" }", "\"rate\" as a whole number"},
        Mistake{"UnknownLinkKey", "link = { dealy = \"1 ms\" }", "did you mean \"delay\"?"},
        Mistake{"UnknownDirection", "link = { from_sever = { } }", "did you mean \"from_server\"?"},
        Mistake{"UnknownProfile",
                "client = { profile = \"texbook\" }",
                "\"texbook\" is no profile; did you mean \"textbook\"?"},
        Mistake{"PatientAck", "client = { delayed_ack = \"1 s\" }", "500 ms at most"},
        Mistake{"NagleInWords", "client = { nagle = \"off\" }", "\"nagle\" as true or false"},
        Mistake{"UnknownCongestionControl",
                "client = { congestion_control = \"reno\" }",
                "no congestion control"},
        Mistake{"ProgramAsTable",
                "client = { program = { call = \"close\" } }",
                "\"program\" as a list"},
        Mistake{"CallAsText", "client = { program = [ \"close\" ] }", "as a table"},
        Mistake{"CallWithoutName",
                "client = { program = [ { size = 3 } ] }",
                "the name of a socket call"},
        Mistake{"UntilSomethingElse",
                "client = { program = [ { call = \"recv\", until = \"eof\" } ] }",
                "until = \"end\""},
        Mistake{"QuestionWithoutAnswer",
                "questions = [ { ask = { en = \"a\", zh_CN = \"b\" } } ]",
                "expected \"answer\" with the texts en and zh_CN"},
        Mistake{"ExpectationWithoutHost", "expect = [ { lost = 1 } ]", "expected \"host\""},
        Mistake{"ExpectationOfAnUnknownState",
                "expect = [ { host = \"client\", ends_in = \"TIMEWAIT\" } ]",
                "did you mean \"TIME-WAIT\"?"},
        Mistake{"VisitsAsText",
                "expect = [ { host = \"client\", visits = \"LISTEN\" } ]",
                "\"visits\" as a list of states"},
        Mistake{"NothingToSend",
                "client = { program = [ { call = \"send\" } ] }",
                "\"text\", \"size\" or \"message\""},
        Mistake{"KeyTwice", "until = \"1 s\"\nuntil = \"2 s\"", "test.toml:4:"},
        Mistake{"TextWithoutQuotes", "until = 2 s", "test.toml:3:"},
        Mistake{"UntilAsNumber", "until = 2", "expected \"until\" as text in quotes"},
        Mistake{"LinkAsText", "link = \"slow\"", "expected \"link\" as a table"},
        Mistake{"DirectionAsTime",
                "link = { from_client = \"10 ms\" }",
                "expected \"from_client\" as a table"},
        Mistake{"DirectionWithFaults",
                "link = { from_client = { faults = [] } }",
                "\"faults\" is no key of from_client"},
        Mistake{
            "NegativeDelay", "link = { delay = \"-5 ms\" }", "as a number and us, ms, s or min"},
        Mistake{
            "DelayWithoutUnit", "link = { jitter = \"5\" }", "expected \"jitter\" as a number and"},
        Mistake{"ReorderingDelayAsNumber",
                "link = { reordering_delay = 5 }",
                "\"reordering_delay\" as text in quotes"},
        Mistake{"RateOfNothing", "link = { rate = 0 }", "whole number from 1 to 1000000000000"},
        Mistake{"QueueOfNothing", "link = { queue = 0 }", "expected \"queue\" as a whole number"},
        Mistake{"MtuTooSmall", "link = { mtu = 60 }", "a whole number from 68 to 65535"},
        Mistake{"LossAsText", "link = { loss = \"5%\" }", "\"loss\" as a number from 0 to 1"},
        Mistake{"DuplicationBelowZero", "link = { duplication = -0.1 }", "a number from 0 to 1"},
        Mistake{"CorruptionOverOne", "link = { corruption = 1.5 }", "\"corruption\" as a number"},
        Mistake{
            "ReorderingAsTime", "link = { reordering = \"5 ms\" }", "\"reordering\" as a number"},
        Mistake{"FaultsAsTable",
                "link = { faults = { drop = \"SYN\" } }",
                "expected \"faults\" as a list in [ ]"},
        Mistake{"FaultAsText",
                "link = { faults = [ \"SYN\" ] }",
                "an element of \"faults\" as a table"},
        Mistake{"UnknownFault",
                "link = { faults = [ { lose = \"SYN\", from = \"client\" } ] }",
                "\"lose\" is no key of a fault"},
        Mistake{"FaultFromNobody",
                "link = { faults = [ { drop = \"SYN\", from = \"clinet\" } ] }",
                "\"clinet\" is no host; did you mean \"client\"?"},
        Mistake{"ZerothPacket",
                "link = { faults = [ { drop = \"SYN\", from = \"client\", nth = 0 } ] }",
                "expected \"nth\" as a whole number from 1"},
        Mistake{"NthInWords",
                "link = { faults = [ { drop = \"SYN\", from = \"client\", nth = \"first\" } ] }",
                "expected \"nth\" as a whole number"},
        Mistake{"DelayWithoutBy",
                "link = { faults = [ { delay = \"SYN\", from = \"client\" } ] }",
                "expected \"by\", how long to delay"},
        Mistake{"MatchAsList",
                "link = { faults = [ { drop = [\"SYN\"], from = \"client\" } ] }",
                "expected \"drop\" as text in quotes"},
        Mistake{"HostAsText", "client = \"192.0.2.1\"", "expected client as a table"},
        Mistake{
            "UnknownHostKey", "server = { adress = \"192.0.2.9\" }", "did you mean \"address\"?"},
        Mistake{"AddressAsNumber", "client = { address = 192 }", "\"address\" as text in quotes"},
        Mistake{
            "PortInQuotes", "client = { port = \"80\" }", "expected \"port\" as a whole number"},
        Mistake{"IssTooLarge", "client = { iss = 4294967296 }", "from 0 to 4294967295"},
        Mistake{
            "MssOfNothing", "client = { mss = 0 }", "expected \"mss\" as a whole number from 1"},
        Mistake{"LargeBuffer",
                "server = { receive_buffer = 100000000000 }",
                "\"receive_buffer\" as a whole number"},
        Mistake{"MslInSeconds", "client = { msl = 60 }", "expected \"msl\" as text in quotes"},
        Mistake{"NoInitialWindow", "client = { initial_window = 0 }", "from 1 to 1000"},
        Mistake{"ProfileAsList",
                "client = { profile = [\"textbook\"] }",
                "\"profile\" as text in quotes"},
        Mistake{"CallAsNumber",
                "client = { program = [ { call = 3 } ] }",
                "expected \"call\" as text in quotes"},
        Mistake{"UnknownCallKey",
                "client = { program = [ { call = \"close\", dealy = \"1 s\" } ] }",
                "\"dealy\" is no key of a call; did you mean \"delay\"?"},
        Mistake{"TextOfRecv",
                "client = { program = [ { call = \"recv\", text = \"hi\" } ] }",
                "\"text\" goes with send only, not with recv"},
        Mistake{"CountOfSend",
                "client = { program = [ { call = \"send\", text = \"hi\", count = 2 } ] }",
                "\"count\" goes with recv only, not with send"},
        Mistake{"UntilOfSend",
                "client = { program = [ { call = \"send\", text = \"hi\", until = \"end\" } ] }",
                "\"until\" goes with recv only, not with send"},
        Mistake{"TextAndSize",
                "client = { program = [ { call = \"send\", text = \"hi\", size = 2 } ] }",
                "expected \"text\" or \"size\", not both"},
        Mistake{"SizeInQuotes",
                "client = { program = [ { call = \"send\", size = \"2000\" } ] }",
                "expected \"size\" as a whole number"},
        Mistake{"CountOfNothing",
                "client = { program = [ { call = \"recv\", count = 0 } ] }",
                "expected \"count\" as a whole number from 1"},
        Mistake{"AtAsNumber",
                "client = { program = [ { call = \"connect\", at = 10 } ] }",
                "expected \"at\" as text in quotes"},
        Mistake{"DelayOfCallInWords",
                "client = { program = [ { call = \"close\", delay = \"a while\" } ] }",
                "expected \"delay\" as a number and"},
        Mistake{"AfterNobody",
                "client = { program = [ { call = \"close\", after = \"sever LISTEN\" } ] }",
                "\"sever\" is no host; did you mean \"server\"?"},
        Mistake{"AfterAsTime",
                "client = { program = [ { call = \"close\", after = \"50 ms\" } ] }",
                "\"50\" is no host"},
        Mistake{"QuestionsAsText", "questions = \"Why?\"", "expected \"questions\" as a list"},
        Mistake{"QuestionAsText",
                "questions = [ { ask = \"Why?\", answer = \"So.\" } ]",
                "expected \"ask\" with en and zh_CN as a table"},
        Mistake{"UnknownQuestionKey",
                "questions = [ { aks = { en = \"a\", zh_CN = \"b\" } } ]",
                "\"aks\" is no key of a question; did you mean \"ask\"?"},
        Mistake{"QuestionInOneLanguage",
                "questions = [ { ask = { en = \"a\" }, answer = { en = \"a\", zh_CN = \"b\" } } ]",
                "\"ask\" lacks its text in zh_CN"},
        Mistake{"UnknownLanguage",
                "questions = [ { ask = { en = \"a\", zh_TW = \"b\" } } ]",
                "\"zh_TW\" is no key of ask; did you mean \"zh_CN\"?"},
        Mistake{"QuestionAtNoTime",
                "questions = [ { ask = { en = \"a\", zh_CN = \"b\" }, "
                "answer = { en = \"a\", zh_CN = \"b\" }, at = \"end\" } ]",
                "expected \"at\" as a number and"},
        Mistake{"ExpectAsTable", "expect = { host = \"client\" }", "expected \"expect\" as a list"},
        Mistake{"UnknownExpectation",
                "expect = [ { host = \"client\", end_in = \"CLOSED\" } ]",
                "\"end_in\" is no key of an expectation; did you mean \"ends_in\"?"},
        Mistake{"ExpectationOfAnUnknownHost",
                "expect = [ { host = \"cilent\" } ]",
                "\"cilent\" is no host; did you mean \"client\"?"},
        Mistake{"StateInSmallLetters",
                "expect = [ { host = \"client\", ends_in = \"closed\" } ]",
                "\"closed\" is no state; did you mean \"CLOSED\"?"},
        Mistake{"StateWithUnderscore",
                "expect = [ { host = \"client\", visits = [\"SYN_SENT\"] } ]",
                "\"SYN_SENT\" is no state; did you mean \"SYN-SENT\"?"},
        Mistake{
            "VisitsANumber", "expect = [ { host = \"client\", visits = [ 3 ] } ]", "is no state"},
        Mistake{"LostBelowZero",
                "expect = [ { host = \"client\", lost = -1 } ]",
                "expected \"lost\" as a whole number from 0"},
        Mistake{"RetransmissionsInWords",
                "expect = [ { host = \"client\", retransmissions = \"none\" } ]",
                "expected \"retransmissions\" as a whole number"},
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

TEST(ParseScenario, TitleAndNotesAreNeeded) {
    const auto errorOf = [](const char* toml) {
        const auto scenario = parseScenario(toml, "x.toml");
        return scenario ? std::string{"none"} : scenario.error().what;
    };

    EXPECT_THAT(errorOf(""), HasSubstr("expected \"title\" with the texts en and zh_CN"));
    EXPECT_THAT(errorOf("title = { en = \"a\", zh_CN = \"b\" }"),
                HasSubstr("expected \"notes\" with the texts en and zh_CN"));
    EXPECT_THAT(errorOf("title = \"Handshake\""), HasSubstr("x.toml:1:9: expected \"title\" with"));
    EXPECT_THAT(errorOf("title = { en = 5, zh_CN = \"b\" }"),
                HasSubstr("\"en\" as text in quotes"));
}

TEST(ParseScenario, ASettingTakesThePlaceOfWhatIsWritten) {
    constexpr const char* kToml = R"(
        title = { en = "t", zh_CN = "t" }
        notes = { en = "n", zh_CN = "n" }
        link = { delay = "20 ms", mtu = 576 }
        [client]
        mss = 900
    )";
    const std::vector<Setting> settings{{"link.delay", "50ms"},
                                        {"client.mss", "500"},
                                        {"server.address", "192.0.2.77"},
                                        {"server.nagle", "false"},
                                        {"link.faults", "[{ drop = 'SYN', from = 'client' }]"}};

    const auto scenario = parseScenario(kToml, "x.toml", settings);

    ASSERT_TRUE(scenario) << scenario.error().what;
    EXPECT_EQ(scenario->links[Side::Client].delay, 50ms);
    EXPECT_EQ(scenario->links[Side::Client].mtu, 576U);
    EXPECT_EQ(scenario->links[Side::Client].faults.size(), 1U);
    EXPECT_EQ(scenario->hosts[Side::Client].config.mss, 500);
    EXPECT_EQ(toString(scenario->hosts[Side::Server].address), "192.0.2.77:7777");
    EXPECT_FALSE(scenario->hosts[Side::Server].config.nagle);
}

TEST(ParseScenario, AWrongSettingIsToldAsItWasWritten) {
    const auto errorOf = [](const Setting& setting) {
        const auto scenario = scenarioNamed("handshake", std::vector{setting});
        if (scenario) return std::string{"none"};
        EXPECT_EQ(scenario.error().code, Error::Code::Usage);
        return scenario.error().what;
    };

    EXPECT_THAT(errorOf({"client.mss", "0"}),
                testing::StartsWith("client.mss=0: expected \"mss\" as a whole number from 1 to "));
    EXPECT_THAT(errorOf({"clinet.mss", "5"}), HasSubstr("did you mean \"client\"?"));
    EXPECT_THAT(errorOf({"link.delay", "10"}), HasSubstr("\"delay\" as text in quotes"));
    EXPECT_THAT(errorOf({"link", "slow"}), HasSubstr("expected \"link\" as a table"));
    EXPECT_THAT(errorOf({"a b", "5"}), HasSubstr("a b=5: "));
    EXPECT_FALSE(parseSetting("mss"));
    EXPECT_FALSE(parseSetting("=5"));
    EXPECT_FALSE(parseSetting("mss="));
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
