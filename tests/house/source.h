#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace tcplab::house {

// A text file of this repository, by its path from the root.
struct Source {
    std::string path{};
    std::string text{};
};

// A rule that does not hold; line 0 is the file as a whole.
struct Finding {
    std::string path{};
    std::size_t line{};
    std::string what{};

    bool operator==(const Finding&) const = default;
    friend std::ostream& operator<<(std::ostream& out, const Finding& finding);
};

using Findings = std::vector<Finding>;

// Every file of the repository, sorted; what is built and what is hidden is left out, but for .ci.
const std::vector<std::string>& paths();

// Those of them that hold text.
const std::vector<Source>& sources();

bool isHeader(std::string_view path);
bool isCpp(std::string_view path);

std::vector<std::string_view> lines(std::string_view text);

// C++ with its comments and literals blanked, every other octet where it was.
std::string codeOnly(std::string_view text);

// Whether text holds word with no letter, digit or underscore beside it.
bool containsWord(std::string_view text, std::string_view word);

}  // namespace tcplab::house
