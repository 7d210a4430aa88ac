#include "tests/house/tidiness.h"

#include <algorithm>
#include <array>
#include <optional>

namespace tcplab::house {
namespace {

using Complaint = std::optional<std::string>;

constexpr std::size_t kLineLimit = 100;
constexpr std::size_t kFileLimit = 400;
constexpr std::size_t kTestFileLimit = 800;

// Written apart, as this file is tidy too.
const std::vector<std::string> kUnfinished{
    std::string{"TO"} + "DO", std::string{"FIX"} + "ME", std::string(3, 'X')};
const std::vector<std::string> kFoldersOfAMachine{
    std::string{"/ho"} + "me/", std::string{"/ro"} + "ot/", std::string{"/Us"} + "ers/"};
constexpr auto kBannedCode = std::to_array<std::string_view>({"using namespace std;", "std::endl"});

std::size_t codePoints(std::string_view line) {
    return static_cast<std::size_t>(std::ranges::count_if(
        line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// Whether the line names this absolute path, rather than a part of a longer one or of an address.
bool namesFolder(std::string_view line, std::string_view folder) {
    const auto at = line.find(folder);
    return at != std::string_view::npos && (at == 0 || std::string_view{" \t\"'`(=:<>"}.find(
                                                           line[at - 1]) != std::string_view::npos);
}

bool endsWithHan(std::string_view text) {
    // U+4E00 to U+9FFF are three octets in UTF-8, the first from 0xE4 to 0xE9.
    if (text.size() < 3) return false;
    const auto first = static_cast<unsigned char>(text[text.size() - 3]);
    const auto last = static_cast<unsigned char>(text.back());
    return first >= 0xE4 && first <= 0xE9 && (last & 0xC0U) == 0x80U;
}

// Chinese has its own signs: full-width ones. Keys of menus are an exception everywhere: "(&F)",
// and so is the list of keywords in a desktop entry, whose syntax has the half-width semicolon.
bool hasHalfWidthSign(std::string_view line) {
    if (line.starts_with("Keywords[zh_CN]=")) return false;
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (std::string_view{",;:!?("}.find(line[at]) == std::string_view::npos) continue;
        if (line.substr(at).starts_with("(&")) continue;
        if (endsWithHan(line.substr(0, at)) || endsWithHan(line.substr(at + 1, 3))) return true;
    }
    return false;
}

Complaint untidyText(std::string_view path, std::string_view line) {
    if (!path.ends_with(".tsv") && line.find('\t') != std::string_view::npos) return "has a tab";
    if (line.ends_with(' ') || line.ends_with('\t')) return "ends with a blank";
    if (line.ends_with('\r')) return "ends with a carriage return";
    if (hasHalfWidthSign(line)) return "has a half-width sign beside a Chinese character";
    for (const auto& word : kUnfinished) {
        if (containsWord(line, word)) return "says " + word;
    }
    for (const auto& folder : kFoldersOfAMachine) {
        if (namesFolder(line, folder)) return "names a folder of one machine";
    }
    return std::nullopt;
}

Complaint untidyCode(std::string_view line, std::string_view code) {
    if (codePoints(line) > kLineLimit) return "is longer than " + std::to_string(kLineLimit);
    for (const auto banned : kBannedCode) {
        if (containsWord(code, banned)) return "has " + std::string{banned};
    }
    return std::nullopt;
}

Complaint untidyFile(const Source& source, std::size_t length) {
    if (!source.text.empty() && !source.text.ends_with('\n')) return "does not end with a newline";
    if (!isCpp(source.path)) return std::nullopt;
    if (isHeader(source.path) && source.text.find("#pragma once\n") == std::string::npos) {
        return "has no #pragma once";
    }
    const auto limit = source.path.starts_with("tests/") ? kTestFileLimit : kFileLimit;
    if (length > limit) return "is longer than " + std::to_string(limit) + " lines";
    return std::nullopt;
}

}  // namespace

Findings tidinessOf(const Source& source) {
    Findings found;
    const auto note = [&](std::size_t line, Complaint complaint) {
        if (complaint) found.push_back({source.path, line, *std::move(complaint)});
    };
    const auto text = lines(source.text);
    note(0, untidyFile(source, text.size()));
    for (std::size_t i = 0; i < text.size(); ++i) note(i + 1, untidyText(source.path, text[i]));
    if (!isCpp(source.path)) return found;

    const auto stripped = codeOnly(source.text);
    const auto code = lines(stripped);
    for (std::size_t i = 0; i < text.size(); ++i) note(i + 1, untidyCode(text[i], code[i]));
    return found;
}

Findings unnamedTraces(const std::vector<std::string>& paths, std::string_view readme) {
    constexpr std::string_view kFolder = "traces/";
    Findings found;
    for (const std::string_view path : paths) {
        if (!path.starts_with(kFolder) || path.find(".pcap") == std::string_view::npos) continue;
        if (readme.find(path.substr(kFolder.size())) == std::string_view::npos) {
            found.push_back({std::string{path}, 0, "is not named in traces/README.md"});
        }
    }
    return found;
}

}  // namespace tcplab::house
