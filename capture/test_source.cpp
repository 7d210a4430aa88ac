#include "capture/test_source.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cctype>

namespace tcplab::capture {
namespace {

/// "FIN-WAIT-2" and "fin_wait_2_stuck" as enumerators are written: "FinWait2", "FinWait2Stuck".
std::string enumerator(std::string_view name) {
    std::string text;
    bool starts = true;
    for (const char c : name) {
        const auto octet = static_cast<unsigned char>(c);
        if (std::isalnum(octet) != 0)
            text += static_cast<char>(starts ? std::toupper(octet) : std::tolower(octet));
        starts = std::isalnum(octet) == 0;
    }
    return text;
}

/// "half-close.pcap" as "HalfClose".
std::string suiteOf(std::string_view file) {
    file.remove_prefix(file.rfind('/') + 1);
    const std::string name = enumerator(file.substr(0, file.find('.')));
    const bool isName = !name.empty() && std::isdigit(static_cast<unsigned char>(name[0])) == 0;
    return isName ? name : "Capture" + name;
}

/// In quotes, as C++ and Python read it.
std::string literal(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') quoted += '\\';
        if (static_cast<unsigned char>(c) < ' ') {
            quoted += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
        } else {
            quoted += c;
        }
    }
    return quoted + '"';
}

std::string sideText(Side side) {
    return "Side::" + enumerator(toString(side));
}

std::string stateText(tcp::State state) {
    return "State::" + enumerator(toString(state));
}

/// Lines of a test's body.
class Body {
public:
    void that(const std::string& matcher) {
        text_ += fmt::format("    EXPECT_THAT(flow, {});\n", matcher);
    }
    void line(const std::string& statement) { text_ += "    " + statement + "\n"; }
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    std::string text_{};
};

void addStates(const FlowRule& rule, Body& body) {
    for (const Side side : kSides) {
        std::vector<std::string> names;
        for (const tcp::State state : rule.visits[side]) names.push_back(stateText(state));
        if (!names.empty())
            body.that(
                fmt::format("{}Visits({})", enumerator(toString(side)), fmt::join(names, ", ")));
        if (rule.endsIn[side])
            body.that(fmt::format("EndsIn({}, {})", sideText(side), stateText(*rule.endsIn[side])));
    }
}

void addEnders(const FlowRule& rule, Body& body) {
    const auto add =
        [&](const std::optional<Ender>& ender, std::string_view matcher, std::string_view member) {
            if (!ender) return;
            switch (*ender) {
                case Ender::Client:
                case Ender::Server:
                    body.that(fmt::format("{}(Side::{})", matcher, enumerator(toString(*ender))));
                    return;
                case Ender::Both:
                    body.line(
                        "EXPECT_EQ(flow.flow().closedBy, tcplab::capture::Flow::ClosedBy::Both);");
                    return;
                case Ender::Nobody:
                    body.line(fmt::format("EXPECT_FALSE(flow.flow().{}.has_value());", member));
                    return;
            }
        };
    add(rule.closedBy, "ClosedBy", "closedBy");
    add(rule.resetBy, "ResetBy", "resetBy");
}

void addFindings(const FlowRule& rule, Body& body) {
    std::vector<std::string> allowed;
    for (const auto& [finding, most] : rule.findings.most) {
        const std::string name = "Finding::" + enumerator(toString(finding));
        body.that(fmt::format("HasAtMost({}, {})", most, name));
        allowed.push_back(name);
    }
    if (rule.findings.other != 0U) return;
    if (allowed.empty()) return body.that("HasNoFindings()");
    body.that(fmt::format("HasNoFindingsBut({})", fmt::join(allowed, ", ")));
}

}  // namespace

std::string toGoogleTest(const FlowRule& rule, const TestSubject& subject) {
    Body body;
    addStates(rule, body);
    for (const Side side : kSides)
        if (rule.bytes[side])
            body.line(fmt::format(
                "EXPECT_EQ(flow.flow().bytes[{}], {}U);", sideText(side), *rule.bytes[side]));
    addEnders(rule, body);
    if (rule.lastsAtMost)
        body.line(fmt::format(
            "EXPECT_LE(flow.flow().last - flow.flow().first, std::chrono::milliseconds{{{}}});",
            *rule.lastsAtMost / std::chrono::milliseconds{1}));
    addFindings(rule, body);
    return fmt::format(
        R"(#include <gtest/gtest.h>
#include <tcplab/testing.h>

#include <chrono>

using namespace tcplab::matchers;
using tcplab::Side;
using tcplab::capture::Finding;
using tcplab::tcp::State;

TEST({3}, Flow{0}IsAsItWas) {{
    const Replay run{{{1}}};
    ASSERT_GT(run.flows(), {0}U);
    const FlowView flow = run.flow({0});

{2}}}
)",
        subject.flow,
        literal(subject.file),
        body.text(),
        suiteOf(subject.file));
}

std::string toPytest(const FlowRule& rule, const TestSubject& subject) {
    return fmt::format(
        R"(import subprocess

CAPTURE = {}
RULES = """
{}"""


def test_connection_is_as_it_was(tmp_path):
    rules = tmp_path / "rules.toml"
    rules.write_text(RULES)
    words = ["tcplab", "check", CAPTURE, "--expect", rules]
    check = subprocess.run(words, capture_output=True, text=True)
    assert check.returncode == 0, check.stdout + check.stderr
)",
        literal(subject.file),
        toToml(rule));
}

}  // namespace tcplab::capture
