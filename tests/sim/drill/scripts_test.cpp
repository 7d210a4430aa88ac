// Scripts of our own pass, and fail where one thing in what they expect is changed.

#include "sim/drill/parse_script.h"
#include "sim/drill/runner.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

namespace tcplab::drill {
namespace {

struct OwnScript {
    std::string name{};
    std::string text{};
};
void PrintTo(const OwnScript& script, std::ostream* out) {
    *out << script.name;
}

std::vector<OwnScript> ownScripts() {
    std::vector<OwnScript> scripts;
    const std::filesystem::path folder{std::string{TCPLAB_SOURCE_DIR} + "/traces/scripts"};
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        std::ifstream file{entry.path()};
        scripts.push_back(
            {entry.path().stem().string(), {std::istreambuf_iterator<char>{file}, {}}});
    }
    std::ranges::sort(scripts, {}, &OwnScript::name);
    return scripts;
}

bool passes(const std::string& text) {
    const tcp::Profile profile = profileOf(text);
    const auto script = parseScript(text, definitionsOf(profile));
    return script && run(*script, profile).kind == Verdict::Kind::Passed;
}

class Scripts : public testing::TestWithParam<OwnScript> {};

TEST_P(Scripts, Pass) {
    const tcp::Profile profile = profileOf(GetParam().text);
    const auto script = parseScript(GetParam().text, definitionsOf(profile));
    ASSERT_TRUE(script.has_value()) << script.error().what;

    const Verdict verdict = run(*script, profile);

    EXPECT_EQ(verdict.kind, Verdict::Kind::Passed)
        << "line " << verdict.place.line << ": expected " << verdict.expected << ", got "
        << verdict.got << verdict.needs;
}

// Every way to change one number, flag, option or time in the expectation that a line states.
std::vector<std::string> changesOf(const std::string& line) {
    std::vector<std::string> changes;
    static const std::regex kLine{R"(^(\+?)([0-9.]+)((?:\.\.\.[0-9.]+)?\s+)(.*)$)"};
    std::smatch parts;
    if (!std::regex_match(line, parts, kLine)) return changes;
    const std::string rest = parts[4];
    const bool outbound = rest.starts_with('>');
    const bool call = std::regex_search(rest, std::regex{R"(^[a-z0-9_]+\()"});
    if (!outbound && !call) return changes;
    const std::string head = parts[1].str() + parts[2].str() + parts[3].str();
    if (outbound) {
        const double later = std::stod(parts[2]) + 0.020;
        changes.push_back(parts[1].str() + std::to_string(later).substr(0, 5) + parts[3].str() +
                          rest);
    }
    const auto with = [&](std::ptrdiff_t at, std::ptrdiff_t size, const std::string& other) {
        std::string changed = rest;
        changed.replace(static_cast<std::size_t>(at), static_cast<std::size_t>(size), other);
        changes.push_back(head + changed);
    };
    // Of a call, what it gives: after "=", and what it fills in between brackets.
    const std::size_t from = outbound ? 0 : rest.rfind(") = ");
    static const std::regex kNumber{R"(\b[0-9]+\b)"};
    for (std::sregex_iterator it{rest.begin(), rest.end(), kNumber}, end; it != end; ++it) {
        const auto at = static_cast<std::size_t>(it->position());
        const bool filled = at > 1 && rest[at - 1] == '[' && rest.starts_with("getsockopt");
        const bool ioctl = at > 1 && rest[at - 1] == '[' && rest.starts_with("ioctl");
        const bool descriptor =
            std::regex_search(rest, std::regex{"^(socket|accept|epoll_create)"});
        const bool length = filled && rest.find(']', at) != rest.find(']');
        if (at < from && ((!filled && !ioctl) || length)) continue;
        if (descriptor) continue;  // Scripts number descriptors as they like.
        with(it->position(), it->length(), std::to_string(std::stoll(it->str()) + 1));
    }
    static const std::regex kErrno{R"(\bE[A-Z]{3,}\b)"};
    for (std::sregex_iterator it{rest.begin(), rest.end(), kErrno}, end; it != end; ++it)
        if (it->str().find("POLL") == std::string::npos)
            with(it->position(), it->length(), it->str() == "EPIPE" ? "EINVAL" : "EPIPE");
    if (!outbound) return changes;
    static const std::regex kFlags{R"(> (?:\S+ > \S+ )?([FSRPUEW]*\.?) )"};
    std::smatch flags;
    if (std::regex_search(rest, flags, kFlags)) {
        const std::string is = flags[1];
        for (const std::string flag : {"F", "P", "S", "R", "U"}) {
            std::string other = is;
            const std::size_t at = other.find(flag);
            at == std::string::npos ? other.insert(0, flag) : other.erase(at, 1);
            if (other.empty()) other = "-";
            with(flags.position(1), flags.length(1), other);
        }
    }
    static const std::regex kOption{R"((,[^,<>]+)|(<[^,<>]+>))"};
    for (std::sregex_iterator it{rest.begin(), rest.end(), kOption}, end; it != end; ++it)
        if (it->str() != "<...>") with(it->position(), it->length(), "");
    return changes;
}

TEST(ScriptsTogether, FailWhereOneThingOfWhatTheyExpectIsChanged) {
    std::size_t made = 0;
    std::vector<std::string> missed;
    for (const OwnScript& script : ownScripts()) {
        std::vector<std::string> lines;
        std::string line;
        for (std::istringstream text{script.text}; std::getline(text, line);) lines.push_back(line);
        for (std::size_t i = 0; i < lines.size(); ++i)
            for (const std::string& changed : changesOf(lines[i])) {
                std::string text;
                for (std::size_t j = 0; j < lines.size(); ++j)
                    text += (i == j ? changed : lines[j]) + "\n";
                ++made;
                if (passes(text)) missed.push_back(script.name + ": " + changed);
            }
    }
    RecordProperty("changes", static_cast<int>(made));
    RecordProperty("missed", static_cast<int>(missed.size()));
    EXPECT_GT(made, 300U);
    EXPECT_THAT(missed, testing::IsEmpty()) << missed.size() << " of " << made;
}

INSTANTIATE_TEST_SUITE_P(Own, Scripts, testing::ValuesIn(ownScripts()), [](const auto& one) {
    std::string name = one.param.name;
    std::ranges::replace(name, '-', '_');
    return name;
});

}  // namespace
}  // namespace tcplab::drill
