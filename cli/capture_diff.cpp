#include "cli/capture_diff.h"

#include "cli/figures.h"
#include "cli/words.h"

#include <fmt/format.h>

#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace tcplab::cli {
namespace {

using capture::CaptureDiff;
using capture::Fate;
using capture::FieldChange;
using capture::FlowDiff;
using capture::Loaded;
using capture::OneWay;
using capture::PacketFate;

Cell number(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}

Cell numberOf(const std::optional<PacketId>& packet) {
    return packet ? number(*packet) : Cell{};
}

const Packet& packetOf(const Loaded& a, const Loaded& b, const PacketFate& fate) {
    return fate.packet.a ? *a.trace.find(*fate.packet.a) : *b.trace.find(*fate.packet.b);
}

std::string endsOf(const Loaded& loaded, ConnectionId flow) {
    const auto& ends = loaded.trace.connections().at(flow).ends;
    return toString(ends[Side::Client]) + " -> " + toString(ends[Side::Server]);
}

class Report {
public:
    Report(const Loaded& a, const Loaded& b, const LadderStyle& style, std::ostream& out)
        : a_{a}, b_{b}, style_{style}, out_{out} {}

    void flow(const FlowDiff& flow);
    void only(const Loaded& loaded, std::string_view name, ConnectionId flow);

private:
    [[nodiscard]] std::string_view say(std::string_view en, std::string_view zh) const {
        return Text{en, zh}.in(style_.language);
    }
    [[nodiscard]] std::string_view wordOf(Fate fate) const;
    [[nodiscard]] std::string_view nameOf(Side side) const {
        return sideName(side, style_.language);
    }
    /// Prints "  WHAT: REST", with the colon of the language.
    void tell(std::string_view what, std::string_view rest) const {
        out_ << "  " << what << say(": ", "：") << rest << '\n';
    }
    void whole(const FlowDiff& flow);
    void counts(const FlowDiff& flow);
    void packets(const FlowDiff& flow);
    void changes(const FlowDiff& flow);
    void delays(const FlowDiff& flow);

