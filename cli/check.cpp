#include "cli/check.h"

#include "capture/rule_check.h"
#include "cli/parse_rules.h"
#include "cli/text_file.h"
#include "cli/verbs.h"
#include "cli/words.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>

namespace tcplab::cli {
namespace {

using capture::FlowRule;
using capture::Rules;
using capture::RuleVerdict;

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

std::ptrdiff_t brokenOf(const std::vector<RuleVerdict>& verdicts) {
    return std::ranges::count_if(verdicts,
                                 [](const RuleVerdict& one) { return !one.broken.empty(); });
}

std::string junitOf(const Rules& rules,
                    const std::vector<RuleVerdict>& verdicts,
                    const CheckRequest& request) {
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    text += fmt::format("<testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">\n",
                        escaped(request.file),
                        verdicts.size(),
                        brokenOf(verdicts));
    for (const RuleVerdict& verdict : verdicts) {
        text += fmt::format("  <testcase classname=\"{}\" name=\"{}\">\n",
                            escaped(request.rules),
                            escaped(titleOf(rules.flows[verdict.rule], request.rules)));
        for (const std::string& broken : verdict.broken)
            text += fmt::format("    <failure message=\"{}\"/>\n", escaped(broken));
        text += "  </testcase>\n";
    }
    return text + "</testsuite>\n";
}

void printRows(const Rules& rules,
               const std::vector<RuleVerdict>& verdicts,
               Format format,
               std::ostream& out) {
    RowPrinter rows{out,
                    format,
                    {{"line", "Line"}, {"name", "Rule"}, {"holds", "Holds"}, {"broken", "Broken"}}};
    for (const RuleVerdict& verdict : verdicts) {
        const FlowRule& rule = rules.flows[verdict.rule];
        rows.row({static_cast<std::int64_t>(rule.line),
                  rule.name.empty() ? Cell{} : Cell{rule.name},
                  verdict.broken.empty(),
                  fmt::format("{}", fmt::join(verdict.broken, "\n"))});
    }
    rows.finish();
}

void printBroken(const Rules& rules,
                 const std::vector<RuleVerdict>& verdicts,
                 const std::string& file,
                 std::ostream& out) {
    for (const RuleVerdict& verdict : verdicts) {
        if (verdict.broken.empty()) continue;
        out << titleOf(rules.flows[verdict.rule], file) << '\n';
        for (const std::string& line : verdict.broken) out << "  " << line << '\n';
    }
    const auto broken = brokenOf(verdicts);
    out << fmt::format("{} rules hold, {} do not\n", std::ssize(verdicts) - broken, broken);
}

bool overwritesWhatItReads(const CheckRequest& request) {
    if (request.write) return isSameFile(request.file, request.rules);
    return isSameFile(request.file, request.junit) || isSameFile(request.rules, request.junit);
}

}  // namespace

int check(const CheckRequest& request, std::ostream& out, std::ostream& err) {
    if (overwritesWhatItReads(request))
        return complain(err,
                        (request.write ? request.rules : request.junit) +
                            ": is what is read; write to another file",
                        exit_code::kUsage);
    int code = exit_code::kDone;
    // False where the file cannot be read at all.
    const auto read = [&](capture::FlowSink& sink) {
        const auto summary = capture::analyze(request.file, sink);
        if (!summary)
            code = complain(err, summary.error());
        else if (summary->stopped)
            code = complain(err, *summary->stopped);
        return summary.has_value();
    };
    if (request.write) {
        capture::RuleWriter writer;
        if (!read(writer)) return code;
        if (const auto failed = writeText(request.rules, writer.text()))
            return complain(err, *failed);
        out << request.rules << ": " << writer.size() << " rules\n";
        return code;
    }
    const auto text = readText(request.rules);
    if (!text) return complain(err, text.error());
    const auto rules = parseRules(*text, request.rules);
    if (!rules) return complain(err, rules.error());

    capture::RuleCheck checked{*rules};
    if (!read(checked)) return code;
    const std::vector<RuleVerdict> verdicts = checked.verdicts();
    if (request.format)
        printRows(*rules, verdicts, *request.format, out);
    else
        printBroken(*rules, verdicts, request.rules, out);
    if (!request.junit.empty())
        if (const auto failed = writeText(request.junit, junitOf(*rules, verdicts, request)))
            return complain(err, *failed);
    return code != exit_code::kDone || brokenOf(verdicts) == 0 ? code : exit_code::kDoesNotHold;
}

void addCheck(CLI::App& app, int& exitCode) {
    const auto request = std::make_shared<CheckRequest>();
    const auto format = std::make_shared<std::string>();
    CLI::App* verb = app.add_subcommand("check", "Check what must hold of a capture's connections");
    verb->add_option("FILE", request->file, "A capture; - is standard input")->required();
    verb->add_option("--expect", request->rules, "The rules file (docs/testing.md)")->required();
    CLI::Option* junit =
        verb->add_option("--junit", request->junit, "Write the results to this file, for JUnit");
    CLI::Option* rows =
        verb->add_option("--format", *format, "A row a rule: table, json, jsonl or csv")
            ->check(oneOf(formatNames()));
    verb->add_flag("--write", request->write, "Write the rules that hold now")
        ->excludes(junit)
        ->excludes(rows);
    verb->callback([request, format, &exitCode] {
        request->format = formatNamed(*format);
        exitCode = check(*request, std::cout, std::cerr);
    });
}

}  // namespace tcplab::cli
