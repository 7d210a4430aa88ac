#include "cli/ladder.h"

#include "cli/width.h"
#include "sim/base/overloaded.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tcplab::cli {
namespace {

constexpr std::size_t kLeastSideWidth = 15;  // An IPv4 address and some air.
constexpr std::size_t kLeastArrowWidth = 36;
constexpr Duration kLongPause = std::chrono::milliseconds{500};

/// What one line of the ladder says beside one end.
struct Cell {
    std::optional<Instant> at{};
    std::string text{};
    bool isState = false;
};

/// An arrow, or the part of it that its line has: a packet may leave on one line and arrive, after
/// others, on another.
struct Arrow {
    PacketId packet = 0;
    Side from{};
    std::string label{};
    bool leaves = false;
    bool arrives = false;
    bool lost = false;
    bool again = false;  ///< A retransmission.
};

struct Line {
    PerSide<Cell> cells{};
    std::optional<Arrow> arrow{};
    std::optional<Duration> pause{};
};

/// Turns a record into lines, moment by moment.
class Story {
public:
    Story(const Trace& trace, ConnectionId connection, const LadderStyle& style)
        : trace_{trace}, connection_{connection}, style_{style} {}

    std::vector<Line> tell();

private:
    void tellEntry(const Entry& entry);
    void begin(const Entry& entry, const Called& call);
    void end(const Entry& entry, const Returned& call);
    [[nodiscard]] std::string labelFor(const Packet& packet) const;
    void depart(const Entry& entry, const Packet& packet);
    void see(const Packet& packet, Instant at);
    std::size_t lineOfArrival(const Entry& entry, const Packet& packet);
    void arrive(const Entry& entry, const Packet& packet, bool lost);
    void writeState(const Entry& entry, bool momentEnds);
    void pauseBefore(Instant at);
    /// Writes beside one end, on a line of its own.
    Line& write(const Entry& entry, std::string text);
    [[nodiscard]] std::optional<std::size_t> lineOf(PacketId packet) const;

