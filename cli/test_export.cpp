#include "cli/test_export.h"

#include "capture/test_source.h"
#include "cli/one_flow.h"
#include "cli/text_file.h"
#include "cli/verbs.h"
#include "sim/drill/play.h"

#include <fmt/format.h>

#include <filesystem>

namespace tcplab::cli {
namespace {

Unexpected<Error> usage(std::string what) {
    return Unexpected{Error{Error::Code::Usage, std::move(what)}};
}

/// The source of a test of one flow.
Expected<std::string, Error> sourceOf(const std::string& file,
                                      std::optional<ConnectionId> chosen,
                                      Export kind) {
    const auto loaded = capture::load(file);
    if (!loaded) return Unexpected{loaded.error()};
    const std::size_t count = loaded->flows.size();
    if (!chosen && count != 1)
        return usage(fmt::format("{}: {} flows; choose one with --flow N", file, count));
    const ConnectionId id = chosen.value_or(0);
    if (id >= count) return usage(fmt::format("{}: no flow {}", file, id));
    const capture::Flow& flow = loaded->flows[id];
    // A test in C++ finds the flow by its number, a rule by its ends.
    std::uint32_t alike = 0;
    for (const capture::Flow& other : loaded->flows)
        if (other.connection.ends == flow.connection.ends) ++alike;
    if (kind == Export::GoogleTest) alike = 1;
    const capture::FlowRule rule =
        without(ruleOf(loaded->trace, flow, alike), capture::RuleKey::LastsAtMost);
    const capture::TestSubject subject{.file = file, .flow = id};
    return kind == Export::Pytest ? toPytest(rule, subject) : toGoogleTest(rule, subject);
}

}  // namespace

int exportScript(const Trace& trace,
                 const drill::ScriptSubject& subject,
                 const DrawOptions& options,
                 std::ostream& err) {
    const auto script = drill::writeScript(trace, subject);
    if (!script) return complain(err, script.error());
    if (const auto failed = writeText(options.path, script->text)) return complain(err, *failed);
    err << options.path << ": " << toText(script->verdict).in(options.language) << '\n';
    return exit_code::kDone;
}

int exportTest(const std::vector<std::string>& files,
               std::optional<ConnectionId> flow,
               const DrawOptions& options,
               std::ostream& err) {
    if (files.size() != 1) return complain(err, usage("--export is of one file").error());
    const std::string& file = files.front();
    if (isSameFile(file, options.path))
        return complain(
            err, options.path + ": is what is read; write to another file", exit_code::kUsage);
    if (*options.exported != Export::Packetdrill) {
        const auto source = sourceOf(file, flow, *options.exported);
        if (!source) return complain(err, source.error());
        if (const auto failed = writeText(options.path, *source)) return complain(err, *failed);
        return exit_code::kDone;
    }
    constexpr std::size_t kHeaders = 256;
    const auto read = readFlow(file, flow, kHeaders);
    if (!read) return complain(err, read.error());
    const std::string name = std::filesystem::path{file}.filename().string();
    const ConnectionId id = read->flow.connection.id;
    return exportScript(
        read->trace,
        {.title = fmt::format("{}, flow {}", name, id), .connection = id, .host = options.host},
        options,
        err);
}

}  // namespace tcplab::cli
