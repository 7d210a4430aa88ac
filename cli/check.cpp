#include "cli/check.h"

#include "cli/rules.h"
#include "cli/text_file.h"
#include "cli/verbs.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>

namespace tcplab::cli {
namespace {

std::string titleOf(const FlowRule& rule, const std::string& file) {
    const std::string place = fmt::format("{}:{}", file, rule.line);
    return rule.name.empty() ? place : place + ": " + rule.name;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\n': out += "&#10;"; break;
            default: out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        }
    }
    return out;
}

std::string junitOf(const Rules& rules,
                    const std::vector<Verdict>& verdicts,
                    const CheckRequest& request) {
    const auto failures =
        std::ranges::count_if(verdicts, [](const Verdict& one) { return !one.broken.empty(); });
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    text += fmt::format("<testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">\n",
                        escaped(request.file),
                        verdicts.size(),
                        failures);
    for (const Verdict& verdict : verdicts) {
        text += fmt::format("  <testcase classname=\"{}\" name=\"{}\">\n",
                            escaped(request.rules),
                            escaped(titleOf(rules.flows[verdict.rule], request.rules)));
        for (const std::string& broken : verdict.broken)
            text += fmt::format("    <failure message=\"{}\"/>\n", escaped(broken));
        text += "  </testcase>\n";
    }
    return text + "</testsuite>\n";
}

}  // namespace

int check(const CheckRequest& request, std::ostream& out, std::ostream& err) {
    const auto complain = [&err](const std::string& what) {
        err << "tcplab: " << what << '\n';
        return exit_code::kFile;
    };
    const auto loaded = capture::load(request.file);
    if (!loaded) return complain(loaded.error().what);
    int code = exit_code::kDone;
    if (loaded->summary.stopped) code = complain(loaded->summary.stopped->what);

    if (request.write) {
        if (const auto failed = writeText(request.rules, rulesOf(*loaded)))
            return complain(failed->what);
        out << request.rules << ": " << loaded->flows.size() << " rules\n";
        return code;
    }
    const auto text = readText(request.rules);
    if (!text) return complain(text.error().what);
    const auto rules = parseRules(*text, request.rules);
    if (!rules) return complain(rules.error().what);

    const std::vector<Verdict> verdicts = check(*rules, *loaded);
    std::size_t broken = 0;
    for (const Verdict& verdict : verdicts) {
        if (verdict.broken.empty()) continue;
        ++broken;
        out << titleOf(rules->flows[verdict.rule], request.rules) << '\n';
        for (const std::string& line : verdict.broken) out << "  " << line << '\n';
    }
    out << fmt::format("{} rules hold, {} do not\n", verdicts.size() - broken, broken);
    out.flush();
    if (!out) return complain("standard output could not be written");
    if (!request.junit.empty())
        if (const auto failed = writeText(request.junit, junitOf(*rules, verdicts, request)))
            return complain(failed->what);
    return code != exit_code::kDone || broken == 0 ? code : exit_code::kDoesNotHold;
}

void addCheck(CLI::App& app, int& exitCode) {
    const auto request = std::make_shared<CheckRequest>();
    CLI::App* verb = app.add_subcommand("check", "Check what must hold of a capture's connections");
    verb->add_option("FILE", request->file, "A capture")->required();
    verb->add_option("--expect", request->rules, "The rules file (docs/testing.md)")->required();
    CLI::Option* junit =
        verb->add_option("--junit", request->junit, "Write the results to this file, for JUnit");
    verb->add_flag("--write", request->write, "Write the rules that hold now")->excludes(junit);
    verb->callback([request, &exitCode] { exitCode = check(*request, std::cout, std::cerr); });
}

}  // namespace tcplab::cli