    const Loaded& a_;
    const Loaded& b_;
    LadderStyle style_;
    std::ostream& out_;
};

std::string_view Report::wordOf(Fate fate) const {
    switch (fate) {
        case Fate::Lost: return say("lost between", "途中丢失");
        case Fate::Appeared: return say("seen only after", "只在后一处出现");
        case Fate::Duplicated: return say("duplicated between", "途中重复");
        case Fate::Resegmented: return say("cut into other packets", "重新分段");
        case Fate::Reordered: return say("overtaken between", "途中被超过");
        case Fate::Changed: return say("changed between", "途中被修改");
    }
    TCPLAB_UNREACHABLE();
}

void Report::only(const Loaded& loaded, std::string_view name, ConnectionId flow) {
    out_ << fmt::format("{}  {} {}\n", endsOf(loaded, flow), say("is only in", "只在"), name);
}

void Report::flow(const FlowDiff& flow) {
    out_ << endsOf(a_, flow.a) << "  "
         << (style_.language == Language::Chinese
                 ? fmt::format("两处都有 {} 个报文段\n", flow.common)
                 : fmt::format("{} packets in both\n", flow.common));
    out_ << "  "
         << (flow.nearA == Side::Client ? say("A is nearer to the client", "A 离客户端较近")
                                        : say("A is nearer to the server", "A 离服务器较近"))
         << (flow.nearKnown ? std::string_view{} : say(" (assumed)", "（假定）")) << '\n';
    if (flow.same()) out_ << say("  nothing differs\n", "  没有差别\n");
    whole(flow);
    counts(flow);
    changes(flow);
    packets(flow);
    delays(flow);
}

// What holds for the connection as a whole.
void Report::whole(const FlowDiff& flow) {
    for (const FieldChange& end : flow.ends)
        out_ << fmt::format("  {}: {} -> {}\n", end.field, end.before, end.after);
    for (const Side side : kSides)
        if (flow.shift[side] != 0)
            tell(fmt::format(fmt::runtime(say("sequence numbers of the {}", "{}的序号偏移")),
                             nameOf(side)),
                 fmt::format("+{}", flow.shift[side]));
}

void Report::counts(const FlowDiff& flow) {
    std::map<Fate, PerSide<std::size_t>> counts;
    for (const PacketFate& packet : flow.packets) ++counts[packet.fate][packet.from];
    for (const auto& [fate, count] : counts)
        tell(wordOf(fate),
             fmt::format(
                 fmt::runtime(say("{}  (client {}, server {})", "{}（客户端 {}，服务器 {}）")),
                 count[Side::Client] + count[Side::Server],
                 count[Side::Client],
                 count[Side::Server]));
    if (flow.packets.empty()) return;
    const PacketFate& first = flow.packets.front();
    const Packet& packet = packetOf(a_, b_, first);
    tell(say("first difference", "最早的差别"),
         fmt::format(
             fmt::runtime(say("packet {} of {}, {} {}  {}", "{1} 的第 {0} 个报文段，{2} {3}  {4}")),
             packet.number,
             first.packet.a ? "A" : "B",
             nameOf(first.from),
             labelOf(packet, style_.notation),
             wordOf(first.fate)));
}

// The same change of many packets is one line.
void Report::changes(const FlowDiff& flow) {
    using Key = std::tuple<std::string_view, Side, std::string, std::string>;
    std::map<Key, std::pair<std::size_t, const PacketFate*>> alike;
    for (const PacketFate& packet : flow.packets)
        for (const FieldChange& change : packet.changes) {
            auto& [count, first] = alike[{change.field, packet.from, change.before, change.after}];
            if (count++ == 0) first = &packet;
        }
    if (alike.empty()) return;
    out_ << '\n';
    RowPrinter rows{out_,
                    Format::Table,
                    {{"", say("Field", "字段")},
                     {"", say("From", "发送方")},
                     {"", say("Before", "之前")},
                     {"", say("After", "之后")},
                     {"", say("Packets", "报文段数")},
                     {"", say("First in A", "A 中第一个")}},
                    style_.colour};
    for (const auto& [key, seen] : alike) {
        const auto& [field, from, before, after] = key;
        rows.row({std::string{field},
                  std::string{nameOf(from)},
                  before,
                  after,
                  number(seen.first),
                  numberOf(seen.second->packet.a)});
    }
    rows.finish();
}

void Report::packets(const FlowDiff& flow) {
    const bool any = std::ranges::any_of(
        flow.packets, [](const PacketFate& packet) { return packet.fate != Fate::Changed; });
    if (!any) return;
    out_ << '\n';
    RowPrinter rows{out_,
                    Format::Table,
                    {{"", say("From", "发送方")},
                     {"", "A"},
                     {"", "B"},
                     {"", say("Packet", "报文段")},
                     {"", say("What happened", "发生了什么")}},
                    style_.colour};
    for (const PacketFate& packet : flow.packets)
        if (packet.fate != Fate::Changed)
            rows.row({std::string{nameOf(packet.from)},
                      numberOf(packet.packet.a),
                      numberOf(packet.packet.b),
                      labelOf(packetOf(a_, b_, packet), style_.notation),
                      std::string{wordOf(packet.fate)}});
    rows.finish();
}

void Report::delays(const FlowDiff& flow) {
    out_ << '\n';
    for (const Side side : kSides) {
        const OneWay& delay = flow.delay[side];
        if (delay.packets == 0) continue;
        tell(fmt::format(fmt::runtime(say("one way from the {}", "从{}出发的单程时延")),
                         nameOf(side)),
             fmt::format("{} / {} / {} ms",
                         milliseconds(delay.least),
                         milliseconds(delay.mean),
                         milliseconds(delay.most)));
    }
    const auto offset = flow.clockOffset();
    if (!offset) return;
    const Duration roundTrip = flow.delay[Side::Client].least + flow.delay[Side::Server].least;
    tell(say("there and back, whatever the clocks say", "往返，与时钟无关"),
         milliseconds(roundTrip) + " ms");
    tell(say("B's clock is ahead, if both ways are equally long, by",
             "若两个方向时延相等，B 的时钟超前"),
         milliseconds(*offset) + " ms");
    out_ << say("  (one-way figures are least / mean / most, and hold if the clocks agree)\n",
                "  （单程数值依次为最小、平均、最大，前提是两处时钟一致）\n");
}

const std::vector<Column> kColumns{{"what", "What"},
                                   {"flow_a", "Flow of A"},
                                   {"flow_b", "Flow of B"},
                                   {"from", "From"},
                                   {"packet_a", "Packet of A"},
                                   {"packet_b", "Packet of B"},
                                   {"label", "Packet"},
                                   {"field", "Field"},
                                   {"before", "Before"},
                                   {"after", "After"},
                                   {.key = "packets", .heading = "Packets", .optional = true},
                                   {.key = "least_ms", .heading = "Least", .optional = true},
                                   {.key = "mean_ms", .heading = "Mean", .optional = true},
                                   {.key = "most_ms", .heading = "Most", .optional = true}};

/// A row of kColumns.
struct Row {
    std::string what{};
    Cell flowA{};
    Cell flowB{};
    Cell from{};
    Cell packetA{};
    Cell packetB{};
    Cell label{};
    Cell field{};
    Cell before{};
    Cell after{};
    Cell packets{};
    Cell least{};
    Cell mean{};
    Cell most{};

