#include "tests/house/layering.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace tcplab::house {
namespace {

// A folder, and those right below it; what is below them may be included too.
struct Room {
    std::string_view name{};
    std::vector<std::string_view> below{};
};

const std::vector<Room>& rooms() {
    static const std::vector<Room> all{
        {"sim/base", {}},
        {"sim/wire", {"sim/base"}},
        {"sim/framing", {"sim/base"}},
        {"sim/tcp", {"sim/wire"}},
        {"sim/host", {"sim/tcp"}},
        {"sim/net", {"sim/tcp", "sim/framing"}},
        {"sim/trace", {"sim/net"}},
        {"sim/drill", {"sim/host", "sim/trace"}},
        {"capture", {"sim/trace"}},
        {"picture", {"sim/trace"}},
        {"cli", {"capture", "picture", "sim/drill"}},
        {"gui", {"capture", "picture", "sim/drill"}},
        {"bench", {"capture"}},
        {"tests", {"cli", "gui"}},
    };
    return all;
}

constexpr auto kHeadersBannedInSim = std::to_array<std::string_view>({"atomic",
                                                                      "condition_variable",
                                                                      "ctime",
                                                                      "filesystem",
                                                                      "fstream",
                                                                      "future",
                                                                      "iostream",
                                                                      "mutex",
                                                                      "random",
                                                                      "thread",
                                                                      "unistd.h"});

constexpr auto kNamesBannedInSim = std::to_array<std::string_view>({"clock_gettime",
                                                                    "getenv",
                                                                    "gettimeofday",
                                                                    "high_resolution_clock",
                                                                    "rand",
                                                                    "random_device",
                                                                    "srand",
                                                                    "steady_clock",
                                                                    "system_clock",
                                                                    "utc_clock"});

struct Include {
    char opening{};
    std::string_view path{};
};

const Room* find(std::string_view name) {
    const auto found = std::ranges::find(rooms(), name, &Room::name);
    return found == rooms().end() ? nullptr : &*found;
}

// "sim/tcp" for "sim/tcp/endpoint.h", "gui" for "gui/views/ladder_view.h".
std::string_view roomOf(std::string_view path) {
    const auto first = path.find('/');
    const bool inSim = path.starts_with("sim/");
    return path.substr(0, inSim ? path.find('/', first + 1) : first);
}

bool mayInclude(std::string_view from, std::string_view to) {
    const auto* room = find(from);
    return from == to || (room != nullptr && std::ranges::any_of(room->below, [&](auto below) {
                              return mayInclude(below, to);
                          }));
}

// Of a line as clang-format writes it.
std::optional<Include> includeOf(std::string_view line) {
    constexpr std::string_view kDirective = "#include ";
    if (!line.starts_with(kDirective) || line.size() == kDirective.size()) return std::nullopt;
    const auto opening = line[kDirective.size()];
    const auto path = line.substr(kDirective.size() + 1);
    return Include{opening, path.substr(0, path.find(opening == '<' ? '>' : '"'))};
}

bool isQt(std::string_view header) {
    const auto second = header.size() > 1 ? static_cast<unsigned char>(header[1]) : 0;
    return header.starts_with("Qt") || header.starts_with("qcustomplot") ||
           (header.starts_with('Q') && std::isupper(second) != 0);
}

std::optional<std::string> wrongHouseInclude(std::string_view path, std::string_view header) {
    const auto from = roomOf(path);
    const auto to = roomOf(header);
    if (find(to) == nullptr) {
        return "\"" + std::string{header} + "\" is not written from the root";
    }
    if (mayInclude(from, to)) return std::nullopt;
    return std::string{from} + " may not include " + std::string{to};
}

std::optional<std::string> wrongOutsideInclude(std::string_view path, std::string_view header) {
    const bool inGui = path.starts_with("gui/") || path.starts_with("tests/gui/");
    if (isQt(header) && !inGui) return "Qt belongs to gui";
    const bool inCapture = path.starts_with("capture/") && !isHeader(path);
    if (header.starts_with("pcap") && !inCapture) return "libpcap belongs to capture/*.cpp";
    const bool banned = std::ranges::find(kHeadersBannedInSim, header) != kHeadersBannedInSim.end();
    if (path.starts_with("sim/") && banned)
        return "sim may not include <" + std::string{header} + ">";
    return std::nullopt;
}

std::optional<std::string> wrongInclude(std::string_view path, const Include& include) {
    return include.opening == '<' ? wrongOutsideInclude(path, include.path)
                                  : wrongHouseInclude(path, include.path);
}

std::optional<std::string> wrongName(std::string_view code) {
    if (code.find("lock::now(") != std::string_view::npos) return "sim may not ask for the time";
    for (const auto name : kNamesBannedInSim) {
        if (containsWord(code, name)) return "sim may not name " + std::string{name};
    }
    return std::nullopt;
}

}  // namespace

Findings layeringOf(const Source& source) {
    Findings found;
    if (find(roomOf(source.path)) == nullptr) {
        return {{source.path, 0, "is in a folder without a place"}};
    }
    const auto stripped = codeOnly(source.text);
    const auto code = lines(stripped);
    const auto text = lines(source.text);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto include = includeOf(code[i]) ? includeOf(text[i]) : std::nullopt;
        const auto what = include                           ? wrongInclude(source.path, *include)
                          : source.path.starts_with("sim/") ? wrongName(code[i])
                                                            : std::nullopt;
        if (what) found.push_back({source.path, i + 1, *what});
    }
    return found;
}

}  // namespace tcplab::house
