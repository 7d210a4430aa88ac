// Scenario files: docs/scenario.md has the schema.

#include "sim/base/nearest.h"
#include "sim/base/parse_duration.h"
#include "sim/net/scenario.h"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <limits>
#include <span>

namespace tcplab::net {
namespace {

using Keys = std::span<const std::string_view>;

template <class T>
struct Word {
    std::string_view text{};
    T value{};
};

constexpr std::array kCallWords{
    Word<CallKind>{"listen", CallKind::Listen},
    Word<CallKind>{"accept", CallKind::Accept},
    Word<CallKind>{"connect", CallKind::Connect},
    Word<CallKind>{"send", CallKind::Send},
    Word<CallKind>{"recv", CallKind::Recv},
    Word<CallKind>{"shutdown", CallKind::Shutdown},
    Word<CallKind>{"close", CallKind::Close},
    Word<CallKind>{"abort", CallKind::Abort},
};
constexpr std::array kMatchWords{
    Word<Fault::Match>{"any", Fault::Match::Any},
    Word<Fault::Match>{"SYN", Fault::Match::Syn},
    Word<Fault::Match>{"SYN-ACK", Fault::Match::SynAck},
    Word<Fault::Match>{"ACK", Fault::Match::Ack},
    Word<Fault::Match>{"data", Fault::Match::Data},
    Word<Fault::Match>{"FIN", Fault::Match::Fin},
    Word<Fault::Match>{"RST", Fault::Match::Rst},
};
constexpr std::array kSideWords{Word<Side>{"client", Side::Client},
                                Word<Side>{"server", Side::Server}};

constexpr std::array<std::string_view, 6> kTopKeys{
    "title", "notes", "until", "link", "client", "server"};
constexpr std::array<std::string_view, 2> kTextKeys{"en", "zh_CN"};
constexpr std::array<std::string_view, 2> kLinkKeys{"delay", "faults"};
constexpr std::array<std::string_view, 5> kFaultKeys{"drop", "delay", "by", "from", "nth"};
constexpr std::array<std::string_view, 7> kHostKeys{
    "address", "port", "iss", "mss", "receive_buffer", "msl", "program"};
constexpr std::array<std::string_view, 8> kCallKeys{
    "call", "text", "size", "count", "until", "after", "at", "delay"};

/// Reads the tree that toml++ has made. The first thing that is wrong is kept, and told.
class Reader {
public:
    explicit Reader(std::string_view origin) : origin_{origin} {}

    Scenario scenario(const toml::table& root);
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }

private:
    void fail(const toml::source_region& place, const std::string& what);
    void knowOnly(const toml::table& table, Keys keys, std::string_view where);
    const toml::table* table(const toml::node* node, std::string_view what);
    std::optional<std::string> string(const toml::table& in, std::string_view key);
    std::optional<std::int64_t> integer(const toml::table& in,
                                        std::string_view key,
                                        std::int64_t least,
                                        std::int64_t most);
    std::optional<Duration> duration(const toml::table& in, std::string_view key);
    template <class Words>
    auto word(const toml::node& node,
              std::string_view text,
              const Words& words,
              std::string_view what) -> decltype(words[0].value);
    Bilingual bilingual(const toml::table& root, std::string_view key);
    void link(const toml::table& in, PerSide<Link>& links);
    void fault(const toml::table& in, PerSide<Link>& links);
    void host(const toml::table& root, Side side, HostPlan& plan);
    Call call(const toml::table& in);
    StateEntered stateEntered(const toml::node& node, const std::string& text);

