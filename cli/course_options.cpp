#include "cli/course_options.h"

#include "cli/words.h"

#include <algorithm>

namespace tcplab::cli {

void addCourseOptions(CLI::App& verb, CourseWords& words, const std::string& suffix) {
    const bool isFirst = !suffix.empty();
    const auto name = [&](const std::string& option) { return option + suffix; };
    const std::string of = isFirst ? ", of A" : "";
    verb.add_option(name("--seed"), words.seed, "What the dice start from; 1 if not given" + of)
        ->transform(wholeNumber(0, UINT64_MAX));
    verb.add_option(
            name("--set"), words.settings, "KEY=VALUE instead of what the scenario has" + of)
        ->check(validBy(net::parseSetting))
        ->take_all()
        ->allow_extra_args(false);
    verb.add_option(name("--fork"), words.forks, "Another future: '5: drop 4' after step 5" + of)
        ->check(validBy(parseFork))
        ->take_all()
        ->allow_extra_args(false);
}

std::vector<net::Setting> settingsOf(const CourseWords& words) {
    std::vector<net::Setting> settings;
    for (const std::string& one : words.settings) settings.push_back(*net::parseSetting(one));
    return settings;
}

Course courseOf(const CourseWords& words) {
    Course course{.seed = words.seed};
    for (const std::string& one : words.forks) course.forks.push_back(*parseFork(one));
    std::ranges::stable_sort(course.forks, {}, &Fork::at);
    return course;
}

}  // namespace tcplab::cli
