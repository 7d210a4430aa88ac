#include "capture/diff_packets.h"

#include "sim/wire/stack.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <map>
#include <utility>

namespace tcplab::capture {
namespace {

Seen seenOf(const Trace& trace, const Packet& packet) {
    Seen seen{.number = packet.number,
              .at = packet.transit.seen->at,
              .from = packet.from,
              .tcp = packet.tcp};
    const wire::Layers layers =
        wire::dissect(packet.link, trace.octetsOf(packet), packet.originalLength);
    const auto tcp = wire::tcpView(layers);
    if (!tcp) return seen;
    seen.rawWindow = tcp->header.window;
    seen.urgent = tcp->header.urgentPointer;
    seen.options = wire::TcpOptions{tcp->header.options};
    seen.payload = tcp->payload;
    seen.version = tcp->from.ip.version;
    if (seen.version == 4) {
        const auto ip = wire::ipv4(layers);
        seen.ttl = ip->ttl;
        seen.dscp = ip->dscp;
        seen.ecn = ip->ecn;
        seen.dontFragment = ip->dontFragment;
        seen.ipId = ip->identification;
    } else if (const auto ip = wire::ipv6(layers)) {
        seen.ttl = ip->hopLimit;
        seen.dscp = ip->dscp;
        seen.ecn = ip->ecn;
    }
    return seen;
}

std::optional<std::uint32_t> timestampOf(const Seen& packet) {
    const auto option = packet.options.timestamps();
    return option ? std::optional{option->value} : std::nullopt;
}

using Places = std::map<PacketKey, std::vector<std::size_t>>;

Places placesOf(const std::vector<Seen>& packets) {
    Places places;
    for (std::size_t i = 0; i < packets.size(); ++i) places[keyOf(packets[i])].push_back(i);
    return places;
}

/// Whether marks come through: nearly all packets that are alone of their key have the same one.
template <class Mark>
bool comesThrough(const std::vector<Seen>& a,
                  const std::vector<Seen>& b,
                  const Places& ofA,
                  const Places& ofB,
                  Mark mark) {
    std::size_t same = 0;
    std::size_t all = 0;
    for (const auto& [key, places] : ofA) {
        const auto found = ofB.find(key);
        if (places.size() != 1 || found == ofB.end() || found->second.size() != 1) continue;
        const auto x = mark(a[places.front()]);
        const auto y = mark(b[found->second.front()]);
        if (!x || !y) continue;
        ++all;
        if (x == y) ++same;
    }
    return all > 0 && same * 10 >= all * 9;
}

/// The middle one of what the second clock is ahead for packets that are alone of their key.
PerSide<Duration> usualDelays(const std::vector<Seen>& a,
                              const std::vector<Seen>& b,
                              const Places& ofA,
                              const Places& ofB) {
    PerSide<std::vector<Duration>> all;
    for (const auto& [key, places] : ofA) {
        const auto found = ofB.find(key);
        if (places.size() != 1 || found == ofB.end() || found->second.size() != 1) continue;
        all[std::get<0>(key)].push_back(b[found->second.front()].at - a[places.front()].at);
    }
    PerSide<Duration> usual{};
    for (const Side side : kSides) {
        auto& delays = all[side];
        if (delays.empty()) continue;
        const auto middle = delays.begin() + static_cast<std::ptrdiff_t>(delays.size() / 2);
        std::ranges::nth_element(delays, middle);
        usual[side] = *middle;
    }
    return usual;
}

/// Matches packets of one key: each of the fewer with one of the more, so that the delays are as
/// usual as can be.
class Alignment {
public:
    template <class Cost>
    Alignment(std::size_t fewer, std::size_t more, Cost cost)
        : width_{more + 1}, best_((fewer + 1) * width_, kNever) {
        for (std::size_t j = 0; j <= more; ++j) at(0, j) = 0;
        for (std::size_t i = 1; i <= fewer; ++i)
            for (std::size_t j = i; j <= more; ++j) {
                const std::int64_t taken = at(i - 1, j - 1) + cost(i - 1, j - 1);
                at(i, j) = std::min(j > i ? at(i, j - 1) : kNever, taken);
            }
        for (std::size_t i = fewer, j = more; i > 0; --j) {
            if (j > i && at(i, j) == at(i, j - 1)) continue;
            chosen_.push_back(j - 1);
            --i;
        }
        std::ranges::reverse(chosen_);
    }
    /// For each of the fewer its partner.
    [[nodiscard]] const std::vector<std::size_t>& chosen() const { return chosen_; }

private:
    static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max() / 2;
    std::int64_t& at(std::size_t i, std::size_t j) { return best_[i * width_ + j]; }