    std::string_view origin_;
    std::optional<Error> error_{};
};

std::string place(std::string_view origin, const toml::source_region& region) {
    return std::string{origin} + ":" + std::to_string(region.begin.line) + ":" +
           std::to_string(region.begin.column);
}

void Reader::fail(const toml::source_region& region, const std::string& what) {
    if (!error_) error_ = Error{Error::Code::NotReadable, place(origin_, region) + ": " + what};
}

std::string orList(Keys words) {
    std::string text;
    for (const std::string_view word : words) {
        if (!text.empty()) text += ", ";
        text += word;
    }
    return text;
}

std::string didYouMean(std::string_view word, Keys candidates) {
    const auto right = nearest(word, candidates);
    return right ? "did you mean \"" + std::string{*right} + "\"?"
                 : "expected one of: " + orList(candidates);
}

void Reader::knowOnly(const toml::table& table, Keys keys, std::string_view where) {
    for (const auto& [key, value] : table)
        if (std::ranges::find(keys, key.str()) == keys.end())
            fail(key.source(),
                 "\"" + std::string{key.str()} + "\" is no key of " + std::string{where} + "; " +
                     didYouMean(key.str(), keys));
}

const toml::table* Reader::table(const toml::node* node, std::string_view what) {
    if (node == nullptr) return nullptr;
    if (const toml::table* found = node->as_table()) return found;
    fail(node->source(), "expected " + std::string{what} + " as a table");
    return nullptr;
}

std::optional<std::string> Reader::string(const toml::table& in, std::string_view key) {
    const toml::node* node = in.get(key);
    if (node == nullptr) return std::nullopt;
    if (const auto* text = node->as_string()) return text->get();
    fail(node->source(), "expected \"" + std::string{key} + "\" as text in quotes");
    return std::nullopt;
}

std::optional<std::int64_t> Reader::integer(const toml::table& in,
                                            std::string_view key,
                                            std::int64_t least,
                                            std::int64_t most) {
    const toml::node* node = in.get(key);
    if (node == nullptr) return std::nullopt;
    const auto* number = node->as_integer();
    if (number != nullptr && least <= number->get() && number->get() <= most) return number->get();
    fail(node->source(),
         "expected \"" + std::string{key} + "\" as a whole number from " + std::to_string(least) +
             " to " + std::to_string(most));
    return std::nullopt;
}

std::optional<Duration> Reader::duration(const toml::table& in, std::string_view key) {
    const auto text = string(in, key);
    if (!text) return std::nullopt;
    const auto length = parseDuration(*text);
    if (!length)
        fail(in.get(key)->source(),
             "expected \"" + std::string{key} +
                 "\" as a number and us, ms, s or min, as in \"20 ms\"");
    return length;
}

template <class Words>
auto Reader::word(const toml::node& node,
                  std::string_view text,
                  const Words& words,
                  std::string_view what) -> decltype(words[0].value) {
    std::vector<std::string_view> names;
    for (const auto& word : words) {
        if (word.text == text) return word.value;
        names.push_back(word.text);
    }
    fail(node.source(),
         "\"" + std::string{text} + "\" is no " + std::string{what} + "; " +
             didYouMean(text, names));
    return words[0].value;
}

Bilingual Reader::bilingual(const toml::table& root, std::string_view key) {
    const toml::node* node = root.get(key);
    if (node == nullptr) {
        fail(root.source(), "expected \"" + std::string{key} + "\" with the texts en and zh_CN");
        return {};
    }
    const toml::table* texts = table(node, "\"" + std::string{key} + "\" with en and zh_CN");
    if (texts == nullptr) return {};
    knowOnly(*texts, kTextKeys, key);
    const auto en = string(*texts, "en");
    const auto zh = string(*texts, "zh_CN");
    if (!en || !zh)
        fail(texts->source(),
             "\"" + std::string{key} + "\" lacks its text in " + std::string{en ? "zh_CN" : "en"});
    return {en.value_or(""), zh.value_or("")};
}

void Reader::fault(const toml::table& in, PerSide<Link>& links) {
    knowOnly(in, kFaultKeys, "a fault");
    const auto dropped = string(in, "drop");
    const auto delayed = string(in, "delay");
    if (dropped.has_value() == delayed.has_value())
        return fail(in.source(), "expected a fault with either \"drop\" or \"delay\"");
    const std::string_view key = dropped ? "drop" : "delay";
    Fault fault{.kind = dropped ? Fault::Kind::Drop : Fault::Kind::Delay};
    fault.match = word(*in.get(key), dropped ? *dropped : *delayed, kMatchWords, "kind of packet");
    fault.nth = static_cast<std::uint32_t>(integer(in, "nth", 1, 1'000'000).value_or(1));
    const auto by = duration(in, "by");
    if (delayed && !by) return fail(in.source(), "expected \"by\", how long to delay: \"50 ms\"");
    if (dropped && by) return fail(in.get("by")->source(), "\"by\" goes with \"delay\" only");
    fault.extra = by.value_or(Duration{});
    const auto from = string(in, "from");
    if (!from) return fail(in.source(), "expected \"from\": client or server");
    links[word(*in.get("from"), *from, kSideWords, "host")].faults.push_back(fault);
}

void Reader::link(const toml::table& in, PerSide<Link>& links) {
    knowOnly(in, kLinkKeys, "link");
    if (const auto delay = duration(in, "delay"))
        for (const Side side : kSides) links[side].delay = *delay;
    const toml::node* faults = in.get("faults");
    if (faults == nullptr) return;
    const toml::array* list = faults->as_array();
    if (list == nullptr) return fail(faults->source(), "expected \"faults\" as a list in [ ]");
    for (const toml::node& element : *list)
        if (const toml::table* one = table(&element, "a fault")) fault(*one, links);
}

StateEntered Reader::stateEntered(const toml::node& node, const std::string& text) {
    const auto space = text.find(' ');
    const std::string side = text.substr(0, space);
    const std::string state = space == text.npos ? "" : text.substr(space + 1);
    std::array<Word<tcp::State>, tcp::kStates.size()> states{};
    for (std::size_t i = 0; i < states.size(); ++i)
        states[i] = {tcp::toString(tcp::kStates[i]), tcp::kStates[i]};
    if (state.empty()) {
        fail(node.source(),
             "expected \"after\" as a host and a state, as in \"client ESTABLISHED\"");
        return {};
    }
    return {word(node, side, kSideWords, "host"), word(node, state, states, "state")};
}

Call Reader::call(const toml::table& in) {
    knowOnly(in, kCallKeys, "a call");
    Call call;
    const auto name = string(in, "call");
    if (!name) {
        fail(in.source(), "expected \"call\": the name of a socket call");
        return call;
    }
    call.kind = word(*in.get("call"), *name, kCallWords, "call");
    const auto only = [&](std::string_view key, CallKind kind, std::string_view kindName) {
        if (const toml::node* node = in.get(key); node != nullptr && call.kind != kind)
            fail(node->source(),
                 "\"" + std::string{key} + "\" goes with " + std::string{kindName} +
                     " only, not with " + *name);
    };
    only("text", CallKind::Send, "send");
    only("size", CallKind::Send, "send");
    only("count", CallKind::Recv, "recv");
    only("until", CallKind::Recv, "recv");

    if (const auto text = string(in, "text")) call.octets = Bytes{*text};
    if (const auto size = integer(in, "size", 1, 100'000'000)) {
        // Octets that a person can follow: the alphabet, over and over.
        std::vector<std::uint8_t> octets(static_cast<std::size_t>(*size));
        for (std::size_t i = 0; i < octets.size(); ++i)
            octets[i] = static_cast<std::uint8_t>('a' + i % 26);
        call.octets = Bytes{std::move(octets)};
    }
    if (call.kind == CallKind::Send && call.octets.empty())
        fail(in.source(), "expected send with \"text\" or \"size\"");
    call.count = static_cast<std::uint32_t>(integer(in, "count", 1, 100'000'000).value_or(4096));
    if (const auto until = string(in, "until")) {
        if (*until != "end") fail(in.get("until")->source(), "expected until = \"end\"");
        call.untilEnd = true;
    }
    if (const auto after = string(in, "after")) call.after = stateEntered(*in.get("after"), *after);
    if (const auto at = duration(in, "at")) call.at = Instant{*at};
    call.delay = duration(in, "delay").value_or(Duration{});
    return call;
}

void Reader::host(const toml::table& root, Side side, HostPlan& plan) {
    const toml::table* in = table(root.get(toString(side)), toString(side));
    if (in == nullptr) return;
    knowOnly(*in, kHostKeys, toString(side));
    if (const auto address = string(*in, "address")) {
        if (const auto ip = wire::parseIpAddress(*address))
            plan.address.ip = *ip;
        else
            fail(in->get("address")->source(), "\"" + *address + "\" is no IPv4 or IPv6 address");
    }
    constexpr std::int64_t kMost32 = std::numeric_limits<std::uint32_t>::max();
    if (const auto port = integer(*in, "port", 1, 65535))
        plan.address.port = static_cast<std::uint16_t>(*port);
    if (const auto iss = integer(*in, "iss", 0, kMost32))
        plan.iss = Seq{static_cast<std::uint32_t>(*iss)};
    if (const auto mss = integer(*in, "mss", 1, 65495))
        plan.config.mss = static_cast<std::uint16_t>(*mss);
    if (const auto size = integer(*in, "receive_buffer", 1, 65535))
        plan.config.receiveBuffer = static_cast<std::uint32_t>(*size);
    if (const auto msl = duration(*in, "msl")) plan.config.msl = *msl;
    const toml::node* program = in->get("program");
    if (program == nullptr) return;
    const toml::array* calls = program->as_array();
    if (calls == nullptr) return fail(program->source(), "expected \"program\" as a list in [ ]");
    for (const toml::node& element : *calls)
        if (const toml::table* one = table(&element, "a call")) plan.program.push_back(call(*one));
}

Scenario Reader::scenario(const toml::table& root) {
    Scenario result;
    const auto slash = origin_.rfind('/');
    result.name = origin_.substr(slash == origin_.npos ? 0 : slash + 1);
    if (result.name.ends_with(".toml")) result.name.resize(result.name.size() - 5);

    knowOnly(root, kTopKeys, "a scenario");
    result.title = bilingual(root, "title");
    result.notes = bilingual(root, "notes");
    if (const auto until = duration(root, "until")) result.until = Instant{*until};
    if (const toml::table* in = table(root.get("link"), "\"link\"")) link(*in, result.links);
    result.hosts[Side::Client].address = {wire::IpAddress::v4(192, 0, 2, 1), 49152};
    result.hosts[Side::Server].address = {wire::IpAddress::v4(192, 0, 2, 2), 80};
    for (const Side side : kSides) host(root, side, result.hosts[side]);
    if (result.hosts[Side::Client].address.ip.version !=
        result.hosts[Side::Server].address.ip.version)
        fail(root.source(), "one host has an IPv4 address and the other an IPv6 address");
    return result;
}

}  // namespace

Expected<Scenario, Error> parseScenario(std::string_view toml, std::string_view origin) {
    try {
        Reader reader{origin};
        Scenario scenario = reader.scenario(toml::parse(toml));
        if (reader.error()) return Unexpected{*reader.error()};
        return scenario;
    } catch (const toml::parse_error& broken) {  // The library's own way to say it.
        return Unexpected{
            Error{Error::Code::NotReadable,
                  place(origin, broken.source()) + ": " + std::string{broken.description()}}};
    }
}

}  // namespace tcplab::net
