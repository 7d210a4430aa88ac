#include "cli/run_diff.h"

#include "cli/figures.h"
#include "cli/words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <optional>
#include <utility>
#include <vector>

namespace tcplab::cli {
namespace {

std::string inSeconds(Instant at) {
    return fmt::format("{:.3f}", std::chrono::duration<double>(at.time_since_epoch()).count());
}

/// "4  0.010 -> 0.020", with an x where it was lost.
std::string journeyOf(const Trace& trace, const std::optional<PacketId>& number) {
    if (!number) return "-";
    const Transit& transit = trace.find(*number)->transit;
    std::string text = fmt::format("{}  {}", *number, inSeconds(transit.departed->at));
    if (transit.arrived) text += " -> " + inSeconds(transit.arrived->at);
    if (transit.lost) text += " x " + inSeconds(transit.lost->at);
    return text;
}

const Packet& packetOf(const Trace& a, const Trace& b, const PacketDiff& packet) {
    return packet.packet.a ? *a.find(*packet.packet.a) : *b.find(*packet.packet.b);
}

std::string differencesOf(const PacketDiff& packet, Language language) {
    const auto say = [&](std::string_view en, std::string_view zh) {
        return std::string{Text{en, zh}.in(language)};
    };
    if (!packet.packet.a || !packet.packet.b) return say("only here", "只在这里");
    std::vector<std::string> names;
    if (packet.sent) names.push_back(say("sent", "发送时间"));
    if (packet.fate) names.push_back(say("arrival", "到达"));
    if (packet.ack) names.push_back(say("ack", "确认号"));
    if (packet.window) names.push_back(say("window", "窗口"));
    return fmt::format("{}", fmt::join(names, say(", ", "、")));
}

std::string statesOf(const std::vector<tcp::State>& states) {
    std::vector<std::string_view> names;
    for (const tcp::State state : states) names.push_back(toString(state));
    return fmt::format("{}", fmt::join(names, ", "));
}

std::string entryText(const Trace& trace, const Entry& entry, const LadderStyle& style) {
    return fmt::format(
        "{} {}", toString(entry.side), labelOf(trace, entry.what, style.notation, style.language));
}

void printFirst(const NamedRun& run,
                const std::optional<std::size_t>& index,
                const LadderStyle& style,
                std::ostream& out) {
    const bool chinese = style.language == Language::Chinese;
    out << "  " << run.name << ": ";
    if (!index) {
        out << (chinese ? "已经结束\n" : "it has ended\n");
        return;
    }
    const Entry& entry = run.trace.entries()[*index];
    out << fmt::format("{} {}, {} s: {}\n",
                       chinese ? "步" : "step",
                       entry.moment,
                       inSeconds(entry.at),
                       entryText(run.trace, entry, style));
}

}  // namespace

void printRunDiff(const NamedRun& a,
                  const NamedRun& b,
                  const LadderStyle& style,
                  std::ostream& out) {
    const bool chinese = style.language == Language::Chinese;
    const RunDiff found = diff(a.trace, b.trace);
    if (found.same()) {
        out << (chinese ? "两次运行没有差别\n" : "The two runs are the same\n");
        return;
    }
    if (found.first) {
        out << (chinese ? "最早的差别\n" : "First difference\n");
        printFirst(a, found.first->a, style, out);
        printFirst(b, found.first->b, style, out);
    }
    if (!found.packets.empty()) {
        out << '\n';
        RowPrinter rows{out,
                        Format::Table,
                        {{"", chinese ? "主机" : "Host"},
                         {"", chinese ? "报文段" : "Packet"},
                         {"", a.name},
                         {"", b.name},
                         {"", chinese ? "不同之处" : "Differs"}},
                        style.colour};
        for (const PacketDiff& packet : found.packets) {
            const Packet& either = packetOf(a.trace, b.trace, packet);
            rows.row({std::string{sideName(either.from, style.language)},
                      labelOf(either, style.notation),
                      journeyOf(a.trace, packet.packet.a),
                      journeyOf(b.trace, packet.packet.b),
                      differencesOf(packet, style.language)});
        }
        rows.finish();
    }
    for (const Side side : kSides) {
        if (!found.states[side]) continue;
        out << (chinese ? "\n" : "\nStates of the ") << sideName(side, style.language)
            << (chinese ? "经过的状态\n" : "\n");
        out << "  " << a.name << ": " << statesOf(*found.states[side]->a) << '\n';
        out << "  " << b.name << ": " << statesOf(*found.states[side]->b) << '\n';
    }
}

void printRunDiffRows(const Trace& a, const Trace& b, Format format, std::ostream& out) {
    const auto number = [](std::uint64_t value) { return Cell{static_cast<std::int64_t>(value)}; };
    const LadderStyle style;
    RowPrinter rows{out,
                    format,
                    {{"what", "What"},
                     {"host", "Host"},
                     {"step_a", "Step of A"},
                     {"step_b", "Step of B"},
                     {"packet_a", "Packet of A"},
                     {"packet_b", "Packet of B"},
                     {"a", "A"},
                     {"b", "B"},
                     {"differs", "Differs"}}};
    const RunDiff found = diff(a, b);
    if (found.first) {
        const auto step = [&](const Trace& trace, const std::optional<std::size_t>& index) {
            return index ? number(trace.entries()[*index].moment) : Cell{};
        };
        const auto text = [&](const Trace& trace, const std::optional<std::size_t>& index) {
            return index ? Cell{entryText(trace, trace.entries()[*index], style)} : Cell{};
        };
        const auto& [x, y] = *found.first;
        rows.row({std::string{"first"},
                  Cell{},
                  step(a, x),
                  step(b, y),
                  Cell{},
                  Cell{},
                  text(a, x),
                  text(b, y),
                  Cell{}});
    }
    for (const PacketDiff& packet : found.packets) {
        const auto& [x, y] = packet.packet;
        const std::string label = labelOf(packetOf(a, b, packet));
        rows.row({std::string{"packet"},
                  std::string{toString(packetOf(a, b, packet).from)},
                  x ? number(a.find(*x)->transit.departed->moment) : Cell{},
                  y ? number(b.find(*y)->transit.departed->moment) : Cell{},
                  x ? number(*x) : Cell{},
                  y ? number(*y) : Cell{},
                  x ? Cell{label + ", " + journeyOf(a, x)} : Cell{},
                  y ? Cell{label + ", " + journeyOf(b, y)} : Cell{},
                  differencesOf(packet, Language::English)});
    }
    for (const Side side : kSides) {
        if (!found.states[side]) continue;
        rows.row({std::string{"states"},
                  std::string{toString(side)},
                  Cell{},
                  Cell{},
                  Cell{},
                  Cell{},
                  statesOf(*found.states[side]->a),
                  statesOf(*found.states[side]->b),
                  Cell{}});
    }
    rows.finish();
}

}  // namespace tcplab::cli