    const Trace& trace_;
    ConnectionId connection_;
    const LadderStyle& style_;
    std::vector<Line> lines_{};
    PerSide<std::size_t> used_{};  ///< The lines of each end that are written on: those before it.
    Instant latest_{};
    std::optional<std::size_t> begun_{};   ///< The line of the call that began in this moment.
    std::optional<tcp::State> entered_{};  ///< In this moment, and not written yet.
};

std::optional<std::size_t> Story::lineOf(PacketId packet) const {
    for (std::size_t i = lines_.size(); i-- > 0;)
        if (lines_[i].arrow && lines_[i].arrow->packet == packet) return i;
    return std::nullopt;
}

void Story::pauseBefore(Instant at) {
    if (!lines_.empty() && at - latest_ >= kLongPause) {
        lines_.push_back({.pause = at - latest_});
        used_ = {{lines_.size(), lines_.size()}};
    }
    latest_ = std::max(latest_, at);
}

Line& Story::write(const Entry& entry, std::string text) {
    Line& line = lines_.emplace_back();
    line.cells[entry.side] = {.at = entry.at, .text = std::move(text)};
    used_[entry.side] = lines_.size();
    return line;
}

void Story::begin(const Entry& entry, const Called& call) {
    pauseBefore(entry.at);
    begun_ = lines_.size();
    write(entry, call.text + " …");
}

// A call that does not wait is one line.
void Story::end(const Entry& entry, const Returned& call) {
    const std::string text = call.text + " = " + call.result;
    if (begun_)
        lines_[*begun_].cells[entry.side].text = text;
    else
        write(entry, text);
    begun_.reset();
}

std::string Story::labelFor(const Packet& packet) const {
    std::string label = fmt::format("{}  {}", packet.number, labelOf(packet, style_.notation));
    constexpr Text kAgain{" (again: {})", "（重传 {}）"};
    if (packet.retransmissionOf)
        label += fmt::format(fmt::runtime(kAgain.in(style_.language)), *packet.retransmissionOf);
    return label;
}

void Story::depart(const Entry& entry, const Packet& packet) {
    Line& line = lines_.emplace_back();
    line.cells[entry.side].at = entry.at;
    line.arrow = Arrow{.packet = packet.number,
                       .from = packet.from,
                       .label = labelFor(packet),
                       .leaves = true,
                       .again = packet.retransmissionOf.has_value()};
    used_[entry.side] = lines_.size();
}

// Of a captured packet nobody knows when it left or arrived: it is one whole arrow.
void Story::see(const Packet& packet, Instant at) {
    pauseBefore(at);
    Line& line = lines_.emplace_back();
    for (const Side side : kSides) line.cells[side].at = at;
    line.arrow = Arrow{.packet = packet.number,
                       .from = packet.from,
                       .label = labelFor(packet),
                       .leaves = true,
                       .arrives = true,
                       .again = packet.retransmissionOf.has_value()};
    used_ = {{lines_.size(), lines_.size()}};
}

// Where a packet arrives: on the line of its departure, if nothing stands in its receiver's column
// from there on, or if the line can be moved down, past calls. Else on a line of its own.
std::size_t Story::lineOfArrival(const Entry& entry, const Packet& packet) {
    const auto hasArrow = [](const Line& line) { return line.arrow.has_value(); };
    auto departure = lineOf(packet.number);
    if (departure && (lines_[*departure].arrow->arrives || lines_[*departure].arrow->lost))
        departure.reset();  // A copy.
    if (departure && *departure >= used_[other(packet.from)]) return *departure;
    const auto from = lines_.begin() + static_cast<std::ptrdiff_t>(departure.value_or(0));
    const bool pastCallsOnly = std::none_of(from + 1, lines_.end(), hasArrow);
    if (departure && *departure + 1 == used_[packet.from] && pastCallsOnly) {
        std::rotate(from, from + 1, lines_.end());
        used_[packet.from] = lines_.size();
        return lines_.size() - 1;
    }
    pauseBefore(entry.at);
    lines_.push_back({.arrow = Arrow{.packet = packet.number, .from = packet.from}});
    return lines_.size() - 1;
}

void Story::arrive(const Entry& entry, const Packet& packet, bool lost) {
    const Side receiver = other(packet.from);
    const std::size_t at = lineOfArrival(entry, packet);
    Line& line = lines_[at];
    line.arrow->arrives = !lost;
    line.arrow->lost = lost;
    if (!lost) line.cells[receiver].at = entry.at;
    used_[receiver] = at + 1;
    latest_ = std::max(latest_, entry.at);
}

// A change of state stands beside the arrow that made it or that it sends, or alone.
void Story::writeState(const Entry& entry, bool momentEnds) {
    if (!entered_) return;
    Line* line = used_[entry.side] > 0 ? &lines_[used_[entry.side] - 1] : nullptr;
    const bool fits = line != nullptr && line->arrow && line->cells[entry.side].text.empty() &&
                      line->cells[entry.side].at == entry.at;
    if (!fits && !momentEnds) return;
    if (!fits) line = &write(entry, "");
    line->cells[entry.side].text = tcp::toString(*entered_);
    line->cells[entry.side].isState = true;
    entered_.reset();
}

void Story::tellEntry(const Entry& entry) {
    const auto packet = [&](PacketId number) -> const Packet& { return *trace_.find(number); };
    std::visit(Overloaded{
                   [&](const Sent& what) { depart(entry, packet(what.packet)); },
                   [&](const Arrived& what) { arrive(entry, packet(what.packet), false); },
                   [&](const Lost& what) { arrive(entry, packet(what.packet), true); },
                   [&](const Entered& what) {
                       writeState(entry, true);
                       entered_ = what.to;
                   },
                   [&](const Called& what) { begin(entry, what); },
                   [&](const Returned& what) { end(entry, what); },
                   [&](const Fired& what) {
                       pauseBefore(entry.at);
                       constexpr Text kTimeout{"{} timeout", "{}超时"};
                       write(entry,
                             fmt::format(fmt::runtime(kTimeout.in(style_.language)),
                                         nameOfTimer(what.timer).in(style_.language)));
                   },
                   [](const Discarded&) {},
                   [](const Armed&) {},
                   [](const Disarmed&) {},
                   [](const VariableChanged&) {},
               },
               entry.what);
    writeState(entry, false);
}

std::vector<Line> Story::tell() {
    std::vector<const Packet*> seen;
    for (const Packet& packet : trace_.packets())
        if (packet.connection == connection_ && packet.transit.seen) seen.push_back(&packet);
    auto nextSeen = seen.begin();
    const auto seeUntil = [&](Moment moment) {
        for (; nextSeen != seen.end() && (*nextSeen)->transit.seen->moment <= moment; ++nextSeen)
            see(**nextSeen, (*nextSeen)->transit.seen->at);
    };

    std::vector<const Entry*> entries;
    for (const Entry& entry : trace_.entries())
        if (entry.connection == connection_) entries.push_back(&entry);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        seeUntil(entries[i]->moment);
        tellEntry(*entries[i]);
        const bool more = i + 1 < entries.size() && entries[i + 1]->moment == entries[i]->moment;
        if (more && entries[i + 1]->side == entries[i]->side) continue;
        writeState(*entries[i], true);
        if (!more) begun_.reset();
    }
    seeUntil(trace_.moments());
    return std::move(lines_);
}

/// Puts lines on paper.
class Paper {
public:
    Paper(std::ostream& out, bool colour, Instant start, const std::vector<Line>& lines)
        : out_{out}, colour_{colour}, start_{start} {
        for (const Line& line : lines) {
            if (line.arrow) arrowWidth_ = std::max(arrowWidth_, line.arrow->label.size() + 8);
            for (const Side side : kSides) {
                const Cell& cell = line.cells[side];
                sideWidth_ = std::max(sideWidth_, widthOf(cell.text));
                const Duration time = cell.at.value_or(start_) - start_;
                if (time % std::chrono::milliseconds{1} != Duration{}) decimals_ = 6;
            }
        }
    }

