#include "cli/event_rows.h"

#include "cli/figures.h"
#include "sim/base/overloaded.h"
#include "sim/trace/label.h"

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tcplab::cli {
namespace {

/// What an entry says, in the columns of kEventColumns from `what` on.
struct Event {
    std::string what{};
    Cell from{};
    Cell to{};
    Cell packet{};
    Cell call{};
    Cell text{};
    Cell result{};
    Cell timer{};
    Cell due{};
    Cell variable{};
    Cell before{};
    Cell after{};
};

const std::vector<Column> kEventColumns{
    {"time"},
    {"", "Seconds"},
    {"host", "Host"},
    {"connection"},
    {"what", "What"},
    {"from", "From"},
    {"to", "To"},
    {"packet", "Packet"},
    {.key = "call", .optional = true},
    {.key = "text", .heading = "Text", .optional = true},
    {.key = "result", .heading = "Result", .optional = true},
    {.key = "timer", .heading = "Timer", .optional = true},
    {.key = "due", .optional = true},
    {.key = "variable", .heading = "Variable", .optional = true},
    {.key = "before", .heading = "Before", .optional = true},
    {.key = "after", .heading = "After", .optional = true},
    {"clause", "Clause"},
};

Cell number(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}

Event eventOf(const Trace& trace, const Happening& happening) {
    const auto aboutPacket = [](std::string what, PacketId packet) {
        return Event{.what = std::move(what), .packet = number(packet)};
    };
    const auto aboutTimer = [](std::string what, std::string_view timer) {
        return Event{.what = std::move(what), .timer = std::string{timer}};
    };
    return std::visit(
        Overloaded{
            [&](const Sent& sent) {
                Event event = aboutPacket("sent", sent.packet);
                event.text = labelOf(*trace.find(sent.packet));
                return event;
            },
            [&](const Arrived& arrived) { return aboutPacket("arrived", arrived.packet); },
            [&](const Lost& lost) { return aboutPacket("lost", lost.packet); },
            [&](const Discarded& it) { return aboutPacket("discarded", it.packet); },
            [](const Entered& entered) {
                return Event{.what = "entered",
                             .from = std::string{tcp::toString(entered.from)},
                             .to = std::string{tcp::toString(entered.to)}};
            },
            [](const Called& called) {
                return Event{.what = "called", .call = number(called.call), .text = called.text};
            },
            [](const Returned& returned) {
                return Event{.what = "returned",
                             .call = number(returned.call),
                             .text = returned.text,
                             .result = returned.result};
            },
            [&](const Armed& armed) {
                Event event = aboutTimer("armed", armed.timer);
                event.due = Literal{seconds(armed.due)};
                return event;
            },
            [&](const Disarmed& disarmed) { return aboutTimer("disarmed", disarmed.timer); },
            [&](const Fired& fired) { return aboutTimer("fired", fired.timer); },
            [](const VariableChanged& changed) {
                return Event{.what = "changed",
                             .variable = std::string{changed.name},
                             .before = number(changed.before),
                             .after = number(changed.after)};
            },
        },
        happening);
}

}  // namespace

void printEvents(const Trace& trace, Format format, bool colour, std::ostream& out) {
    RowPrinter rows{out, format, kEventColumns, colour};
    for (const Entry& entry : trace.entries()) {
        Event event = eventOf(trace, entry.what);
        if (std::holds_alternative<std::monostate>(event.packet) && entry.cause)
            event.packet = number(*entry.cause);
        const std::string clause = entry.why.citation();
        rows.row({Literal{seconds(entry.at)},
                  Literal{shortSeconds(entry.at.time_since_epoch())},
                  std::string{toString(entry.side)},
                  number(entry.connection),
                  event.what,
                  event.from,
                  event.to,
                  event.packet,
                  event.call,
                  event.text,
                  event.result,
                  event.timer,
                  event.due,
                  event.variable,
                  event.before,
                  event.after,
                  clause.empty() ? Cell{} : Cell{clause}});
    }
    rows.finish();
}

}  // namespace tcplab::cli
