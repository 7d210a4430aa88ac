#include "tests/house/source.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>

namespace tcplab::house {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kRoot = TCPLAB_SOURCE_DIR;

bool isWordCharacter(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool isLeftOut(const fs::path& folder) {
    const auto name = folder.filename().string();
    return name.starts_with("build") || (name.starts_with('.') && name != ".ci");
}

std::vector<std::string> findPaths() {
    std::vector<std::string> found;
    for (fs::recursive_directory_iterator entry{kRoot}, end; entry != end; ++entry) {
        if (entry->is_directory() && isLeftOut(entry->path())) entry.disable_recursion_pending();
        if (entry->is_regular_file()) {
            found.push_back(entry->path().lexically_relative(kRoot).generic_string());
        }
    }
    std::ranges::sort(found);
    return found;
}

std::vector<Source> readSources() {
    std::vector<Source> found;
    for (const auto& path : paths()) {
        std::ifstream file{fs::path{kRoot} / path, std::ios::binary};
        std::string text{std::istreambuf_iterator<char>{file}, {}};
        if (text.find('\0') == std::string::npos) found.push_back({path, std::move(text)});
    }
    return found;
}

std::size_t after(std::string_view text, std::string_view closing, std::size_t from) {
    const auto at = text.find(closing, from);
    return at == std::string_view::npos ? text.size() : at + closing.size();
}

std::size_t afterQuoted(std::string_view text, std::size_t opening) {
    for (auto at = opening + 1; at < text.size(); ++at) {
        if (text[at] == '\\') {
            ++at;
        } else if (text[at] == text[opening]) {
            return at + 1;
        }
    }
    return text.size();
}

// Where the comment or literal that begins here ends; here itself, where none does.
std::size_t afterComment(std::string_view text, std::size_t here) {
    const auto rest = text.substr(here);
    const bool insideWord = here > 0 && isWordCharacter(text[here - 1]);
    if (rest.starts_with("//")) return std::min(text.find('\n', here), text.size());
    if (rest.starts_with("/*")) return after(text, "*/", here + 2);
    if (rest.starts_with("R\"") && !insideWord) {
        const auto delimiter = rest.substr(2, rest.find('(') - 2);
        return after(text, ")" + std::string{delimiter} + "\"", here);
    }
    // A quote inside a word separates digits.
    const bool opens = rest.starts_with('"') || (rest.starts_with('\'') && !insideWord);
    return opens ? afterQuoted(text, here) : here;
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Finding& finding) {
    out << finding.path;
    if (finding.line != 0) out << ':' << finding.line;
    return out << ": " << finding.what;
}

const std::vector<std::string>& paths() {
    static const auto found = findPaths();
    return found;
}

const std::vector<Source>& sources() {
    static const auto found = readSources();
    return found;
}

bool isHeader(std::string_view path) {
    return path.ends_with(".h");
}

bool isCpp(std::string_view path) {
    return isHeader(path) || path.ends_with(".cpp");
}

std::vector<std::string_view> lines(std::string_view text) {
    std::vector<std::string_view> found;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        found.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return found;
}

std::string codeOnly(std::string_view text) {
    std::string code{text};
    for (std::size_t at = 0; at < text.size();) {
        const auto end = afterComment(text, at);
        std::replace_if(
            code.begin() + static_cast<std::ptrdiff_t>(at),
            code.begin() + static_cast<std::ptrdiff_t>(end),
            [](char c) { return c != '\n'; },
            ' ');
        at = std::max(end, at + 1);
    }
    return code;
}

bool containsWord(std::string_view text, std::string_view word) {
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const auto end = at + word.size();
        const bool begins = at == 0 || !isWordCharacter(text[at - 1]);
        const bool ends = end == text.size() || !isWordCharacter(text[end]);
        if (begins && ends) return true;
    }
    return false;
}

}  // namespace tcplab::house
