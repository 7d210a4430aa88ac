#include "sim/framing/evidence.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>
#include <string_view>

namespace tcplab::framing {
namespace {

constexpr std::size_t kMostSkipped = 3;  ///< Turns before the first message.

/// Where the first message may begin, and what it costs to say so.
struct Start {
    std::uint64_t offset = 0;
    double cost = 0;
};

/// After what a protocol says before its first message: the preface of HTTP/2 (RFC 9113 3.4), or a
/// line that introduces the sender.
std::optional<Start> greetingOf(Octets octets) {
    constexpr std::string_view kPreface{"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"};
    const auto same = [](char c, std::uint8_t o) { return static_cast<std::uint8_t>(c) == o; };
    if (octets.size() >= kPreface.size() &&
        std::equal(kPreface.begin(), kPreface.end(), octets.begin(), same))
        return Start{kPreface.size(), 2};
    constexpr std::size_t kLongestLine = 255;  // RFC 4253 4.2
    const Octets front = octets.first(std::min(octets.size(), kLongestLine));
    const auto feed = std::ranges::find(front, std::uint8_t{'\n'});
    if (feed == front.end()) return std::nullopt;
    return Start{static_cast<std::uint64_t>(feed - front.begin()) + 1, 12};
}

/// At once, after a greeting, or after one of the first turns, where another exchange came before.
std::vector<Start> startsOf(std::span<const Sample> samples) {
    std::vector<Start> starts{{}};
    if (samples.empty()) return starts;
    for (const std::uint64_t turn : samples.front().turns) {
        if (starts.size() > kMostSkipped) break;
        const bool everywhere = std::ranges::all_of(
            samples, [&](const Sample& s) { return std::ranges::count(s.turns, turn) > 0; });
        if (everywhere && turn > 0)
            starts.push_back({turn, 6 * static_cast<double>(starts.size())});
    }
    const auto greeting = greetingOf(samples.front().octets);
    const bool everywhere = greeting && std::ranges::all_of(samples, [&](const Sample& s) {
                                const auto other = greetingOf(s.octets);
                                return other && other->offset == greeting->offset;
                            });
    if (everywhere && std::ranges::count(starts, greeting->offset, &Start::offset) == 0)
        starts.push_back(*greeting);
    return starts;
}

/// Offsets at which a message probably ends.
std::vector<std::uint64_t> anchorsOf(const Sample& sample) {
    std::vector<std::uint64_t> anchors = sample.turns;
    anchors.insert(anchors.end(), sample.pushes.begin(), sample.pushes.end());
    if (sample.ended) anchors.push_back(sample.octets.size());
    std::ranges::sort(anchors);
    anchors.erase(std::unique(anchors.begin(), anchors.end()), anchors.end());
    return anchors;
}

void addLengthFields(std::span<const Sample> samples,
                     std::uint64_t start,
                     double startCost,
                     std::vector<Guess>& out) {
    constexpr std::size_t kFarthest = 20;
    constexpr std::int64_t kFarthestAdjust = 64;
    const Sample& first = samples.front();
    const std::vector<std::uint64_t> anchors = anchorsOf(first);
    for (std::size_t offset = 0; offset <= kFarthest; ++offset) {
        for (const std::size_t width : {1U, 2U, 3U, 4U, 8U}) {
            const auto end = static_cast<std::int64_t>(offset + width);
            if (first.octets.size() < start + offset + width) continue;
            for (const Endian endian : {Endian::Big, Endian::Little}) {
                if (width == 1 && endian == Endian::Little) continue;
                const double place = (offset == 0 ? 0 : 2 + 0.3 * static_cast<double>(offset)) +
                                     (width == 2 || width == 4 ? 0 : 2) +
                                     (offset % width == 0 ? 0 : 1) +
                                     (endian == Endian::Little ? 1 : 0);
                const auto add = [&](std::int64_t adjust, double cost) {
                    out.push_back(
                        {LengthField{
                             .offset = offset, .width = width, .adjust = adjust, .endian = endian},
                         start,
                         8 + startCost + place + cost});
                };
                std::set<std::int64_t> tried{0, -end, -static_cast<std::int64_t>(width)};
                add(0, 0);
                add(-end, 1);
                if (offset > 0) add(-static_cast<std::int64_t>(width), 2);
                for (const std::int64_t more : {1, 2, 3, 4, 6, 8, 12, 16})
                    if (tried.insert(more).second) add(more, 4);
                // What would make the first message end where one probably does.
                const auto value = static_cast<std::int64_t>(readNumber(
                    first.octets.subspan(static_cast<std::size_t>(start) + offset, width), endian));
                int derived = 0;
                for (const std::uint64_t anchor : anchors) {
                    if (anchor <= start || derived == 2) continue;
                    ++derived;
                    const auto wanted = static_cast<std::int64_t>(anchor - start) - end;
                    const bool near =
                        value >= wanted - kFarthestAdjust && value <= wanted + kFarthestAdjust;
                    if (near && tried.insert(wanted - value).second) add(wanted - value, 10);
                }
            }
        }
    }
}

// The octets with which every stretch before a turn ends.
Bytes commonEnd(std::span<const Sample> samples) {
    constexpr std::size_t kLongest = 8;
    std::optional<std::vector<std::uint8_t>> common;
    std::size_t stretches = 0;
    for (const Sample& sample : samples) {
        for (const std::uint64_t anchor : anchorsOf(sample)) {
            const Octets upTo = sample.octets.first(
                std::min(sample.octets.size(), static_cast<std::size_t>(anchor)));
            if (upTo.empty()) continue;
            ++stretches;
            const Octets tail = upTo.last(std::min(upTo.size(), kLongest));
            if (!common) {
                common.emplace(tail.begin(), tail.end());
                continue;
            }
            std::size_t same = 0;
            while (same < std::min(tail.size(), common->size()) &&
                   tail[tail.size() - 1 - same] == (*common)[common->size() - 1 - same])
                ++same;
            common->erase(common->begin(), common->end() - static_cast<std::ptrdiff_t>(same));
        }
    }
    return common && stretches >= 3 ? Bytes{*common} : Bytes{};
}

void addDelimiters(std::span<const Sample> samples,
                   std::uint64_t start,
                   double startCost,
                   std::vector<Guess>& out) {
    using namespace std::string_view_literals;
    out.push_back({lines(), start, 4 + startCost});
    const Bytes common = commonEnd(samples);
    std::vector<Bytes> tried{Bytes{"\0"sv}, Bytes{"\r\n\r\n"sv}, Bytes{"\x03"sv}, Bytes{"\x1E"sv}};
    for (std::size_t size = common.size(); size > 0; --size) {
        const Bytes end = common.slice(common.size() - size);
        const std::string text = end.text();
        if (text == "\n" || text == "\r\n" || std::ranges::count(tried, end) > 0) continue;
        tried.push_back(end);
    }
    for (const Bytes& delimiter : tried)
        out.push_back({Delimited{.delimiters = {delimiter}}, start, 10 + startCost});
}

void addFixed(std::span<const Sample> samples, std::uint64_t start, std::vector<Guess>& out) {
    std::uint64_t size = 0;
    for (const Sample& sample : samples) {
        for (const std::uint64_t anchor : anchorsOf(sample))
            if (anchor > start) size = std::gcd(size, anchor - start);
    }
    if (size < 2) return;
    out.push_back(
        {Fixed{static_cast<std::size_t>(size)}, start, 8 + std::log2(static_cast<double>(size))});
}

}  // namespace

std::vector<Guess> guessesFor(std::span<const Sample> samples) {
    std::vector<Guess> guesses;
    for (const auto& [start, startCost] : startsOf(samples)) {
        for (const Framing& framing : {Framing{TlsRecords{}},
                                       Framing{Http{}},
                                       Framing{Json{}},
                                       Framing{HeaderJson{}},
                                       Framing{Resp{}}})
            guesses.push_back({framing, start, 2 + startCost});
        guesses.push_back({Ber{}, start, 6 + startCost});
        if (start > 0) guesses.push_back({WebSocket{}, start, 2 + startCost});
        guesses.push_back({Varint{.offset = 1}, start, 20 + startCost});
        guesses.push_back({Varint{}, start, 8 + startCost});
        addDelimiters(samples, start, startCost, guesses);
        addLengthFields(samples, start, startCost, guesses);
        if (start == 0) addFixed(samples, start, guesses);
    }
    return guesses;
}

}  // namespace tcplab::framing
