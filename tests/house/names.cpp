#include "tests/house/names.h"

#include <algorithm>
#include <fnmatch.h>

namespace tcplab::house {
namespace {

// What stands between single backticks, outside fenced blocks.
std::vector<std::string_view> spansOf(std::string_view line) {
    std::vector<std::string_view> spans;
    for (auto opening = line.find('`'); opening != std::string_view::npos;) {
        const auto closing = line.find('`', opening + 1);
        if (closing == std::string_view::npos) break;
        spans.push_back(line.substr(opening + 1, closing - opening - 1));
        opening = line.find('`', closing + 1);
    }
    return spans;
}

std::vector<std::string> split(std::string_view text, std::string_view separators) {
    std::vector<std::string> parts;
    while (true) {
        text.remove_prefix(std::min(text.find_first_not_of(separators), text.size()));
        if (text.empty()) return parts;
        const auto end = std::min(text.find_first_of(separators), text.size());
        parts.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
}

bool isPath(const std::string& name, const std::vector<std::string>& paths) {
    const auto folder = name.ends_with('/') ? name : name + '/';
    return std::ranges::any_of(paths, [&](const std::string& path) {
        return path.starts_with(folder) || path.ends_with('/' + name) ||
               fnmatch(name.c_str(), path.c_str(), 0) == 0;
    });
}

bool isWord(std::string_view name, const std::vector<Source>& sources) {
    return std::ranges::any_of(
        sources, [&](const Source& source) { return containsWord(source.text, name); });
}

}  // namespace

Findings unknownNames(const Source& document,
                      const std::vector<std::string>& paths,
                      const std::vector<Source>& sources) {
    std::vector<Source> places;
    std::ranges::copy_if(sources, std::back_inserter(places), [](const Source& source) {
        return !source.path.ends_with(".md");
    });
    const auto isKnown = [&](const std::string& name) {
        if (isPath(name, paths) || isWord(name, places)) return true;
        const auto words = split(name, ":.()<>{}[]&*,;=+-\"'#!|");
        return name.find('/') == std::string::npos &&
               std::ranges::all_of(words, [&](const auto& word) { return isWord(word, places); });
    };

    Findings found;
    std::size_t number = 0;
    bool fenced = false;
    for (const auto line : lines(document.text)) {
        ++number;
        if (line.starts_with("```")) fenced = !fenced;
        if (fenced) continue;
        for (const auto span : spansOf(line)) {
            for (const auto& name : split(span, " ")) {
                if (!isKnown(name)) found.push_back({document.path, number, "no " + name});
            }
        }
    }
    return found;
}

}  // namespace tcplab::house
