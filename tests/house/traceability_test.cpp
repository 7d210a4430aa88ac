// docs/requirements.tsv and docs/profiles.md name code and tests: both must be there.

#include "tests/house/source.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <regex>
#include <set>

namespace tcplab::house {
namespace {

using ::testing::IsEmpty;

const Source* sourceAt(std::string_view path) {
    const auto found = std::ranges::find(sources(), path, &Source::path);
    return found == sources().end() ? nullptr : &*found;
}

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> parts{""};
    for (const char c : text)
        if (c == at)
            parts.emplace_back();
        else
            parts.back() += c;
    return parts;
}

// "Suite.Name" of each test of the tree.
const std::set<std::string>& tests() {
    static const std::set<std::string> kTests = [] {
        const std::regex macro{R"(\bTEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\))"};
        std::set<std::string> names;
        for (const Source& source : sources()) {
            if (!source.path.starts_with("tests/")) continue;
            for (auto at = std::sregex_iterator{source.text.begin(), source.text.end(), macro};
                 at != std::sregex_iterator{};
                 ++at)
                names.insert((*at)[1].str() + "." + (*at)[2].str());
        }
        return names;
    }();
    return kTests;
}

// The rows of docs/requirements.tsv: id, level, section, group, requirement, kept, where, test,
// note.
std::vector<std::vector<std::string>> requirements() {
    const Source* table = sourceAt("docs/requirements.tsv");
    std::vector<std::vector<std::string>> rows;
    if (table == nullptr) return rows;
    for (const std::string_view line : lines(table->text))
        if (!line.empty()) rows.push_back(split(line, '\t'));
    if (!rows.empty()) rows.erase(rows.begin());
    return rows;
}

TEST(Traceability, EachNumberedRequirementOfRfc9293HasItsRow) {
    std::set<std::string> ids;
    for (const auto& row : requirements()) EXPECT_TRUE(ids.insert(row.at(0)).second) << row[0];

    std::vector<std::string> missing;
    for (const auto& [kind, most] : {std::pair{"MUST-", 69},
                                     std::pair{"SHLD-", 31},
                                     std::pair{"MAY-", 18},
                                     std::pair{"REC-", 1}})
        for (int n = 1; n <= most; ++n)
            if (!ids.contains(kind + std::to_string(n)))
                missing.push_back(kind + std::to_string(n));
    EXPECT_THAT(missing, IsEmpty());
    EXPECT_EQ(ids.size(), 119U);
}

TEST(Traceability, WhatIsKeptIsSomewhereAndTested) {
    for (const auto& row : requirements()) {
        ASSERT_EQ(row.size(), 9U) << row[0];
        if (row[5] != "yes") continue;
        const auto place = split(row[6], ':');
        const Source* source = sourceAt(place[0]);
        ASSERT_NE(source, nullptr) << row[0] << ": no " << place[0];
        EXPECT_TRUE(containsWord(source->text, place.at(1))) << row[0] << ": no " << row[6];
        EXPECT_TRUE(tests().contains(row[7])) << row[0] << ": no test " << row[7];
    }
}

TEST(Traceability, WhatIsNotKeptHasAReason) {
    for (const auto& row : requirements()) {
        EXPECT_TRUE(row.at(5) == "yes" || row[5] == "no") << row[0];
        EXPECT_TRUE(row[5] == "yes" || row.at(8) != "–") << row[0];
    }
}

TEST(Traceability, EachFieldOfTheConfigurationIsDocumentedAndTested) {
    const Source* document = sourceAt("docs/profiles.md");
    const Source* header = sourceAt("sim/tcp/config.h");
    ASSERT_TRUE(document != nullptr && header != nullptr);
    const std::string code = codeOnly(header->text);
    const std::string body = code.substr(code.find("struct Config"));

    const std::regex member{R"(\n    [\w:<>]+ (\w+)(?: =|\{)[^\n]*)"};
    int fields = 0;
    for (auto at = std::sregex_iterator{body.begin(), body.end(), member};
         at != std::sregex_iterator{};
         ++at) {
        const std::string name = (*at)[1].str();
        if ((*at)[0].str().find("enum class") != std::string::npos) continue;
        ++fields;
        EXPECT_NE(document->text.find("| `" + name + "` |"), std::string::npos) << name;
    }
    EXPECT_GT(fields, 70);

    for (const std::string_view line : lines(document->text)) {
        if (!line.starts_with("| `")) continue;
        const auto cells = split(line, '|');
        std::string test = cells.at(cells.size() - 2);
        std::erase(test, ' ');
        EXPECT_TRUE(tests().contains(test)) << line;
    }
}

}  // namespace
}  // namespace tcplab::house
