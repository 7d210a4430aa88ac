#include "sim/drill/run.h"

namespace tcplab::drill {

namespace {

constexpr host::ProcessId kProcess = 1;

}  // namespace

Run::Failure Run::execute(const Statement& statement, const CallStatement& call) {
    if (auto failure = finishCall()) return failure;
    advance(due_);
    happened(statement.when, now_);
    const CallContext context{settings_, profile_, descriptors_};
    auto made = makeCall(call, context);
    if (!made) {
        if (!made.error().needs.empty()) return skipped(statement.place, made.error().needs);
        return invalid(made.error().wrong);
    }
    if (const auto* bind = std::get_if<host::call::Bind>(&*made)) boundPort_ = bind->address.port;

    Pending pending{.statement = &statement, .call = *made, .begin = now_};
    if (call.end) {
        const bool relative = statement.when.kind == When::Kind::Relative;
        const Duration base =
            relative ? (due_ - statement.when.at.value).time_since_epoch() : Duration{};
        pending.end = ScriptTime{base + call.end->value, call.end->rounding};
    }
    const std::string text = statement.text.substr(0, statement.text.rfind(" = "));
    host::Outcome outcome;
    pending.number = host_.call(kProcess, std::move(*made), now_, outcome);
    recorder_.called(now_, pending.number, text.substr(text.find(call.name)));
    pending_ = std::move(pending);
    take(std::move(outcome));
    if (!call.end || returned_.contains(pending_->number)) return finishCall();
    return {};
}

Run::Failure Run::finishCall() {
    if (!pending_) return {};
    const Pending pending = *pending_;
    // A call without a time for its end returns at once.
    const Instant limit =
        pending.end ? Instant{pending.end->value + pending.end->rounding} : pending.begin;
    while (pending.end && !returned_.contains(pending.number)) {
        const auto due = host_.nextDeadline();
        if (!due || *due > limit) break;
        now_ = std::max(now_, *due);
        host::Outcome outcome;
        host_.timeOut(now_, outcome);
        take(std::move(outcome));
    }
    pending_.reset();
    const auto returned = returned_.find(pending.number);
    if (returned == returned_.end())
        return failed(pending.statement->place, pending.statement->text, "a call that waits");
    return check(pending, returned->second);
}

Run::Failure Run::check(const Pending& pending, const Returned& returned) {
    const auto& statement = std::get<CallStatement>(pending.statement->what);
    const CallContext context{settings_, profile_, descriptors_};
    if (const auto got = unexpectedIn(statement, pending.call, returned.result, context))
        return failed(pending.statement->place, pending.statement->text, *got);
    if (pending.end) {
        const Duration late = returned.at - Instant{pending.end->value};
        if (std::chrono::abs(late) > pending.end->rounding) {
            const auto milliseconds = [](Duration duration) {
                return std::to_string(duration / std::chrono::milliseconds{1}) + " ms";
            };
            return failed(pending.statement->place,
                          pending.statement->text + " at " + milliseconds(pending.end->value),
                          "the result at " + milliseconds(returned.at.time_since_epoch()));
        }
    }
    opened(statement, pending.call, returned.result);
    return {};
}

void Run::opened(const CallStatement& statement,
                 const host::Call& call,
                 const host::Result& result) {
    const bool socket = std::holds_alternative<host::call::Socket>(call);
    const bool opens = socket || std::holds_alternative<host::call::Accept>(call) ||
                       std::holds_alternative<host::call::Dup>(call) ||
                       std::holds_alternative<host::call::EpollCreate>(call);
    if (!opens || result.error != host::Errno::None) return;
    const auto live = static_cast<host::Fd>(result.value);
    const bool numbered = statement.result.kind == Expression::Kind::Integer;
    descriptors_[numbered ? statement.result.value : result.value] = live;
    if (socket) current_.reset();
    if (socket || std::holds_alternative<host::call::Accept>(call))
        subject_ = host_.socketOf(kProcess, live);
}

}  // namespace tcplab::drill
