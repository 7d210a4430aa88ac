#include "cli/drill.h"

#include "cli/rows.h"
#include "cli/text_file.h"
#include "cli/verbs.h"
#include "cli/words.h"
#include "sim/drill/runner.h"
#include "sim/trace/trace.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>

namespace tcplab::cli {

namespace {

namespace fs = std::filesystem;
using drill::Verdict;

struct Counts {
    std::size_t passed = 0;
    std::size_t failed = 0;
    std::size_t skipped = 0;
};

// The scripts of a folder and those below it, in the order of their names.
std::vector<std::string> scriptsOf(const std::string& path, std::error_code& error) {
    if (!fs::is_directory(path, error)) return {path};
    std::vector<std::string> scripts;
    for (auto entry = fs::recursive_directory_iterator{path, error};
         !error && entry != fs::recursive_directory_iterator{};
         entry.increment(error))
        if (entry->path().extension() == ".pkt" && entry->is_regular_file(error))
            scripts.push_back(entry->path().string());
    std::ranges::sort(scripts);
    return scripts;
}

class Driller {
public:
    Driller(const DrillRequest& request, std::ostream& out, std::ostream& err)
        : request_{request}, out_{out}, err_{err} {}

    void walk(const std::string& path) {
        std::error_code error;
        const std::vector<std::string> scripts = scriptsOf(path, error);
        if (error && error != std::errc::no_such_file_or_directory)
            fail(path + ": " + error.message());
        if (!error && scripts.empty()) fail(path + ": has no script (.pkt) in it");
        for (const std::string& script : scripts) runFile(script);
    }

    int finish() {
        out_ << counts_.passed << " passed, " << counts_.failed << " failed, " << counts_.skipped
             << " skipped\n";
        if (unreadable_) return exit_code::kFile;
        const bool all = counts_.failed == 0 && counts_.skipped == 0;
        return all ? exit_code::kDone : exit_code::kDoesNotHold;
    }

private:
    void fail(const std::string& what) {
        complain(err_, what);
        unreadable_ = true;
    }

    void runFile(const std::string& path) {
        const auto text = readText(path);
        if (!text) return fail(text.error().what);
        Trace trace{Origin::Simulated};
        const Verdict verdict = drill::run(
            *text, request_.profile, request_.definitions, request_.verbose ? &trace : nullptr);
        tell(path, verdict);
        if (!request_.verbose || verdict.kind != Verdict::Kind::Failed) return;
        const LadderStyle style{Notation::Tcpdump, request_.language, request_.colour};
        printScript(trace, verdict, style, out_);
    }

    void tell(const std::string& path, const Verdict& verdict) {
        switch (verdict.kind) {
            case Verdict::Kind::Passed:
                ++counts_.passed;
                out_ << "ok " << path << '\n';
                return;
            case Verdict::Kind::Skipped:
                ++counts_.skipped;
                out_ << "skip " << path << ": needs " << verdict.needs << '\n';
                return;
            case Verdict::Kind::Invalid:
                ++counts_.failed;
                out_ << "not ok " << path << ':' << verdict.place.line << ':'
                     << verdict.place.column << ": " << verdict.expected << '\n';
                return;
            case Verdict::Kind::Failed:
                ++counts_.failed;
                out_ << "not ok " << path << ':' << verdict.place.line << ": expected "
                     << verdict.expected << ", got " << verdict.got << '\n';
                return;
        }
    }

    const DrillRequest& request_;
    std::ostream& out_;
    std::ostream& err_;
    Counts counts_{};
    bool unreadable_ = false;
};

std::optional<tcp::Profile> profileNamed(const std::string& name) {
    for (const tcp::Profile profile : tcp::kProfiles)
        if (name == toString(profile)) return profile;
    return {};
}

}  // namespace

void printScript(const Trace& trace,
                 const Verdict& verdict,
                 const LadderStyle& style,
                 std::ostream& out) {
    for (const Connection& connection : trace.connections()) {
        out << '\n';
        printLadder(trace, connection.id, style, out);
    }
    if (verdict.kind != Verdict::Kind::Failed) return;
    const bool chinese = style.language == Language::Chinese;
    out << (chinese ? "\n    预期  " : "\n    expected  ") << verdict.expected
        << (chinese ? "\n    实际  " : "\n    got       ") << verdict.got << "\n\n";
}

int drill(const DrillRequest& request, std::ostream& out, std::ostream& err) {
    Driller driller{request, out, err};
    for (const std::string& path : request.paths) driller.walk(path);
    return driller.finish();
}

void addDrill(CLI::App& app, int& exitCode) {
    struct Words {
        DrillRequest request{};
        std::string profile = "auto";
        std::vector<std::string> definitions{};
        std::string language{};
    };
    const auto words = std::make_shared<Words>();
    CLI::App* verb = app.add_subcommand("drill", "Run packetdrill scripts against the model");
    verb->add_option("SCRIPT", words->request.paths, "Scripts (.pkt), or folders of them")
        ->required();
    verb->add_option("--profile", words->profile, "auto, rfc9293, textbook, linux or freebsd")
        ->check(oneOf({"auto", "rfc9293", "textbook", "linux", "freebsd"}));
    verb->add_option("-D", words->definitions, "NAME or NAME=VALUE, for #ifdef and as a word");
    verb->add_flag("-v", words->request.verbose, "The ladder of each script that fails");
    verb->add_option("--language", words->language, "Of a ladder: en or zh_CN; else the locale's")
        ->check(oneOf({"en", "zh_CN"}));
    verb->callback([words, &exitCode] {
        DrillRequest& request = words->request;
        request.profile = profileNamed(words->profile);
        for (const std::string& definition : words->definitions) {
            const std::size_t equals = std::min(definition.find('='), definition.size());
            request.definitions[definition.substr(0, equals)] =
                equals < definition.size() ? definition.substr(equals + 1) : "";
        }
        request.colour = colourWanted();
        request.language = languageNamed(words->language);
        exitCode = drill(request, std::cout, std::cerr);
    });
}

}  // namespace tcplab::cli
