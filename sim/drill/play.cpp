#include "sim/drill/play.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace tcplab::drill {
namespace {

/// The comment that the script begins with, its lines joined; empty where it begins otherwise.
std::string firstComment(std::string_view source) {
    std::string text;
    while (source.starts_with("//")) {
        const std::size_t end = std::min(source.find('\n'), source.size());
        std::string_view line = source.substr(2, end - 2);
        line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
        if (!text.empty()) text += ' ';
        text += line;
        source.remove_prefix(std::min(end + 1, source.size()));
    }
    return text;
}

net::Scenario aboutOf(std::string_view source, std::string_view origin, const Verdict& verdict) {
    net::Scenario about{.name = std::string{origin.substr(origin.rfind('/') + 1)}};
    about.title = {about.name, about.name};
    const std::string comment = firstComment(source);
    const net::Bilingual outcome = toText(verdict);
    const std::string first = comment.empty() ? "" : comment + '\n';
    about.notes = {first + outcome.en, first + outcome.zh};
    return about;
}

}  // namespace

net::Bilingual toText(const Verdict& verdict) {
    const int line = verdict.place.line;
    switch (verdict.kind) {
        case Verdict::Kind::Passed:
            return {"All came as the script expects.", "一切都与脚本的预期相符。"};
        case Verdict::Kind::Failed:
            return {
                fmt::format("Line {}: expected {}, got {}", line, verdict.expected, verdict.got),
                fmt::format("第 {} 行：预期 {}，实际 {}", line, verdict.expected, verdict.got)};
        case Verdict::Kind::Skipped:
            return {fmt::format("Line {} needs {}, which is not supported", line, verdict.needs),
                    fmt::format("第 {} 行需要尚不支持的功能：{}", line, verdict.needs)};
        case Verdict::Kind::Invalid:
            return {
                fmt::format("Line {}, column {}: {}", line, verdict.place.column, verdict.expected),
                fmt::format("第 {} 行第 {} 列：{}", line, verdict.place.column, verdict.expected)};
    }
    TCPLAB_UNREACHABLE();
}

Expected<Played, Error> play(std::string_view source, std::string_view origin) {
    Played played;
    played.verdict = run(source, {}, {}, &played.trace);
    if (played.verdict.kind == Verdict::Kind::Invalid)
        return Unexpected{Error{Error::Code::NotReadable,
                                fmt::format("{}:{}:{}: {}",
                                            origin,
                                            played.verdict.place.line,
                                            played.verdict.place.column,
                                            played.verdict.expected)}};
    played.about = aboutOf(source, origin, played.verdict);
    return played;
}

}  // namespace tcplab::drill