    void heading(const Connection& connection);
    void print(const Line& line);

private:
    [[nodiscard]] std::string time(const std::optional<Instant>& at) const;
    [[nodiscard]] std::string side(const Cell& cell) const;
    [[nodiscard]] std::string middle(const Line& line) const;
    [[nodiscard]] std::string draw(const Arrow& arrow) const;
    [[nodiscard]] std::string paint(std::string_view code, const std::string& text) const {
        return colour_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
    }

    std::ostream& out_;
    bool colour_;
    Instant start_;
    std::size_t sideWidth_ = kLeastSideWidth;
    std::size_t arrowWidth_ = kLeastArrowWidth;
    int decimals_ = 3;
};

std::string Paper::time(const std::optional<Instant>& at) const {
    const int width = decimals_ + 6;
    if (!at) return std::string(static_cast<std::size_t>(width), ' ');
    const auto ns = (*at - start_).count();
    const auto fraction = ns % 1'000'000'000 / (decimals_ == 3 ? 1'000'000 : 1'000);
    return fmt::format("{:>{}}.{:0>{}}", ns / 1'000'000'000, 5, fraction, decimals_);
}

std::string Paper::side(const Cell& cell) const {
    const std::string text = padded(cell.text, sideWidth_);
    return cell.isState ? paint("1", text) : text;
}

std::string line(std::size_t width) {
    std::string text;
    for (std::size_t i = 0; i < width; ++i) text += "─";
    return text;
}

std::string Paper::draw(const Arrow& arrow) const {
    // Towards the right; for the other direction the parts change their order.
    const std::string label =
        arrow.leaves ? " " + arrow.label + " " : fmt::format(" {} ", arrow.packet);
    const std::string head = arrow.lost ? "✕" : arrow.from == Side::Client ? "▶" : "◀";
    const bool ends = arrow.arrives || arrow.lost;
    const std::string tail = arrow.leaves ? line(2) : "┄┄";
    const std::string tip = ends ? line(1) + head : "┄┄";
    const std::size_t room = arrowWidth_ - std::min(arrowWidth_, label.size() + 4);
    // The label stays near the end that the line belongs to.
    std::string text;
    if (arrow.from == Side::Client)
        text = tail + label + line(room) + tip;
    else
        text = (ends ? head + line(1) : "┄┄") + line(room) + label + tail;
    return arrow.lost ? paint("31", text) : arrow.again ? paint("33", text) : text;
}

std::string Paper::middle(const Line& one) const {
    if (one.arrow) return draw(*one.arrow);
    if (one.pause) {
        const double seconds = std::chrono::duration<double>(*one.pause).count();
        return paint("2",
                     padded(fmt::format("{:>{}}⋮  {:.3f} s", "", arrowWidth_ / 2 - 6, seconds),
                            arrowWidth_));
    }
    return std::string(arrowWidth_, ' ');
}

void Paper::heading(const Connection& connection) {
    const auto row = [&](const std::string& left, const std::string& right, bool areStates) {
        print({.cells = {{Cell{.text = left, .isState = areStates},
                          Cell{.text = right, .isState = areStates}}}});
    };
    const auto& ends = connection.ends;
    row("client", "server", false);
    row(toString(ends[Side::Client]), toString(ends[Side::Server]), false);
    row(std::string{tcp::toString(connection.initial[Side::Client])},
        std::string{tcp::toString(connection.initial[Side::Server])},
        true);
}

void Paper::print(const Line& one) {
    const Cell& left = one.cells[Side::Client];
    const Cell& right = one.cells[Side::Server];
    std::string text = time(left.at) + "  " + side(left) + ' ' + middle(one) + ' ';
    text += side(right) + time(right.at);
    text.erase(text.find_last_not_of(' ') + 1);
    out_ << text << '\n';
}

}  // namespace

void printLadder(const Trace& trace,
                 ConnectionId connection,
                 const LadderStyle& style,
                 std::ostream& out) {
    const auto& known = trace.connections();
    const auto found = std::ranges::find(known, connection, &Connection::id);
    TCPLAB_CHECK(found != known.end());
    const std::vector<Line> lines = Story{trace, connection, style}.tell();
    Paper paper{out, style.colour, startOf(trace, connection), lines};
    paper.heading(*found);
    for (const Line& line : lines) paper.print(line);
}

void printReasons(const Trace& trace,
                  ConnectionId connection,
                  const LadderStyle& style,
                  std::ostream& out) {
    const Instant start = startOf(trace, connection);
    for (const Entry& entry : trace.entries()) {
        const auto* change = std::get_if<Entered>(&entry.what);
        if (change == nullptr || entry.connection != connection) continue;
        const std::string to{tcp::toString(change->to)};
        out << fmt::format("{:>9.3f}  {} {} -> {}  {}\n",
                           std::chrono::duration<double>(entry.at - start).count(),
                           toString(entry.side),
                           tcp::toString(change->from),
                           style.colour ? "\x1b[1m" + to + "\x1b[0m" : to,
                           entry.why.citation());
        if (entry.why) out << "           " << entry.why->says.in(style.language) << '\n';
    }
}

}  // namespace tcplab::cli
