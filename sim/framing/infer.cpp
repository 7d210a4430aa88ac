#include "sim/framing/infer.h"

#include "sim/framing/evidence.h"

#include <algorithm>

namespace tcplab::framing {
namespace {

/// The streams of one direction and the framings that walk through them.
struct Direction {
    std::vector<Sample> samples{};
    std::vector<Candidate> candidates{};
    std::vector<double> own{};  ///< Of each candidate: bits from this direction alone.
};

Direction look(std::span<const Sample> all) {
    Direction direction;
    for (Sample sample : all) {
        if (sample.octets.empty()) continue;
        if (direction.samples.size() == kMostSamples) break;
        const std::size_t size = std::min(sample.octets.size(), kMostSampled);
        if (size < sample.octets.size()) sample.ended = false;
        sample.octets = sample.octets.first(size);
        std::erase_if(sample.turns, [&](std::uint64_t offset) { return offset > size; });
        std::erase_if(sample.pushes, [&](std::uint64_t offset) { return offset > size; });
        direction.samples.push_back(std::move(sample));
    }
    if (direction.samples.empty()) return direction;
    for (const Guess& guess : guessesFor(direction.samples))
        if (auto candidate = measure(guess, direction.samples))
            direction.candidates.push_back(*std::move(candidate));
    for (const Candidate& candidate : direction.candidates) direction.own.push_back(candidate.bits);
    return direction;
}

// A framing that both ends use is believed more: its cost is paid once.
void agree(Direction& one, const Direction& other) {
    constexpr double kMost = 20;
    constexpr double kPaidOnce = 8;
    for (Candidate& candidate : one.candidates) {
        for (std::size_t i = 0; i < other.candidates.size(); ++i) {
            const bool same = other.candidates[i].framing == candidate.framing;
            const double bits = other.own[i] + kPaidOnce;
            if (!same || bits <= 0) continue;
            if (!candidate.bothDirections) candidate.bits += std::min(kMost, bits);
            candidate.bothDirections = true;
        }
    }
}

bool sameMessages(const Candidate& a, const Candidate& b, const std::vector<Sample>& samples) {
    return std::ranges::all_of(samples, [&](const Sample& sample) {
        return std::ranges::equal(
            messagesOf(a, sample), messagesOf(b, sample), {}, &StreamRange::end, &StreamRange::end);
    });
}

Inference conclude(Direction& direction) {
    constexpr double kClose = 16;
    constexpr std::size_t kMostRivals = 4;
    Inference inference;
    std::vector<Candidate>& all = direction.candidates;
    std::ranges::stable_sort(all, std::ranges::greater{}, &Candidate::bits);
    if (all.empty()) return inference;
    for (Candidate& candidate : all)
        candidate.confidence = confidenceOf(candidate, direction.samples);
    if (all.front().confidence == Confidence::Unknown) {
        for (std::size_t i = 0; i < std::min(all.size(), kMostRivals); ++i)
            if (all[i].bits > 0) inference.rivals.push_back(all[i]);
        return inference;
    }
    inference.best = all.front();
    for (std::size_t i = 1; i < all.size(); ++i) {
        if (all[i].framing == all.front().framing) continue;  // From another start.
        // Values of JSON on lines of their own are both.
        const bool linesOfJson =
            std::holds_alternative<Json>(all.front().framing) && all[i].framing == Framing{lines()};
        if (all[i].bits + kClose < all.front().bits && !linesOfJson) continue;
        const bool otherwise = !sameMessages(all[i], all.front(), direction.samples);
        if (otherwise || linesOfJson) inference.best->confidence = Confidence::Likely;
        const bool told = all[i].confidence != Confidence::Unknown || !otherwise;
        const bool again =
            std::ranges::count(inference.rivals, all[i].framing, &Candidate::framing) > 0;
        if (told && !again && inference.rivals.size() < kMostRivals)
            inference.rivals.push_back(all[i]);
    }
    return inference;
}

}  // namespace

std::string_view toString(Confidence confidence) {
    switch (confidence) {
        case Confidence::Unknown: return "unknown";
        case Confidence::Likely: return "likely";
        case Confidence::Certain: return "certain";
    }
    TCPLAB_UNREACHABLE();
}

InferredPair infer(std::span<const Sample> clients, std::span<const Sample> servers) {
    Direction client = look(clients);
    Direction server = look(servers);
    agree(client, server);
    agree(server, client);
    return {conclude(client), conclude(server)};
}

std::string describe(const Candidate& candidate, Language language) {
    const bool chinese = language == Language::Chinese;
    const auto number = [](std::uint64_t value) { return std::to_string(value); };
    std::string text = number(candidate.messages) + (chinese ? " 条消息" : " messages");
    text += chinese
                ? "，" + number(candidate.sizes) + " 种长度"
                : " of " + number(candidate.sizes) + (candidate.sizes == 1 ? " size" : " sizes");
    if (candidate.turns > 0)
        text += chinese ? "；" + number(candidate.turnsHit) + "/" + number(candidate.turns) +
                              " 次换向或结束处正好是消息边界"
                        : "; " + number(candidate.turnsHit) + " of " + number(candidate.turns) +
                              " turns and ends are at a message's end";
    if (candidate.pushes > 0)
        text += chinese ? "；" + number(candidate.pushesHit) + "/" + number(candidate.pushes) +
                              " 个 PSH 处正好是消息边界"
                        : "; so are " + number(candidate.pushesHit) + " of " +
                              number(candidate.pushes) + " pushes";
    if (candidate.start > 0)
        text += chinese ? "；从偏移 " + number(candidate.start) + " 开始"
                        : "; from offset " + number(candidate.start) + " on";
    if (candidate.remainder > 0)
        text += chinese ? "；剩余 " + number(candidate.remainder) + " 字节"
                        : "; " + number(candidate.remainder) + " octets are left over";
    if (candidate.bothDirections) text += chinese ? "；两个方向一致" : "; both directions agree";
    return text;
}

}  // namespace tcplab::framing
