#include "cli/check.h"

#include "cli/parse_rules.h"
#include "cli/verbs.h"
#include "tests/cli/result.h"
#include "tests/support/temporary_file.h"

#include <gmock/gmock.h>

#include <ostream>
#include <string>

namespace tcplab::cli {
namespace {

using test::Result;
using test::TemporaryFile;
using testing::HasSubstr;
using testing::Not;

const std::string kHandshake = TCPLAB_SOURCE_DIR "/traces/handshake-data-close.pcap";
const std::string kLoss = TCPLAB_SOURCE_DIR "/traces/loss.pcap";

Result run(const CheckRequest& request) {
    const auto verb = [](const CheckRequest& one, std::ostream& out, std::ostream& err) {
        return check(one, out, err);
    };
    return test::resultOf(verb, request);
}

Result run(const std::string& capture, const std::string& rules, const std::string& junit = {}) {
    const TemporaryFile file{rules};
    return run(CheckRequest{.file = capture, .rules = file.path(), .junit = junit});
}

TEST(Check, RulesThatHoldEndWithZero) {
    const Result result = run(kHandshake, R"(
        [[flow]]
        client_visits = ["SYN-SENT", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT"]
        server_visits = ["SYN-RECEIVED", "CLOSE-WAIT", "LAST-ACK"]
        server_ends_in = "CLOSED"
        closed_by = "client"
        reset_by = "nobody"
        findings = { other = 0 }
    )");

    EXPECT_EQ(result.code, exit_code::kDone);
    EXPECT_EQ(result.out, "1 rules hold, 0 do not\n");
}

TEST(Check, WhatDoesNotHoldIsToldWithWhatIsThereInstead) {
    const Result result = run(kHandshake, R"(
[[flow]]
name = "the download"
client_visits = ["CLOSING"]
server_ends_in = "LISTEN"
client_bytes = 1
closed_by = "server"
reset_by = "client"
)");

    EXPECT_EQ(result.code, exit_code::kDoesNotHold);
    EXPECT_THAT(result.out, HasSubstr(":2: the download\n  flow 0 "));
    EXPECT_THAT(result.out, HasSubstr("client_visits: expected CLOSING, got CLOSED, SYN-SENT, "));
    EXPECT_THAT(result.out, HasSubstr("server_ends_in: expected LISTEN, got CLOSED"));
    EXPECT_THAT(result.out, HasSubstr("client_bytes: expected 1, got "));
    EXPECT_THAT(result.out, HasSubstr("closed_by: expected server, got client"));
    EXPECT_THAT(result.out, HasSubstr("reset_by: expected client, got nobody"));
    EXPECT_THAT(result.out, HasSubstr("0 rules hold, 1 do not\n"));
}

TEST(Check, RulesAreRowsForPrograms) {
    const TemporaryFile rules{"[[flow]]\nname = \"mine\"\nclosed_by = \"server\"\n[[flow]]\n"};
    const Result result = run({.file = kHandshake, .rules = rules.path(), .format = Format::Jsonl});

    EXPECT_EQ(result.code, exit_code::kDoesNotHold);
    const auto rows = result.rows();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0]["line"], 1);
    EXPECT_EQ(rows[0]["name"], "mine");
    EXPECT_EQ(rows[0]["holds"], false);
    EXPECT_THAT(rows[0]["broken"].get<std::string>(),
                HasSubstr("closed_by: expected server, got client"));
    EXPECT_EQ(rows[1]["holds"], true);
}

TEST(Check, FindingsHaveAMostAndTellTheirPackets) {
    const Result result = run(kLoss, "[[flow]]\nfindings = { retransmission = 0, other = 1000 }\n");

    EXPECT_EQ(result.code, exit_code::kDoesNotHold);
    EXPECT_THAT(result.out, HasSubstr("retransmission: expected at most 0, got "));
    EXPECT_THAT(result.out, HasSubstr("(packet"));
    EXPECT_EQ(run(kLoss, "[[flow]]\nfindings = { other = 1000000 }\n").code, exit_code::kDone);
}

// The client sends pear, fig, apple; the server sends them back, a line each.
TEST(Check, MessagesAreCountedAndMustBeWhole) {
    const std::string capture = TCPLAB_SOURCE_DIR "/traces/half-close.pcap";

    EXPECT_EQ(run(capture,
                  "[[flow]]\nclient_messages = { as = \"line\", count = 3 }\n"
                  "server_messages = { as = \"line\" }\n")
                  .code,
              exit_code::kDone);
    EXPECT_THAT(run(capture, "[[flow]]\nserver_messages = { as = \"line\", count = 2 }\n").out,
                HasSubstr("server_messages: expected 2 of line, got 3"));
    EXPECT_THAT(run(capture, "[[flow]]\nclient_messages = { as = \"fixed:4\" }\n").out,
                HasSubstr("client_messages: expected fixed:4, got "));
}

TEST(Check, TimeHasAMost) {
    const Result quick = run(kHandshake, "[[flow]]\nlasts_at_most = \"1 ms\"\n");

    EXPECT_EQ(quick.code, exit_code::kDoesNotHold);
    EXPECT_THAT(quick.out, HasSubstr("lasts_at_most: expected 1 ms, got "));
    EXPECT_EQ(run(kHandshake, "[[flow]]\nlasts_at_most = \"1 min\"\n").code, exit_code::kDone);
}

TEST(Check, AFlowThatIsNotThereBreaksItsRule) {
    const Result none = run(kHandshake, "[[flow]]\nserver = \":9\"\n");
    const Result other = run(kHandshake, "[[flow]]\ncount = 3\n");
    const Result zero = run(kHandshake, "[[flow]]\nserver = \":9\"\ncount = 0\n");

    EXPECT_THAT(none.out, HasSubstr("flows that match: expected at least 1, got 0"));
    EXPECT_THAT(other.out, HasSubstr("flows that match: expected 3, got 1"));
    EXPECT_EQ(zero.code, exit_code::kDone);
}

TEST(Check, WrittenRulesHoldOfTheCaptureThatTheyWereMadeFromAndOfNoOther) {
    for (const std::string& capture : {kHandshake, kLoss}) {
        const TemporaryFile rules;

        EXPECT_EQ(run({.file = capture, .rules = rules.path(), .write = true}).code, 0);

        EXPECT_EQ(run(capture, test::contentOf(rules.path())).code, exit_code::kDone) << capture;
        const std::string& other = capture == kLoss ? kHandshake : kLoss;
        EXPECT_EQ(run(other, test::contentOf(rules.path())).code, exit_code::kDoesNotHold);
    }
}

TEST(Check, ResultsAreWrittenForJunit) {
    const TemporaryFile junit;
    (void)run(
        kHandshake, "[[flow]]\nname = \"a < b\"\nclosed_by = \"server\"\n[[flow]]\n", junit.path());

    const std::string xml = test::contentOf(junit.path());
    EXPECT_THAT(xml, HasSubstr("tests=\"2\" failures=\"1\""));
    EXPECT_THAT(xml, HasSubstr("a &lt; b"));
    EXPECT_THAT(xml, HasSubstr("<failure message=\"flow 0 "));
    EXPECT_THAT(xml, Not(HasSubstr(" -> ")));
}

TEST(Check, FilesThatCannotBeReadAreToldByName) {
    EXPECT_EQ(run("/nonexistent.pcap", "[[flow]]\n").code, exit_code::kFile);
    const Result missing = run({.file = kHandshake, .rules = "/nonexistent.toml"});
    EXPECT_EQ(missing.code, exit_code::kFile);
    EXPECT_THAT(missing.err, HasSubstr("/nonexistent.toml: No such file"));
}

TEST(Check, WhatIsReadIsNotWrittenOver) {
    const TemporaryFile capture{test::contentOf(kHandshake)};
    const TemporaryFile rules{"[[flow]]\n"};
    const std::string& path = capture.path();

    for (const CheckRequest& wrong :
         {CheckRequest{.file = path, .rules = path, .write = true},
          CheckRequest{.file = path, .rules = rules.path(), .junit = path},
          CheckRequest{.file = path, .rules = rules.path(), .junit = rules.path()}}) {
        const Result result = run(wrong);
        EXPECT_EQ(result.code, exit_code::kUsage);
        EXPECT_THAT(result.err, HasSubstr(": is what is read; write to another file"));
    }
    EXPECT_EQ(test::contentOf(path), test::contentOf(kHandshake));
    EXPECT_EQ(test::contentOf(rules.path()), "[[flow]]\n");
}

struct Mistake {
    const char* toml;
    const char* sentence;
};
void PrintTo(const Mistake& mistake, std::ostream* out) {
    *out << mistake.toml;
}
class ARulesFile : public testing::TestWithParam<Mistake> {};

INSTANTIATE_TEST_SUITE_P(
    Mistakes,
    ARulesFile,
    testing::Values(
        Mistake{"", "rules.toml:1:1: expected a rule: [[flow]]"},
        Mistake{"[[flow]", "rules.toml:1:"},
        Mistake{"[[flows]]", "\"flows\" is no key of a rules file; did you mean \"flow\"?"},
        Mistake{"[[flow]]\nclosd_by = \"client\"",
                "rules.toml:2:1: \"closd_by\" is no key of a flow"},
        Mistake{"[[flow]]\nclosed_by = \"cleint\"",
                "\"cleint\" is no end; did you mean \"client\"?"},
        Mistake{"[[flow]]\nreset_by = \"both\"", "\"both\" is no end"},
        Mistake{"[[flow]]\nclient = \"192.0.2\"", "\"192.0.2\" is no end of a connection"},
        Mistake{"[[flow]]\nserver = \":0\"", "\":0\" is no end of a connection"},
        Mistake{"[[flow]]\nserver = \":70000\"", "is no end of a connection"},
        Mistake{"[[flow]]\nserver = 80", "expected \"server\" as text in quotes"},
        Mistake{"[[flow]]\ncount = -1", "expected \"count\" as a whole number from 0"},
        Mistake{"[[flow]]\nclient_visits = \"LISTEN\"", "expected \"client_visits\" as a list"},
        Mistake{"[[flow]]\nclient_visits = [\"TIMEWAIT\"]", "did you mean \"TIME-WAIT\"?"},
        Mistake{"[[flow]]\nserver_ends_in = \"closed\"", "did you mean \"CLOSED\"?"},
        Mistake{"[[flow]]\nclient_messages = { as = \"lines\" }", "did you mean"},
        Mistake{"[[flow]]\nclient_messages = { count = 1 }", "expected a framing"},
        Mistake{"[[flow]]\nserver_messages = { as = \"line\", cuont = 1 }",
                "did you mean \"count\"?"},
        Mistake{"[[flow]]\nlasts_at_most = \"5\"", "expected"},
        Mistake{"[[flow]]\nfindings = 0", "expected \"findings\" as a table"},
        Mistake{"[[flow]]\nfindings = { retransmisson = 0 }", "did you mean \"retransmission\"?"},
        Mistake{"[[flow]]\nfindings = { other = \"none\" }", "\"other\" as a whole number"}));

TEST_P(ARulesFile, IsToldWithPlaceAndTheRightWord) {
    const auto rules = parseRules(GetParam().toml, "rules.toml");

    ASSERT_FALSE(rules);
    EXPECT_THAT(rules.error().what, HasSubstr(GetParam().sentence));
}

TEST(Rules, EndsAreAddressesPortsOrBoth) {
    const auto ends = [](const std::string& text) {
        const auto rules = parseRules("[[flow]]\nserver = \"" + text + "\"", "rules.toml");
        return rules->flows.at(0).ends[Side::Server];
    };
    const wire::SocketAddress v4{wire::IpAddress::v4(192, 0, 2, 1), 80};
    const wire::SocketAddress v6{*wire::parseIpAddress("2001:db8::1"), 80};

    EXPECT_TRUE(ends("192.0.2.1").matches(v4));
    EXPECT_TRUE(ends("192.0.2.1:80").matches(v4));
    EXPECT_TRUE(ends(":80").matches(v4));
    EXPECT_TRUE(ends(":80").matches(v6));
    EXPECT_TRUE(ends("2001:db8::1").matches(v6));
    EXPECT_TRUE(ends("[2001:db8::1]:80").matches(v6));
    EXPECT_FALSE(ends("192.0.2.1:81").matches(v4));
    EXPECT_FALSE(ends("192.0.2.2").matches(v4));
}

}  // namespace
}  // namespace tcplab::cli
