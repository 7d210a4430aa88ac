#include "sim/drill/run.h"

#include "sim/drill/command.h"
#include "sim/drill/constants.h"
#include "sim/drill/parse_script.h"
#include "sim/host/tcp_info.h"

#include <algorithm>

namespace tcplab::drill {

namespace {

host::HostConfig hostOf(const Settings& settings, tcp::Profile profile) {
    host::HostConfig config = host::hostConfigOf(profile);
    (settings.ipVersion == 4 ? config.v4 : config.v6) = settings.local;
    config.mtu = settings.mtu;
    return config;
}

}  // namespace

Run::Run(const Script& script, Settings settings, tcp::Profile profile, Sink* sink)
    : script_{script},
      settings_{settings},
      profile_{profile},
      recorder_{sink},
      host_{hostOf(settings, profile)},
      boundPort_{settings.bindPort} {}

Verdict Run::run() {
    for (const Statement& statement : script_.statements) {
        if (!statement.needs.empty()) return skipped(statement.place, statement.needs);
        begin(statement.when);
        if (until_ + statement.when.at.rounding < last_)
            return invalid({statement.place, "expected a time after that of the statement before"});
        if (auto failure = execute(statement)) return *failure;
    }
    return finishCall().value_or(Verdict{});
}

Verdict Run::skipped(Place place, std::string needs) {
    return {.kind = Verdict::Kind::Skipped, .place = place, .needs = std::move(needs)};
}

Verdict Run::failed(Place place, std::string expected, std::string got) {
    return {Verdict::Kind::Failed, place, std::move(expected), std::move(got), {}};
}

Verdict Run::invalid(const ScriptError& mistake) {
    return {.kind = Verdict::Kind::Invalid, .place = mistake.place, .expected = mistake.what};
}

// Sets due_ and until_ from what the script says.
void Run::begin(const When& when) {
    const Instant start{};
    switch (when.kind) {
        case When::Kind::Absolute: due_ = until_ = scripted_ = start + when.at.value; return;
        case When::Kind::Relative:
            due_ = until_ = last_ + when.at.value;
            scripted_ += when.at.value;
            return;
        case When::Kind::Any: due_ = until_ = last_; return;
        case When::Kind::AbsoluteRange:
            due_ = start + when.at.value;
            until_ = start + when.until.value;
            return;
        case When::Kind::RelativeRange:
            due_ = last_ + when.at.value;
            until_ = last_ + when.until.value;
            return;
    }
}

void Run::happened(const When& when, Instant at) {
    last_ = at;
    if (when.kind != When::Kind::Absolute && when.kind != When::Kind::Relative) scripted_ = at;
}

Run::Failure Run::execute(const Statement& statement) {
    return std::visit([&](const auto& what) { return execute(statement, what); }, statement.what);
}

// What is due before this time happens; what is due at it comes after the statement.
void Run::advance(Instant to) {
    for (auto due = host_.nextDeadline(); due && *due < to; due = host_.nextDeadline()) {
        now_ = std::max(now_, *due);
        host::Outcome outcome;
        host_.timeOut(now_, outcome);
        take(std::move(outcome));
    }
    now_ = std::max(now_, to);
}

void Run::take(host::Outcome outcome) {
    for (host::Deed& deed : outcome) {
        if (auto* sent = std::get_if<host::Sent>(&deed)) {
            recorder_.hostSent(now_, *sent);
            sent_.push_back({now_, std::move(sent->datagram)});
        } else if (const auto* acted = std::get_if<host::Acted>(&deed)) {
            recorder_.acted(now_, *acted);
        } else if (auto* returned = std::get_if<host::CallReturned>(&deed)) {
            if (pending_)
                recorder_.returned(now_,
                                   returned->call,
                                   std::get<CallStatement>(pending_->statement->what).name + "()",
                                   resultText(pending_->call, returned->result, profile_));
            returned_[returned->call] = {now_, std::move(returned->result)};
        }
    }
}

Run::Failure Run::execute(const Statement& statement, const CommandStatement& command) {
    advance(due_);
    happened(statement.when, now_);
    host::Outcome outcome;
    const auto result = runCommand(command.line, host_, now_, outcome);
    if (!result) return skipped(statement.place, result.error());
    take(std::move(outcome));
    if (result->succeeded) return {};
    const std::string output = result->output.substr(0, result->output.find('\n'));
    return failed(
        statement.place, "`" + command.line + "` to succeed", output.empty() ? "no match" : output);
}

Run::Failure Run::execute(const Statement& statement, const CodeStatement& code) {
    advance(due_);
    happened(statement.when, now_);
    const auto socket = subject_ ? host_.sockets().find(*subject_) : host_.sockets().end();
    const bool octets = profile_ == tcp::Profile::FreeBsd;
    const Lookup lookup = [&](std::string_view name) -> std::optional<std::int64_t> {
        if (const auto value = constant(name, profile_)) return value;
        if (socket == host_.sockets().end()) return {};
        if (name == "tcpi_state") return stateNumber(socket->second.endpoint.state(), profile_);
        return host::tcpInfo(host_, socket->second, name, now_, octets);
    };
    const auto holds = checkCode(code.text, lookup, codeVariables_);
    if (!holds) return skipped(statement.place, holds.error());
    if (!*holds) return {};
    return failed(statement.place, (*holds)->expression, (*holds)->values);
}

tcp::Profile profileOf(std::string_view source) {
    for (const tcp::Profile profile : tcp::kProfiles)
        if (source.find("// profile: " + std::string{toString(profile)} + "\n") != source.npos)
            return profile;
    for (const std::string_view word : {"net.inet.", "kern.ipc.", "sockstat", "tcpdrop"})
        if (source.find(word) != std::string_view::npos) return tcp::Profile::FreeBsd;
    for (const std::string_view word : {"net.ipv4.", "net/ipv4/", "net.core.", "defaults.sh"})
        if (source.find(word) != std::string_view::npos) return tcp::Profile::Linux;
    return tcp::Profile::Rfc9293;
}

Definitions definitionsOf(tcp::Profile profile) {
    switch (profile) {
        case tcp::Profile::FreeBsd: return {{"FreeBSD", ""}};
        case tcp::Profile::Linux: return {{"Linux", ""}};
        case tcp::Profile::Rfc9293:
        case tcp::Profile::Textbook: return {{"STANDARD", ""}};
    }
    TCPLAB_UNREACHABLE();
}

Verdict run(const Script& script, tcp::Profile profile, Sink* sink) {
    const auto settings = settingsOf(script);
    if (!settings) return Run::invalid(settings.error());
    return Run{script, *settings, profile, sink}.run();
}

Verdict run(std::string_view source,
            std::optional<tcp::Profile> profile,
            const Definitions& definitions,
            Sink* sink) {
    const tcp::Profile chosen = profile.value_or(profileOf(source));
    Definitions all = definitionsOf(chosen);
    for (const auto& [name, value] : definitions) all[name] = value;
    const auto script = parseScript(source, all);
    if (!script) return Run::invalid(script.error());
    return run(*script, chosen, sink);
}

}  // namespace tcplab::drill
