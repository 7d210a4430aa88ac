#include "sim/drill/parse_script.h"
#include "sim/drill/play.h"
#include "sim/drill/runner.h"

#include <gmock/gmock.h>

#include <ostream>
#include <stdexcept>
#include <string>

namespace tcplab::drill {

inline void PrintTo(const Verdict& verdict, std::ostream* out) {
    *out << "line " << verdict.place.line << ": expected " << verdict.expected << ", got "
         << verdict.got << verdict.needs;
}

namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::string_view kListening =
    "0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
    "+0 bind(3, ..., ...) = 0\n"
    "+0 listen(3, 1) = 0\n"
    "+0 < S 0:0(0) win 4000 <mss 1000>\n";
constexpr std::string_view kOpen =
    "0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
    "+0 bind(3, ..., ...) = 0\n"
    "+0 listen(3, 1) = 0\n"
    "+0 < S 0:0(0) win 4000 <mss 1000>\n"
    "+0 > S. 0:0(0) ack 1 win 65535 <mss 1460>\n"
    "+0.1 < . 1:1(0) ack 1 win 4000\n"
    "+0 accept(3, ..., ...) = 4\n";

Verdict verdictOf(const std::string& text, tcp::Profile profile = tcp::Profile::Rfc9293) {
    const auto script = parseScript(text, definitionsOf(profile));
    if (!script) throw std::invalid_argument{script.error().what};
    return run(*script, profile);
}

Verdict after(std::string_view beginning, std::string_view rest) {
    return verdictOf(std::string{beginning} + std::string{rest});
}

MATCHER(Passes, "passes") {
    return arg.kind == Verdict::Kind::Passed;
}

MATCHER_P(FailsWith, got, "") {
    return arg.kind == Verdict::Kind::Failed && arg.got.find(got) != std::string::npos;
}

MATCHER_P(Needs, feature, "") {
    return arg.kind == Verdict::Kind::Skipped && arg.needs == feature;
}

TEST(Run, TakesASegmentThatIsAsExpected) {
    EXPECT_THAT(after(kListening, "+0 > S. 0:0(0) ack 1 win 65535 <mss 1460>\n"), Passes());
}

TEST(Run, SaysWhatCameInPlaceOfWhatWasExpected) {
    const Verdict verdict = after(kListening, "+0 > S. 0:0(0) ack 2 win 65535 <mss 1460>\n");

    EXPECT_THAT(verdict, FailsWith("S. 0:0(0) ack 1 win 65535 <mss 1460> at 0.00"));
    EXPECT_EQ(verdict.place, (Place{5, 1}));
    EXPECT_THAT(verdict.expected, HasSubstr("ack 2"));
}

TEST(Run, MissesASegmentThatDoesNotCome) {
    EXPECT_THAT(after(kOpen, "+0 > . 1:1(0) ack 1\n"), FailsWith("nothing"));
}

TEST(Run, LeavesOpenWhatTheScriptLeavesOpen) {
    EXPECT_THAT(after(kListening, "+0 > S. ...(0) ack 1 <...>\n"), Passes());
    EXPECT_THAT(after(kListening, "* > S. 0:0(0) ack 1 <mss 1460>\n"), Passes());
    EXPECT_THAT(after(kListening, "+0~+0.1 > S. 0:0(0) ack 1 <mss 1460>\n"), Passes());
}

TEST(Run, TakesTheScriptsFirstNumberForTheHostsOwn) {
    EXPECT_THAT(after(kListening,
                      "+0 > S. 9000:9000(0) ack 1 <...>\n"
                      "+0 < . 1:1(0) ack 9001 win 4000\n"
                      "+0 accept(3, ..., ...) = 4\n"
                      "+0 write(4, ..., 10) = 10\n"
                      "+0 > P. 9001:9011(10) ack 1\n"),
                Passes());
}

TEST(Run, IsAsExactAboutTimeAsTheScriptIs) {
    constexpr std::string_view kData = "+0 < . 1:11(10) ack 1 win 4000\n";  // Acknowledged at 0.2.
    const auto at = [&](const std::string& time) {
        return after(kOpen, std::string{kData} + time + " > . 1:1(0) ack 11\n");
    };
    EXPECT_THAT(at("+0.2"), Passes());
    EXPECT_THAT(at("+0.200"), Passes());
    EXPECT_THAT(at("+0.22"), FailsWith("at 0.30"));
    EXPECT_THAT(at("+0.18"), FailsWith("nothing"));
    EXPECT_THAT(at("+0.1~+0.3"), Passes());
    EXPECT_THAT(at("+0.21~+0.3"), FailsWith("at 0.30"));
    EXPECT_THAT(at("*"), Passes());
}

TEST(Run, GathersSegmentsUntilTheLengthIsReached) {
    constexpr std::string_view kWrite = "+0 write(4, ..., 3000) = 3000\n";

    EXPECT_THAT(after(kOpen, std::string{kWrite} + "+0 > P. 1:3001(3000) ack 1\n"), Passes());
    EXPECT_THAT(
        after(kOpen,
              std::string{kWrite} + "+0 > . 1:2001(2000) ack 1\n+0 > P. 2001:3001(1000) ack 1\n"),
        Passes());
    EXPECT_THAT(after(kOpen, std::string{kWrite} + "+0 > . 1:3001(3000) ack 1\n"),
                FailsWith("P. 2001:3001(1000)"));
    EXPECT_THAT(after(kOpen, std::string{kWrite} + "+0 > P. 1:3101(3100) ack 1\n"),
                FailsWith("only 3000 octets"));
}

TEST(Run, GathersNothingWhereSegmentsAreStrict) {
    EXPECT_THAT(verdictOf("--strict_segments\n" + std::string{kOpen} +
                          "+0 write(4, ..., 3000) = 3000\n+0 > P. 1:3001(3000) ack 1\n"),
                FailsWith(". 1:1001(1000)"));
}

TEST(Run, ChecksWhatCallsGive) {
    EXPECT_THAT(after(kOpen, "+0 read(4, ..., 10) = 1\n"), FailsWith("a call that waits"));
    EXPECT_THAT(after(kOpen, "+0 close(7) = 0\n"), FailsWith("-1 EBADF"));
    EXPECT_THAT(after(kOpen, "+0 recv(4, ..., 10, MSG_DONTWAIT) = -1 EINTR (x)\n"),
                FailsWith("-1 EAGAIN"));
    EXPECT_THAT(after(kOpen, "+0 getsockopt(4, SOL_SOCKET, SO_ERROR, [EPIPE], [4]) = 0\n"),
                FailsWith("0 with [0]"));
}

TEST(Run, ChecksWhenACallThatWaitsReturns) {
    constexpr std::string_view kComes = "+0.05 < . 1:11(10) ack 1 win 4000\n";
    const auto until = [&](const std::string& end) {
        return after(kOpen, "+0..." + end + " read(4, ..., 10) = 10\n" + std::string{kComes});
    };
    EXPECT_THAT(until("0.05"), Passes());
    EXPECT_THAT(until("0.07"), FailsWith("the result at 150 ms"));
    EXPECT_THAT(until("0.03"), FailsWith("the result at 150 ms"));
}

TEST(Run, ChecksAssertionsOverTcpInfo) {
    EXPECT_THAT(after(kOpen, "+0 %{ assert 1 <= tcpi_state < 2 and tcpi_snd_mss == 1000 }%\n"),
                Passes());
    EXPECT_THAT(after(kOpen, "+0 %{ assert tcpi_snd_mss == 999 }%\n"),
                FailsWith("tcpi_snd_mss = 1000"));
    EXPECT_THAT(after(kOpen, "+0 %{ import os }%\n"), Needs("the code \"import os\""));
    EXPECT_THAT(after(kOpen, "+0 %{ assert tcpi_moods == 1 }%\n"),
                Needs("the name tcpi_moods in code"));
}

TEST(Run, AsksTheModelInPlaceOfAShell) {
    EXPECT_THAT(after(kOpen, "+0 `sockstat -s | grep -c ESTABLISHED | grep 1`\n"), Passes());
    EXPECT_THAT(after(kOpen, "+0 `sockstat -s | grep CLOSING`\n"), FailsWith("no match"));
    EXPECT_THAT(after(kOpen, "+0 `rm -rf /`\n"), Needs("the command rm"));
    EXPECT_THAT(after(kOpen, "+0 `sysctl net.inet.tcp.unheard_of=1`\n"),
                Needs("sysctl net.inet.tcp.unheard_of=1"));
}

TEST(Run, TakesWhatScriptsForLinuxSetInOtherWays) {
    const std::string command =
        "+0 `./set_sysctls.py /proc/sys/net/ipv4/tcp_sack=0 \\\n"
        "  net/ipv4/tcp_rmem=\"4096 540000 $((15*1024*1024))\" 2>&1  # all\n"
        "ip route change default initcwnd 20`\n";
    EXPECT_THAT(after(kOpen, command), Passes());
    EXPECT_THAT(after(kOpen, "+0 `tc qdisc replace dev tun0 root fq`\n"), Passes());
    EXPECT_THAT(after(kOpen, "+0 `tc qdisc replace dev tun0 root pfifo limit 0`\n"),
                Needs("tc with limit"));
    EXPECT_THAT(after(kOpen, "+0 `sysctl -q net.ipv4.tcp_congestion_control=bbr`\n"),
                Needs("sysctl net.ipv4.tcp_congestion_control=bbr"));
}

TEST(Run, KeepsWhatCodeCallsByAName) {
    EXPECT_THAT(after(kOpen,
                      "+0 %{ mss = tcpi_snd_mss; mss += 1 }%\n"
                      "+0 %{ print(mss); assert mss == 1001, 'mss=%d' % mss }%\n"),
                Passes());
    EXPECT_THAT(after(kOpen, "+0 %{ mss = 7 }%\n+0 %{ assert mss == 8 }%\n"), FailsWith(""));
}

TEST(Run, TellsAProfileByTheSysctls) {
    EXPECT_EQ(profileOf("0 `sysctl -w net.inet.tcp.sack.enable=1`"), tcp::Profile::FreeBsd);
    EXPECT_EQ(profileOf("0 `sysctl -q net.ipv4.tcp_sack=1`"), tcp::Profile::Linux);
    EXPECT_EQ(profileOf("0 close(3) = 0"), tcp::Profile::Rfc9293);
}

TEST(Run, RefusesAnOptionThatDoesNotExist) {
    const Verdict verdict = run("--moods=3\n0 close(3) = -1 EBADF (x)\n", {}, {});

    EXPECT_EQ(verdict.kind, Verdict::Kind::Invalid);
    EXPECT_THAT(verdict.expected, HasSubstr("'moods' is not known"));
}

TEST(Run, TakesNoSegmentForOneOfOtherPorts) {
    EXPECT_THAT(verdictOf("0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
                          "+0 bind(3, ..., ...) = 0\n"
                          "+0 listen(3, 2) = 0\n"
                          "+0 < 5001 > 8080 S 0:0(0) win 4000 <mss 1000>\n"
                          "+0 > 8080 > 5002 S. 0:0(0) ack 1 <...>\n"),
                FailsWith("8080 > 5001 S. 0:0(0) ack 1"));
}

TEST(Run, KeepsConnectionsApartByTheirPorts) {
    EXPECT_THAT(verdictOf("0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
                          "+0 bind(3, ..., ...) = 0\n"
                          "+0 listen(3, 2) = 0\n"
                          "+0 < 5001 > 8080 S 0:0(0) win 4000 <mss 1000>\n"
                          "+0 > 8080 > 5001 S. 0:0(0) ack 1 <...>\n"
                          "+0 < 5002 > 8080 S 700:700(0) win 4000 <mss 1000>\n"
                          "+0 > 8080 > 5002 S. 0:0(0) ack 701 <...>\n"
                          "+0 < 5001 > 8080 . 1:1(0) ack 1 win 4000\n"
                          "+0 < 5002 > 8080 . 701:701(0) ack 1 win 4000\n"
                          "+0 accept(3, ..., ...) = 4\n"
                          "+0 accept(3, ..., ...) = 5\n"),
                Passes());
}

TEST(Play, TellsWhatTheScriptSaysOfItselfAndNotItsLicence) {
    const auto notesOf = [](const char* comments) {
        const auto played =
            play(std::string{comments} + "0 socket(..., SOCK_STREAM, 0) = 3\n", "a.pkt");
        return played ? played->about.notes.en : played.error().what;
    };

    EXPECT_THAT(notesOf("// What is\n// tried.\n"), StartsWith("What is tried.\n"));
    EXPECT_THAT(notesOf("//\n// Copyright (c) somebody\n//\n\n// What is tried.\n\n"),
                StartsWith("What is tried.\n"));
    EXPECT_THAT(notesOf("// SPDX-License-Identifier: MIT\n"), StartsWith("All came"));
}

}  // namespace
}  // namespace tcplab::drill