    std::size_t width_;
    std::vector<std::int64_t> best_;
    std::vector<std::size_t> chosen_{};
};

/// More equal packets than this are matched in their order, as aligning takes the square of them.
constexpr std::size_t kMostAligned = 2'000;

/// What tells packets of one key apart, as far as it comes through.
using Mark = std::pair<std::optional<std::uint16_t>, std::optional<std::uint32_t>>;

/// Matches packets of one key and one mark.
std::vector<Match> matchAlike(const std::vector<Seen>& a,
                              const std::vector<Seen>& b,
                              const std::vector<std::size_t>& here,
                              const std::vector<std::size_t>& there,
                              Duration usual) {
    std::vector<Match> pairs;
    const std::size_t count = std::min(here.size(), there.size());
    if (std::max(here.size(), there.size()) > kMostAligned) {
        for (std::size_t i = 0; i < count; ++i) pairs.push_back({here[i], there[i]});
        return pairs;
    }
    const auto oddity = [&](std::size_t i, std::size_t j) {
        return std::abs((b[there[j]].at - a[here[i]].at - usual).count());
    };
    const bool fewerHere = here.size() <= there.size();
    const Alignment alignment{
        count, std::max(here.size(), there.size()), [&](std::size_t i, std::size_t j) {
            return fewerHere ? oddity(i, j) : oddity(j, i);
        }};
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t partner = alignment.chosen()[i];
        pairs.push_back(fewerHere ? Match{here[i], there[partner]}
                                  : Match{here[partner], there[i]});
    }
    return pairs;
}

}  // namespace

std::vector<std::vector<Seen>> seenIn(const Trace& trace) {
    std::vector<std::vector<Seen>> packets(trace.connections().size());
    for (const Packet& packet : trace.packets())
        packets.at(packet.connection).push_back(seenOf(trace, packet));
    return packets;
}

PacketKey keyOf(const Seen& packet) {
    const Flags& flags = packet.tcp.flags;
    const Flags telling{.fin = flags.fin, .syn = flags.syn, .rst = flags.rst, .ack = flags.ack};
    return {
        packet.from, packet.tcp.seq, packet.tcp.ack.value_or(-1), packet.tcp.len, telling.octet()};
}

bool sameMark(const Seen& a, const Seen& b) {
    if (a.ipId && b.ipId) return a.ipId == b.ipId;
    return timestampOf(a) && timestampOf(a) == timestampOf(b);
}

Matching match(const std::vector<Seen>& a, const std::vector<Seen>& b) {
    const Places ofA = placesOf(a);
    const Places ofB = placesOf(b);
    const auto ipId = [](const Seen& packet) { return packet.ipId; };
    const bool byId = comesThrough(a, b, ofA, ofB, ipId);
    const bool byTime = comesThrough(a, b, ofA, ofB, timestampOf);
    const PerSide<Duration> usual = usualDelays(a, b, ofA, ofB);
    const auto markOf = [&](const Seen& packet) {
        return Mark{byId ? packet.ipId : std::nullopt, byTime ? timestampOf(packet) : std::nullopt};
    };

    Matching result{.identified = byId || byTime};
    for (const auto& [key, placesA] : ofA) {
        const auto found = ofB.find(key);
        if (found == ofB.end()) continue;
        std::map<Mark, InBoth<std::vector<std::size_t>>> alike;
        for (const std::size_t i : placesA) {
            auto& here = alike[markOf(a[i])].a;
            if (!here) here.emplace();
            here->push_back(i);
        }
        for (const std::size_t j : found->second) {
            auto& there = alike[markOf(b[j])].b;
            if (!there) there.emplace();
            there->push_back(j);
        }
        for (const auto& [mark, places] : alike) {
            if (!places.a || !places.b) continue;
            const auto pairs = matchAlike(a, b, *places.a, *places.b, usual[std::get<0>(key)]);
            result.pairs.insert(result.pairs.end(), pairs.begin(), pairs.end());
        }
    }
    std::ranges::sort(result.pairs, {}, &Match::a);
    std::vector<bool> takenA(a.size());
    std::vector<bool> takenB(b.size());
    for (const Match& pair : result.pairs) takenA[pair.a] = takenB[pair.b] = true;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (!takenA[i]) result.restA.push_back(i);
    for (std::size_t j = 0; j < b.size(); ++j)
        if (!takenB[j]) result.restB.push_back(j);
    return result;
}

}  // namespace tcplab::capture
