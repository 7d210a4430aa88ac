#include "cli/page.h"

#include "cli/page_parts.h"
#include "sim/base/overloaded.h"
#include "sim/tcp/state_words.h"
#include "sim/trace/label.h"
#include "sim/wire/hex.h"
#include "sim/wire/notation.h"
#include "sim/wire/stack.h"

#include "picture/palette.h"
#include "picture/svg.h"
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace tcplab::cli {
namespace {

using nlohmann::json;

constexpr std::size_t kMostPackets = 2000;
constexpr std::size_t kMostOctets = 256;  // Of a packet.

json both(std::string_view en, std::string_view zh) {
    return {{"en", en}, {"zh", zh}};
}
json both(const Text& text) {
    return both(text.en, text.zh);
}
json both(const wire::Phrase& phrase) {
    return both(phrase.en, phrase.zh);
}

std::string_view nameOf(picture::Role role) {
    switch (role) {
        case picture::Role::None: return "none";
        case picture::Role::Opening: return "opening";
        case picture::Role::Open: return "open";
        case picture::Role::ClosingFirst: return "closing-first";
        case picture::Role::ClosingSecond: return "closing-second";
        case picture::Role::Fault: return "fault";
    }
    TCPLAB_UNREACHABLE();
}

/// Things that are told many times, kept once.
template <class Key>
class Table {
public:
    std::size_t indexOf(const Key& key, json value) {
        const auto [found, added] = places_.try_emplace(key, all_.size());
        if (added) all_.push_back(std::move(value));
        return found->second;
    }
    [[nodiscard]] json take() { return std::move(all_); }

private:
    std::map<Key, std::size_t> places_{};
    json all_ = json::array();
};

/// Turns one connection of a trace into the page's data. Moments are counted anew: those of other
/// connections are left out.
class Writer {
public:
    Writer(const Trace& trace, const Connection& connection, const PageAbout& about)
        : trace_{trace},
          connection_{connection},
          about_{about},
          start_{startOf(trace, connection.id)} {}

    json write();

private:
    void choose();
    [[nodiscard]] double secondsOf(Instant at) const {
        return std::chrono::duration<double>(at - start_).count();
    }
    [[nodiscard]] std::optional<std::size_t> stepOf(Moment moment) const;
    void place(json& packet, const char* name, const std::optional<Sighting>& sighting) const;
    [[nodiscard]] std::size_t text(const Text& one) {
        return texts_.indexOf({one.en, one.zh}, both(one));
    }
    [[nodiscard]] json packetOf(const Packet& packet);
    [[nodiscard]] json layersOf(const Packet& packet);
    [[nodiscard]] json fieldOf(const wire::Field& field);
    [[nodiscard]] json entryOf(const Entry& entry, std::size_t step);

    const Trace& trace_;
    const Connection& connection_;
    const PageAbout& about_;
    Instant start_;
    std::vector<const Packet*> packets_{};
    std::size_t packetsInAll_ = 0;
    std::vector<Moment> moments_{};  ///< Those shown, in order.
    Table<std::pair<std::string_view, std::string_view>> texts_{};
    Table<std::string> clauses_{};
};

void Writer::choose() {
    for (const Packet& packet : trace_.packets()) {
        if (packet.connection != connection_.id) continue;
        packetsInAll_ += 1;
        if (packets_.size() < kMostPackets) packets_.push_back(&packet);
    }
    const auto firstMoment = [](const Packet& packet) {
        const Transit& transit = packet.transit;
        return (transit.departed ? transit.departed : transit.seen).value_or(Sighting{}).moment;
    };
    const bool cut = packets_.size() < packetsInAll_;
    const Moment last = cut ? firstMoment(*packets_.back()) : trace_.moments();
    std::set<Moment> used;
    for (const Packet* packet : packets_) used.insert(firstMoment(*packet));
    for (const Entry& entry : trace_.entries())
        if (entry.connection == connection_.id && entry.moment <= last) used.insert(entry.moment);
    moments_.assign(used.begin(), used.end());
}

std::optional<std::size_t> Writer::stepOf(Moment moment) const {
    const auto found = std::ranges::lower_bound(moments_, moment);
    if (found == moments_.end() || *found != moment) return std::nullopt;
    return static_cast<std::size_t>(found - moments_.begin()) + 1;
}

void Writer::place(json& packet, const char* name, const std::optional<Sighting>& sighting) const {
    const auto step = sighting ? stepOf(sighting->moment) : std::nullopt;
    packet[name] = step ? json{{"at", secondsOf(sighting->at)}, {"moment", *step}} : json{};
}

json Writer::fieldOf(const wire::Field& field) {
    json one{{"name", text(field.name)}, {"meaning", text(field.meaning)}, {"value", field.value}};
    if (field.wrong) one["wrong"] = true;
    if (!field.remark.empty()) one["remark"] = both(field.remark);
    for (const wire::Field& child : field.children) one["children"].push_back(fieldOf(child));
    return one;
}

json Writer::layersOf(const Packet& packet) {
    json layers = json::array();
    const auto dissected =
        wire::dissect(packet.link, trace_.octetsOf(packet), packet.originalLength);
    for (const wire::LayerFields& layer : wire::fieldsOf(dissected)) {
        json fields = json::array();
        for (const wire::Field& field : layer.fields) fields.push_back(fieldOf(field));
        layers.push_back({{"title", both(layer.title)},
                          {"summary", both(layer.summary)},
                          {"fields", std::move(fields)}});
    }
    return layers;
}

json Writer::packetOf(const Packet& packet) {
    const TcpNumbers& tcp = packet.tcp;
    const Octets octets = trace_.octetsOf(packet);
    json one{
        {"number", packet.number},
        {"from", index(packet.from)},
        {"flags", tcp.flags == Flags{} ? "" : wire::flagNames(tcp.flags)},
        {"label", labelOf(packet)},
        {"seq", tcp.seq},
        {"ack", tcp.ack ? json(*tcp.ack) : json{}},
        {"len", tcp.len},
        {"window", tcp.window},
        {"states", {toString(packet.states[Side::Client]), toString(packet.states[Side::Server])}},
        {"certain", packet.certain},
        {"length", packet.originalLength},
        {"octets", wire::hex(octets.first(std::min(octets.size(), kMostOctets))).substr(2)},
        {"layers", layersOf(packet)}};
    const auto remarks = about_.remarks.find(packet.number);
    if (remarks != about_.remarks.end())
        for (const Remark& remark : remarks->second)
            one["findings"].push_back({{"name", remark.name}, {"meaning", text(remark.meaning)}});
    if (packet.retransmissionOf) one["retransmissionOf"] = *packet.retransmissionOf;
    place(one, "departed", packet.transit.departed);
    place(one, "arrived", packet.transit.arrived);
    place(one, "lost", packet.transit.lost);
    place(one, "seen", packet.transit.seen);
    return one;
}

json Writer::entryOf(const Entry& entry, std::size_t step) {
    json one{{"at", secondsOf(entry.at)}, {"moment", step}, {"side", index(entry.side)}};
    if (entry.why)
        one["clause"] =
            clauses_.indexOf(entry.why.citation() + std::string{entry.why->says.en},
                             {{"citation", entry.why.citation()}, {"says", both(entry.why->says)}});
    if (entry.cause) one["cause"] = *entry.cause;
    const auto add = [&one](const char* what, json rest) {
        one["what"] = what;
        one.update(rest);
    };
    std::visit(
        Overloaded{
            [&](const Sent& it) {
                add("sent", {{"packet", it.packet}});
            },
            [&](const Arrived& it) {
                add("arrived", {{"packet", it.packet}});
            },
            [&](const Lost& it) {
                add("lost", {{"packet", it.packet}});
            },
            [&](const Discarded& it) {
                add("discarded", {{"packet", it.packet}});
            },
            [&](const Entered& it) {
                add("entered", {{"from", toString(it.from)}, {"to", toString(it.to)}});
            },
            [&](const Called& it) {
                add("called", {{"call", it.call}, {"text", it.text}});
            },
            [&](const Returned& it) {
                add("returned", {{"call", it.call}, {"text", it.text}, {"result", it.result}});
            },
            [&](const Armed& it) {
                add("armed", {{"timer", it.timer}, {"due", secondsOf(it.due)}});
            },
            [&](const Disarmed& it) {
                add("disarmed", {{"timer", it.timer}});
            },
            [&](const Fired& it) {
                add("fired", {{"timer", it.timer}});
            },
            [&](const VariableChanged& it) {
                add("changed", {{"variable", it.name}, {"before", it.before}, {"after", it.after}});
            },
        },
        entry.what);
    return one;
}

json Writer::write() {
    choose();
    json packets = json::array();
    for (const Packet* packet : packets_) packets.push_back(packetOf(*packet));
    json entries = json::array();
    for (const Entry& entry : trace_.entries()) {
        if (entry.connection != connection_.id) continue;
        if (const auto step = stepOf(entry.moment)) entries.push_back(entryOf(entry, *step));
    }
    json states;
    for (const tcp::State state : tcp::kStates) {
        const tcp::StateWords& words = tcp::wordsOf(state);
        states[std::string{toString(state)}] = {{"gloss", words.gloss},
                                                {"meaning", both(words.meaning)},
                                                {"role", nameOf(picture::roleOf(state))}};
    }
    const auto& ends = connection_.ends;
    const auto& initial = connection_.initial;
    return {
        {"language", about_.language == Language::Chinese ? "zh" : "en"},
        {"title", both(about_.title)},
        {"subject", about_.subject},
        {"notes", about_.notes.empty() ? json{} : both(about_.notes)},
        {"ends", {toString(ends[Side::Client]), toString(ends[Side::Server])}},
        {"initial", {toString(initial[Side::Client]), toString(initial[Side::Server])}},
        {"moments", moments_.size()},
        {"packetsInAll", packetsInAll_},
        {"states", std::move(states)},
        {"packets", std::move(packets)},
        {"entries", std::move(entries)},
        {"texts", texts_.take()},
        {"clauses", clauses_.take()},
    };
}

/// JSON that can stand in a script element: no octet of it ends one or begins a comment.
std::string forScript(const json& data) {
    std::string text;
    for (const char c : data.dump(-1, ' ', false, json::error_handler_t::replace))
        if (c == '<')
            text += "\\u003c";
        else
            text += c;
    return text;
}

}  // namespace

std::string toHtml(const Trace& trace, ConnectionId connection, const PageAbout& about) {
    const auto& known = trace.connections();
    const auto found = std::ranges::find(known, connection, &Connection::id);
    TCPLAB_CHECK(found != known.end());
    const json data = Writer{trace, *found, about}.write();
    std::string page = "<!doctype html>\n<html lang=\"";
    page += about.language == Language::Chinese ? "zh-CN" : "en";
    page +=
        "\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n<title>";
    page += picture::escaped(about.title.in(about.language));
    page += "</title>\n<style>\n";
    page += kPageCss;
    page += "</style>\n</head>\n";
    page += kPageHtml;
    page += "<script type=\"application/json\" id=\"record\">";
    page += forScript(data);
    page += "</script>\n<script>\n";
    page += kPageJs;
    page += "</script>\n</body>\n</html>\n";
    return page;
}

}  // namespace tcplab::cli
