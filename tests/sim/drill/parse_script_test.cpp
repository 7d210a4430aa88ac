#include "sim/drill/parse_script.h"

#include "tests/support/notation.h"

#include <gmock/gmock.h>

#include <array>
#include <ostream>
#include <stdexcept>
#include <string>

namespace tcplab::drill {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

Script parsed(std::string_view text, const Definitions& definitions = {}) {
    const auto script = parseScript(text, definitions);
    if (!script) throw std::invalid_argument{script.error().what};
    return *script;
}

template <class What>
What only(std::string_view text) {
    const Script script = parsed(text);
    EXPECT_THAT(script.statements, SizeIs(1));
    return std::get<What>(script.statements.at(0).what);
}

TcpPattern segment(std::string_view text) {
    return std::get<TcpPattern>(only<PacketStatement>("0 > " + std::string{text}).what);
}

When when(std::string_view time) {
    return parsed(std::string{time} + " > . 1:1(0) ack 1").statements.at(0).when;
}

TEST(ParseScript, ReadsTheTimesOfStatements) {
    EXPECT_EQ(when("1.5").kind, When::Kind::Absolute);
    EXPECT_EQ(when("1.5").at.value, Duration{1500ms});
    EXPECT_EQ(when("+.25").kind, When::Kind::Relative);
    EXPECT_EQ(when("+.25").at.value, Duration{250ms});
    EXPECT_EQ(when("+ 2.2").at.value, Duration{2200ms});
    EXPECT_EQ(when("*").kind, When::Kind::Any);
    EXPECT_EQ(when("+0.1~+0.2").kind, When::Kind::RelativeRange);
    EXPECT_EQ(when("+0.1~+0.2").until.value, Duration{200ms});
    EXPECT_EQ(when("1~2").kind, When::Kind::AbsoluteRange);
}

TEST(ParseScript, KnowsHowFarATimeMayHaveBeenRounded) {
    EXPECT_EQ(when("+0.1").at.rounding, Duration{50ms});
    EXPECT_EQ(when("+0.10").at.rounding, Duration{5ms});
    EXPECT_EQ(when("+0.040").at.rounding, Duration{500us});
    EXPECT_EQ(when("1.000001").at.rounding, Duration{500ns});
}

TEST(ParseScript, TakesWholeSecondsAsIfWrittenToTheHundredth) {
    EXPECT_EQ(when("+1").at.rounding, Duration{5ms});
}

TEST(ParseScript, ReadsSegments) {
    const TcpPattern synAck =
        segment("S. 0:0(0) ack 1 win 65535 <mss 1460,nop,wscale 6,sackOK,TS val 100 ecr 7>");

    EXPECT_EQ(synAck.flags, (Flags{.syn = true, .ack = true}));
    EXPECT_EQ(synAck.ack, 1U);
    EXPECT_THAT(synAck.window, Optional(65535));
    EXPECT_EQ(wire::optionsText(synAck.options.octets()),
              "<mss 1460,nop,wscale 6,sackOK,TS val 100 ecr 7>");

    const TcpPattern data = segment("P. 1:1001(1000) ack 5 urg 3 <nop,nop,sack 2001:3001 5:9>");
    EXPECT_EQ(data.sequence, 1U);
    EXPECT_EQ(data.length, 1000U);
    EXPECT_EQ(data.window, std::nullopt);
    EXPECT_EQ(data.urgent, 3U);
    EXPECT_EQ(wire::optionsText(data.options.octets()), "<nop,nop,sack 2001:3001 5:9>");
}

TEST(ParseScript, ReadsWhatASegmentLeavesOpen) {
    EXPECT_TRUE(segment("S. ...(0) ack 1").anySequence);
    EXPECT_TRUE(segment("R. 0:0(0)! ack 1").absolute);
    EXPECT_TRUE(segment("S 0:0(0) <...>").anyOptions);
    EXPECT_TRUE(segment(". 1:1(0) ack 1 <nop,nop,TS val ... ecr 5!>").anyTimestamp);
    EXPECT_TRUE(segment(". 1:1(0) ack 1 <nop,nop,TS val 1 ecr 5!>").absoluteEcho);
    EXPECT_EQ(segment("- 1:1(0)").flags, Flags{});
    EXPECT_EQ(segment("SEW 0:0(0)").flags, (Flags{.syn = true, .ece = true, .cwr = true}));
    EXPECT_THAT(segment(".5 1:1(0) ack 1").ace, Optional(5));
}

TEST(ParseScript, ReadsWhatStandsBeforeASegment) {
    const auto marked = only<PacketStatement>("0 >[ect0] 40000 > 8080 P. 1:11(10) ack 1");
    EXPECT_EQ(marked.ip.tosMask, 3);
    EXPECT_EQ(marked.ip.tos, 2);
    EXPECT_EQ(marked.sourcePort, 40000);
    EXPECT_EQ(marked.destinationPort, 8080);

    const auto tos = only<PacketStatement>("0 < (tos 0xe0, ttl 3) . 1:1(0) ack 1 win 10");
    EXPECT_EQ(tos.direction, Direction::Inbound);
    EXPECT_EQ(tos.ip.tosMask, 0xFF);
    EXPECT_EQ(tos.ip.tos, 0xE0);
    EXPECT_THAT(tos.ip.ttl, Optional(3));
}

TEST(ParseScript, ReadsIcmp) {
    const auto icmp = std::get<IcmpPattern>(
        only<PacketStatement>("+0 < icmp unreachable frag_needed mtu 1200 [1:1461(1460)]").what);

    EXPECT_EQ(icmp.type, "unreachable");
    EXPECT_EQ(icmp.code, "frag_needed");
    EXPECT_THAT(icmp.mtu, Optional(1200U));
    EXPECT_EQ(icmp.sequence, 1U);
    EXPECT_EQ(icmp.length, 1460U);
}

TEST(ParseScript, ReadsCalls) {
    const auto call =
        only<CallStatement>("+0 connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)");
    EXPECT_EQ(call.name, "connect");
    EXPECT_THAT(call.arguments, SizeIs(3));
    EXPECT_EQ(call.result.value, -1);
    EXPECT_EQ(call.error, "EINPROGRESS");
    EXPECT_FALSE(call.end.has_value());

    const auto waiting = only<CallStatement>("0...0.2 read(4, ..., 100) = 5");
    EXPECT_EQ(waiting.end->value, Duration{200ms});
}

TEST(ParseScript, ReadsTheArgumentsOfCalls) {
    const auto poll =
        only<CallStatement>("0 poll([{fd=3, events=POLLIN|POLLOUT, revents=0}], 1, 0x10) = 0");

    const Expression& list = poll.arguments.at(0);
    ASSERT_EQ(list.kind, Expression::Kind::List);
    const Expression& record = list.parts.at(0);
    ASSERT_EQ(record.kind, Expression::Kind::Record);
    EXPECT_EQ(record.parts.at(1).text, "events");
    EXPECT_EQ(record.parts.at(1).parts.at(0).kind, Expression::Kind::Or);
    EXPECT_EQ(poll.arguments.at(2).value, 16);

    const auto message = only<CallStatement>(
        "0 recvmsg(4, {msg_name(...)=..., msg_iov(1)=[{...,100}], msg_flags=MSG_TRUNC}, 0) = 1");
    EXPECT_EQ(message.arguments.at(1).parts.at(1).text, "msg_iov");
    EXPECT_THAT(message.arguments.at(1).parts.at(1).parts, SizeIs(2));
}

TEST(ParseScript, ReadsOptionsCommandsAndCode) {
    const Script script = parsed(
        "--ip_version=ipv6\n--strict_segments\n"
        "0 `sysctl -w net.inet.tcp.sack.enable=1`\n"
        "+0 %{ assert tcpi_state == 1, tcpi_state }%\n");

    EXPECT_THAT(script.options, SizeIs(2));
    EXPECT_EQ(script.options.at(0).name, "ip_version");
    EXPECT_EQ(script.options.at(0).value, "ipv6");
    EXPECT_EQ(std::get<CommandStatement>(script.statements.at(0).what).line,
              "sysctl -w net.inet.tcp.sack.enable=1");
    EXPECT_THAT(std::get<CodeStatement>(script.statements.at(1).what).text,
                HasSubstr("tcpi_state == 1"));
}

TEST(ParseScript, LeavesOutCommentsAndWhatIsNotDefined) {
    constexpr std::string_view kScript =
        "// one\n/* two\n lines */ 0 close(3) = 0 // three\n"
        "#ifdef BSD\n+0 close(4) = 0\n#else\n+0 close(5) = 0\n+0 close(6) = 0\n#endif\n";

    EXPECT_THAT(parsed(kScript).statements, SizeIs(3));
    EXPECT_THAT(parsed(kScript, {{"BSD", ""}}).statements, SizeIs(2));
}

TEST(ParseScript, PutsDefinedWordsInTheirPlace) {
    const Script script = parsed("0 close(FD) = 0", {{"FD", "7"}});

    EXPECT_EQ(std::get<CallStatement>(script.statements.at(0).what).arguments.at(0).value, 7);
}

TEST(ParseScript, KeepsThePlaceAndTheTextOfStatements) {
    const Script script = parsed("0 close(3) = 0\n\n  +0.1  >  .   1:1(0)   ack 1\n");

    EXPECT_EQ(script.statements.at(1).place, (Place{3, 3}));
    EXPECT_EQ(script.statements.at(1).text, "> . 1:1(0) ack 1");
}

TEST(ParseScript, SaysWhatAStatementNeedsThatIsNotThere) {
    EXPECT_EQ(parsed("0 > gre: . 1:1(0) ack 1").statements.at(0).needs, "GRE around the packet");
    EXPECT_EQ(parsed("0 > ipv4 1.1.1.1 > 2.2.2.2: . 1:1(0) ack 1").statements.at(0).needs,
              "IPv4 around the packet");
    EXPECT_THAT(parsed("0 > . 1:1(0) ack 1").statements.at(0).needs, IsEmpty());
}

struct Broken {
    std::string_view script;
    Place place;
    std::string_view what;
};
void PrintTo(const Broken& broken, std::ostream* out) {
    *out << broken.script;
}

class BrokenScript : public testing::TestWithParam<Broken> {};

TEST_P(BrokenScript, IsRefusedWithThePlaceAndWhatWasExpected) {
    const auto script = parseScript(GetParam().script, {});

    ASSERT_FALSE(script.has_value());
    EXPECT_EQ(script.error().place, GetParam().place) << script.error().what;
    EXPECT_THAT(script.error().what, HasSubstr(std::string{GetParam().what}));
}

INSTANTIATE_TEST_SUITE_P(
    Scripts,
    BrokenScript,
    testing::Values(Broken{"", {1, 1}, "expected a statement"},
                    Broken{"0 close(3) 0", {1, 12}, "expected '=', got \"0\""},
                    Broken{"0 close(3 = 0", {1, 11}, "expected ',' or ')'"},
                    Broken{"0 < X 0:0(0)", {1, 5}, "'X' is no flag"},
                    Broken{"0 < S 0:5(4) win 3", {1, 7}, "not what lies between 0 and 5"},
                    Broken{"0 < S 0:0(0) <mss 1460>", {1, 5}, "has to say its window"},
                    Broken{"0 < S 0:0(0) win 70000", {1, 18}, "from 0 to 65535"},
                    Broken{"0 < S 0:0(0) win 5 <mss>", {1, 24}, "a segment size"},
                    Broken{"0 < S 0:0(0) win 5 <mms 5>", {1, 21}, "no TCP option"},
                    Broken{"0 < S 0:0(0) win 5 <...>", {1, 25}, "packets that the host sends"},
                    Broken{"* close(3) = 0", {1, 1}, "packets that the host sends"},
                    Broken{"\n0 `true", {2, 3}, "to end what begins with `"},
                    Broken{"0 /* x", {1, 3}, "comment without its end"},
                    Broken{"#ifdef A\n0 close(3) = 0", {1, 1}, "#ifdef without #endif"},
                    Broken{"-1 close(3) = 0", {1, 1}, "a time"},
                    Broken{"0 > . 1:1(0) ack 99999999999999999999", {1, 18}, "too large"}));

TEST(ParseScript, OfADamagedScriptGivesAnErrorOrAScriptAndNothingWorse) {
    const std::string script =
        "--mss=1460\n0 `a`\n0...1 poll([{fd=3, events=POLLIN}], 1, 10) = 1 (x)\n"
        "+0.1~+.2 >[ect0] SF.  0:0(0) ack 1 win 5 <mss 5,TS val 1 ecr 2,sack 1:2>\n"
        "%{ assert a == b }%\n* > ...\n";

    for (std::size_t at = 0; at < script.size(); ++at)
        for (const char c : std::string_view{"\"`%{<([)*.0x\n#-"}) {
            std::string damaged = script;
            damaged[at] = c;
            (void)parseScript(damaged, {});
            (void)parseScript(std::string_view{damaged}.substr(0, at), {});
        }
}

}  // namespace
}  // namespace tcplab::drill
