#include "sim/drill/play.h"

#include <algorithm>
#include <string>

namespace tcplab::drill {
namespace {

/// Takes the comment at the beginning of `source`, its lines joined.
std::string takeComment(std::string_view& source) {
    std::string text;
    while (source.starts_with("//")) {
        const std::size_t end = std::min(source.find('\n'), source.size());
        std::string_view line = source.substr(2, end - 2);
        line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
        if (!text.empty() && !line.empty()) text += ' ';
        text += line;
        source.remove_prefix(std::min(end + 1, source.size()));
    }
    return text;
}

/// What the script says of itself before it begins; who may copy it is not that.
std::string firstComment(std::string_view source) {
    for (;;) {
        source.remove_prefix(std::min(source.find_first_not_of(" \t\r\n"), source.size()));
        std::string comment = takeComment(source);
        const bool isLicence = comment.find("Copyright") != std::string::npos ||
                               comment.find("SPDX") != std::string::npos;
        if (!isLicence) return comment;
    }
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
    const std::string line = std::to_string(verdict.place.line);
    const std::string column = std::to_string(verdict.place.column);
    switch (verdict.kind) {
        case Verdict::Kind::Passed:
            return {"All came as the script expects.", "一切都与脚本的预期相符。"};
        case Verdict::Kind::Failed:
            return {"Line " + line + ": expected " + verdict.expected + ", got " + verdict.got,
                    "第 " + line + " 行：预期 " + verdict.expected + "，实际 " + verdict.got};
        case Verdict::Kind::Skipped:
            return {"Line " + line + " needs " + verdict.needs + ", which is not supported",
                    "第 " + line + " 行需要尚不支持的功能：" + verdict.needs};
        case Verdict::Kind::Invalid:
            return {"Line " + line + ", column " + column + ": " + verdict.expected,
                    "第 " + line + " 行第 " + column + " 列：" + verdict.expected};
    }
    TCPLAB_UNREACHABLE();
}

Expected<Played, Error> play(std::string_view source, std::string_view origin) {
    Played played;
    played.verdict = run(source, {}, {}, &played.trace);
    if (played.verdict.kind == Verdict::Kind::Invalid) {
        const Place place = played.verdict.place;
        return Unexpected{Error{Error::Code::NotReadable,
                                std::string{origin} + ":" + std::to_string(place.line) + ":" +
                                    std::to_string(place.column) + ": " + played.verdict.expected}};
    }
    played.about = aboutOf(source, origin, played.verdict);
    return played;
}

}  // namespace tcplab::drill
