#include "sim/drill/write_script.h"

#include "sim/trace/simulate.h"
#include "tests/support/scenario.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <ostream>
#include <string_view>
#include <utility>

namespace tcplab::drill {
namespace {

struct Case {
    const net::Scenario* scenario = nullptr;
    Side host{};
};
void PrintTo(const Case& tried, std::ostream* out) {
    *out << tried.scenario->name << ", " << toString(tried.host);
}

bool isPerfect(const net::Link& link) {
    net::Link perfect{.delay = link.delay, .jitter = link.jitter, .rate = link.rate};
    return link == perfect;
}

/// Both ends of all scenarios in which nothing goes wrong on the way.
std::vector<Case> cases() {
    std::vector<Case> all;
    for (const net::Scenario& scenario : net::builtInScenarios())
        if (std::ranges::all_of(kSides, [&](Side side) { return isPerfect(scenario.links[side]); }))
            for (const Side host : kSides) all.push_back({&scenario, host});
    return all;
}

/// A scenario's recv() that waits takes the octets before their ACK leaves, as RFC 9293 3.10.7.4
/// delivers to a RECEIVE. A socket's program wakes up after it, so that the ACK tells of less room
/// and another one follows where the window is worth telling of.
bool readsWhileItWaits(const Case& tried) {
    constexpr std::array<std::pair<std::string_view, Side>, 4> kReaders{
        {{"half-close", Side::Client},
         {"halves", Side::Server},
         {"slow-start", Side::Server},
         {"small-cwnd", Side::Server}}};
    return std::ranges::count(kReaders,
                              std::pair{std::string_view{tried.scenario->name}, tried.host}) > 0;
}

bool closesWhatItHasNotAccepted(const Case& tried) {
    return tried.scenario->name == "close-in-syn-received" && tried.host == Side::Server;
}

class ScriptOf : public testing::TestWithParam<Case> {
protected:
    Expected<WrittenScript, Error> script =
        writeScript(simulate(*GetParam().scenario),
                    {.title = GetParam().scenario->title.en,
                     .host = GetParam().host,
                     .plan = &GetParam().scenario->hosts[GetParam().host]});
};

INSTANTIATE_TEST_SUITE_P(BuiltIn, ScriptOf, testing::ValuesIn(cases()), [](const auto& tried) {
    std::string name = tried.param.scenario->name + std::string{toString(tried.param.host)};
    std::erase(name, '-');
    return name;
});

TEST_P(ScriptOf, IsPassedByTheMachineThatItCameFrom) {
    if (closesWhatItHasNotAccepted(GetParam())) {
        ASSERT_FALSE(script.has_value());
        EXPECT_NE(script.error().what.find("accept()"), std::string::npos);
        return;
    }
    ASSERT_TRUE(script.has_value()) << script.error().what;

    const Verdict again = run(script->text, {}, {});

    EXPECT_EQ(again, script->verdict) << "what it says of itself is so";
    if (readsWhileItWaits(GetParam())) {
        EXPECT_EQ(again.kind, Verdict::Kind::Failed);
        EXPECT_NE(again.expected.find(" win "), std::string::npos);
        return;
    }
    EXPECT_EQ(again.kind, Verdict::Kind::Passed) << "line " << again.place.line << ": expected "
                                                 << again.expected << ", got " << again.got << "\n"
                                                 << script->text;
}

TEST_P(ScriptOf, AsksForWhatTheHostSaw) {
    if (!script) return;
    const Trace trace = simulate(*GetParam().scenario);
    const auto packets = std::ranges::count_if(trace.entries(), [&](const Entry& entry) {
        return entry.side == GetParam().host && (std::holds_alternative<Sent>(entry.what) ||
                                                 std::holds_alternative<Arrived>(entry.what));
    });
    std::ptrdiff_t lines = 0;
    for (const char* mark : {" < ", " > "})
        for (std::size_t at = script->text.find(mark, script->text.find("--tcp"));
             at != std::string::npos;
             at = script->text.find(mark, at + 1))
            ++lines;
    EXPECT_EQ(lines, packets);
}

TEST(WriteScript, OptionsMayBeSetBeforeTheConnectionIsThere) {
    const net::Scenario scenario = test::scenario(R"(
        [client]
        program = [ { call = "setsockopt", option = "TCP_NODELAY", value = 1, at = "1 ms" },
                    { call = "connect", at = "10 ms" }, { call = "send", size = 5, times = 2 },
                    { call = "setsockopt", option = "SO_KEEPALIVE", value = 1 } ]
        [server]
        program = [ { call = "setsockopt", option = "TCP_QUICKACK", value = 1, at = "1 ms" },
                    { call = "listen", at = "5 ms" }, { call = "accept" } ]
    )");
    for (const Side host : kSides) {
        const auto script =
            writeScript(simulate(scenario), {.host = host, .plan = &scenario.hosts[host]});
        ASSERT_TRUE(script.has_value()) << script.error().what;
        EXPECT_EQ(script->verdict.kind, Verdict::Kind::Passed) << script->verdict.expected << "\n"
                                                               << script->text;
    }
}

TEST(WriteScript, ANumberThatIsWrongIsNotPassed) {
    const auto scenario = net::scenarioNamed("four-way-close");
    auto script = writeScript(simulate(*scenario), {.plan = &scenario->hosts[Side::Server]});
    ASSERT_TRUE(script.has_value());
    const std::size_t at = script->text.find("> . 1:1(0) ack 2");
    ASSERT_NE(at, std::string::npos);

    script->text.replace(at, 16, "> . 1:1(0) ack 3");

    EXPECT_EQ(run(script->text, {}, {}).kind, Verdict::Kind::Failed);
}

TEST(WriteScript, WithoutAConnectionThereIsNone) {
    EXPECT_FALSE(writeScript(Trace{}, {}).has_value());
}

TEST(ProfileOf, IsTheOneThatAScriptNames) {
    EXPECT_EQ(profileOf("// profile: textbook\n0 `sysctl net.ipv4.tcp_sack=1`\n"),
              tcp::Profile::Textbook);
    EXPECT_EQ(profileOf("// profile: unheard-of\n"), tcp::Profile::Rfc9293);
}

}  // namespace
}  // namespace tcplab::drill