    void print(RowPrinter& rows) const {
        rows.row({what,
                  flowA,
                  flowB,
                  from,
                  packetA,
                  packetB,
                  label,
                  field,
                  before,
                  after,
                  packets,
                  least,
                  mean,
                  most});
    }
};

void printFlowRows(const Loaded& a, const Loaded& b, const FlowDiff& flow, RowPrinter& rows) {
    const auto row = [&](std::string_view what) {
        return Row{.what = std::string{what}, .flowA = number(flow.a), .flowB = number(flow.b)};
    };
    const auto change = [](Row& changed, const FieldChange& what) {
        changed.field = std::string{what.field};
        changed.before = what.before;
        changed.after = what.after;
    };
    for (const FieldChange& end : flow.ends) {
        Row one = row("end");
        change(one, end);
        one.print(rows);
    }
    for (const Side side : kSides) {
        const std::string from{toString(side)};
        if (flow.shift[side] != 0) {
            Row shift = row("shift");
            shift.from = from;
            shift.field = std::string{"sequence number"};
            shift.after = number(flow.shift[side]);
            shift.print(rows);
        }
        const OneWay& times = flow.delay[side];
        if (times.packets == 0) continue;
        Row delay = row("delay");
        delay.from = from;
        delay.packets = number(times.packets);
        delay.least = Literal{milliseconds(times.least)};
        delay.mean = Literal{milliseconds(times.mean)};
        delay.most = Literal{milliseconds(times.most)};
        delay.print(rows);
    }
    for (const PacketFate& packet : flow.packets) {
        Row one = row(toString(packet.fate));
        one.from = std::string{toString(packet.from)};
        one.packetA = numberOf(packet.packet.a);
        one.packetB = numberOf(packet.packet.b);
        one.label = labelOf(packetOf(a, b, packet));
        if (packet.changes.empty()) one.print(rows);
        for (const FieldChange& what : packet.changes) {
            change(one, what);
            one.print(rows);
        }
    }
}

}  // namespace

void printCaptureDiff(const Loaded& a,
                      const Loaded& b,
                      const CaptureDiff& found,
                      const LadderStyle& style,
                      std::ostream& out) {
    Report report{a, b, style, out};
    for (const FlowDiff& flow : found.flows) report.flow(flow);
    for (const ConnectionId flow : found.onlyA) report.only(a, "A", flow);
    for (const ConnectionId flow : found.onlyB) report.only(b, "B", flow);
}

void printCaptureDiffRows(
    const Loaded& a, const Loaded& b, const CaptureDiff& found, Format format, std::ostream& out) {
    RowPrinter rows{out, format, kColumns};
    for (const FlowDiff& flow : found.flows) printFlowRows(a, b, flow, rows);
    for (const ConnectionId flow : found.onlyA)
        Row{.what = "only_a", .flowA = number(flow), .label = endsOf(a, flow)}.print(rows);
    for (const ConnectionId flow : found.onlyB)
        Row{.what = "only_b", .flowB = number(flow), .label = endsOf(b, flow)}.print(rows);
    rows.finish();
}

}  // namespace tcplab::cli
