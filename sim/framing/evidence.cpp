#include "sim/framing/evidence.h"

#include "sim/base/overloaded.h"
#include "sim/framing/content.h"
#include "sim/framing/decoder.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <string_view>
#include <type_traits>

namespace tcplab::framing {
namespace {

constexpr std::uint64_t kMostMessages = 20'000;

/// One sample, walked through.
struct Walk {
    std::vector<StreamRange> messages{};
    std::uint64_t end = 0;  ///< Of the last message.
    bool left = false;      ///< The stream is no longer of this framing from there on.
};

template <class Scanner>
std::optional<Walk> walk(Scanner scanner, const Sample& sample, std::uint64_t start) {
    Walk result;
    std::size_t at = static_cast<std::size_t>(start);
    const auto message = [&](const Scan& scan) {
        result.messages.push_back({at, at + scan.size});
        at += static_cast<std::size_t>(scan.size);
        result.end = at;
    };
    while (at < sample.octets.size()) {
        const Octets rest = sample.octets.subspan(at);
        Scan scan = scanner.scan(rest);
        if constexpr (requires { scanner.atEnd(rest); }) {
            if (scan.kind == Scan::Kind::More && sample.ended) scan = scanner.atEnd(rest);
            if (scan.error && scan.error->kind == FramingError::Kind::Incomplete) break;
        }
        if (scan.error) return std::nullopt;
        if (scan.kind == Scan::Kind::More) break;
        if (scan.kind == Scan::Kind::Stop) {
            result.left = true;
            return result;
        }
        if (scan.kind == Scan::Kind::Frame) message(scan);
        if (scan.kind == Scan::Kind::Skip && !result.messages.empty() && result.end == at) {
            // White space after a value of JSON: nobody can tell whose it is.
            result.messages.back().end += scan.size;
            result.end += scan.size;
        }
        if (scan.kind == Scan::Kind::Skip)
            at += static_cast<std::size_t>(std::min<std::uint64_t>(scan.size, rest.size()));
        if (result.messages.size() > kMostMessages) return std::nullopt;
        if (scan.size == 0) return std::nullopt;
    }
    // A head of HTTP says what it is, even if its body does not end here.
    if constexpr (std::is_same_v<Scanner, HttpScanner>) {
        if (at < sample.octets.size() && scanner.inBody())
            message(Scan::frame(sample.octets.size() - at, 0, 0));
    }
    return result;
}

std::optional<Walk> walk(const Framing& framing, const Sample& sample, std::uint64_t start) {
    if (start > sample.octets.size()) return std::nullopt;
    return std::visit(
        Overloaded{
            [&](const Fixed& f) { return walk(FixedScanner{f}, sample, start); },
            [&](const Delimited& f) { return walk(DelimitedScanner{f}, sample, start); },
            [&](const LengthField& f) { return walk(LengthFieldScanner{f}, sample, start); },
            [&](const Varint& f) { return walk(VarintScanner{f}, sample, start); },
            [&](const Json& f) { return walk(JsonScanner{f}, sample, start); },
            [&](const HeaderJson& f) { return walk(HeaderJsonScanner{f}, sample, start); },
            [&](const TlsRecords& f) { return walk(TlsScanner{f}, sample, start); },
            [&](const Http& f) { return walk(HttpScanner{f}, sample, start); },
            [&](const Resp& f) { return walk(RespScanner{f}, sample, start); },
            [&](const Ber& f) { return walk(BerScanner{f}, sample, start); },
            [&](const WebSocket& f) { return walk(WebSocketScanner{f}, sample, start); },
        },
        framing);
}

/// A message with a number in it that says how long it is.
struct Counted {
    std::size_t head = 0;  ///< Octets up to the end of the number, at least.
    /// What the number makes of octets that hold the head: octets of the whole message.
    std::function<std::int64_t(Octets)> size{};
};

std::optional<Counted> countedBy(const Framing& framing) {
    if (const auto* field = std::get_if<LengthField>(&framing)) {
        const std::size_t end = field->offset + field->width;
        return Counted{end, [field = *field, end](Octets octets) {
                           return saturatingSum(static_cast<std::int64_t>(lengthIn(field, octets)),
                                                field.adjust + static_cast<std::int64_t>(end));
                       }};
    }
    if (const auto* varint = std::get_if<Varint>(&framing)) {
        constexpr std::size_t kLongest = 5;
        return Counted{varint->offset + 1, [varint = *varint](Octets octets) -> std::int64_t {
                           const Octets head =
                               octets.first(std::min(octets.size(), varint.offset + kLongest));
                           const Scan scan = VarintScanner{varint}.scan(head);
                           if (scan.kind == Scan::Kind::Stop || scan.error) return -1;
                           return static_cast<std::int64_t>(scan.size);
                       }};
    }
    return std::nullopt;
}

// How seldom octets anywhere in the samples would pass for a length that fits the stream: in bits.
double rarity(const Counted& counted, std::span<const Sample> samples) {
    const std::size_t end = counted.head;
    constexpr std::size_t kProbes = 512;
    std::uint64_t probes = 0;
    std::uint64_t fitting = 0;
    for (const Sample& sample : samples) {
        if (sample.octets.size() <= end) continue;
        const std::size_t last = sample.octets.size() - end;
        const std::size_t step = std::max<std::size_t>(1, last / kProbes);
        for (std::size_t at = 0; at < last; at += step) {
            const std::int64_t size = counted.size(sample.octets.subspan(at));
            ++probes;
            if (size >= static_cast<std::int64_t>(end) &&
                size <= static_cast<std::int64_t>(sample.octets.size() - at))
                ++fitting;
        }
    }
    return std::log2(static_cast<double>(probes + 2) / static_cast<double>(fitting + 1));
}

/// Adds up what speaks for a framing.
class Measuring {
public:
    Measuring(const Guess& guess, std::span<const Sample> samples)
        : guess_{guess}, samples_{samples} {
        result_.framing = guess.framing;
        result_.start = guess.start;
        counted_ = countedBy(guess.framing);
        if (const auto* field = std::get_if<LengthField>(&guess.framing))
            least_ = field->offset + field->width;
        if (const auto* delimited = std::get_if<Delimited>(&guess.framing))
            least_ = delimited->delimiters.front().size();
    }
    [[nodiscard]] std::optional<Candidate> result();

private:
    [[nodiscard]] bool takeWalks();
    [[nodiscard]] bool saysWebSocket() const;
    void takeAnchors(const Sample& sample, const Walk& walk);
    void takeContent(const Sample& sample, const Walk& walk);
    double contentBits(Octets message);

    const Guess& guess_;
    std::span<const Sample> samples_;
    Candidate result_{};
    std::optional<Counted> counted_{};
    std::vector<Walk> walks_{};
    std::set<std::uint64_t> sizes_{};
    std::set<std::uint64_t> exactSizes_{};
    std::set<std::uint64_t> values_{};
    std::uint64_t walked_ = 0;
    std::uint64_t least_ = 0;  ///< Octets of a message that holds nothing,
    std::uint64_t empty_ = 0;  ///< and how many there are.
    double perHit_ = 0;        ///< Bits: how seldom a message ends at a given octet by chance.
};

// Whether the handshake of HTTP, before the first frame, speaks of it.
bool Measuring::saysWebSocket() const {
    return std::ranges::all_of(samples_, [this](const Sample& sample) {
        const auto before =
            static_cast<std::size_t>(std::min<std::uint64_t>(guess_.start, sample.octets.size()));
        const std::string_view text = textOf(sample.octets.first(before));
        return text.find("Sec-WebSocket-") != text.npos || text.find("sec-websocket-") != text.npos;
    });
}

bool Measuring::takeWalks() {
    for (const Sample& sample : samples_) {
        auto walked = walk(guess_.framing, sample, guess_.start);
        if (!walked) return false;
        const std::uint64_t rest = walked->left || sample.octets.size() <= walked->end
                                       ? 0
                                       : sample.octets.size() - std::max(walked->end, guess_.start);
        const bool cut = sample.octets.size() == kMostSampled;
        if (rest > 0 && sample.ended && !cut) return false;
        result_.remainder += cut ? 0 : rest;
        for (const StreamRange& message : walked->messages) {
            sizes_.insert(message.size());
            walked_ += message.size();
        }
        result_.messages += walked->messages.size();
        empty_ += static_cast<std::uint64_t>(std::ranges::count_if(
            walked->messages, [&](const StreamRange& m) { return m.size() <= least_; }));
        walks_.push_back(*std::move(walked));
    }
    result_.sizes = sizes_.size();
    if (empty_ * 2 > result_.messages) return false;  // Zeros fit any length.
    return result_.messages > 0 && result_.remainder * 3 <= walked_;
}

// Turns, ends and pushes: whether a message ends there.
void Measuring::takeAnchors(const Sample& sample, const Walk& walk) {
    std::vector<std::uint64_t> turns = sample.turns;
    if (sample.ended && !walk.left) turns.push_back(sample.octets.size());
    std::ranges::sort(turns);
    turns.erase(std::unique(turns.begin(), turns.end()), turns.end());
    const auto endsAt = [&](std::uint64_t offset) {
        return std::ranges::binary_search(walk.messages, offset, {}, &StreamRange::end);
    };
    const std::uint64_t limit = walk.left ? walk.end : sample.octets.size();
    std::uint64_t before = guess_.start;
    for (const std::uint64_t turn : turns) {
        if (turn <= guess_.start || turn > limit) continue;
        ++result_.turns;
        const bool hit = endsAt(turn) || (turn == walk.end && turn == sample.octets.size());
        result_.turnsHit += hit ? 1 : 0;
        result_.bits += hit ? perHit_ : -12;
        // A stretch that is one message tells its size exactly.
        const auto one = std::ranges::lower_bound(walk.messages, before, {}, &StreamRange::begin);
        if (hit && one != walk.messages.end() && one->begin == before && one->end == turn)
            exactSizes_.insert(one->size());
        before = turn;
    }
    constexpr std::uint64_t kHead = 16;        // A head may have been written by itself,
    constexpr std::uint64_t kLong = 8 * 1024;  // and a long message in several calls.
    for (const std::uint64_t push : sample.pushes) {
        if (push <= guess_.start || push > limit || std::ranges::binary_search(turns, push))
            continue;
        ++result_.pushes;
        if (endsAt(push)) {
            ++result_.pushesHit;
            result_.bits += perHit_ / 2;
            continue;
        }
        const auto inside = std::ranges::upper_bound(walk.messages, push, {}, &StreamRange::end);
        const bool excused = inside == walk.messages.end() || inside->size() > kLong ||
                             push - inside->begin <= kHead;
        if (!excused) result_.bits -= perHit_ / 2;
    }
}

double Measuring::contentBits(Octets message) {
    return std::visit(
        Overloaded{
            [](const TlsRecords& /*f*/) { return 12.0; },
            [](const Http& /*f*/) { return 30.0; },
            [](const HeaderJson& /*f*/) { return 30.0; },
            [&](const Json& /*f*/) {
                return message.front() == '{' || message.front() == '[' ? 6.0 : -4.0;
            },
            [&](const Varint& f) {
                if (counted_) values_.insert(static_cast<std::uint64_t>(counted_->size(message)));
                if (f.offset > 0) return isMqttConnect(message) ? 24.0 : 0.0;
                const auto head = std::ranges::find_if(message, [](auto o) { return o < 0x80; });
                const auto body = static_cast<std::size_t>(head - message.begin()) + 1;
                if (body == message.size()) return 0.0;
                return isProtobuf(message.subspan(body)) ? 4.0 : -1.0;
            },
            [&](const LengthField& f) {
                if (message.size() >= f.offset + f.width) values_.insert(lengthIn(f, message));
                return 0.0;
            },
            [&](const Resp& /*f*/) {
                return message.front() == '*' || message.front() == '$' ? 10.0 : 1.0;
            },
            [&](const Ber& /*f*/) {
                constexpr int kDeep = 3;
                const bool constructed = (message.front() & 0x20U) != 0;
                return constructed && message.size() > 2 && isBer(message, kDeep) ? 12.0 : -3.0;
            },
            [](const WebSocket& /*f*/) { return 3.0; },
            [](const Fixed& /*f*/) { return 0.0; },
            [](const Delimited& /*f*/) { return 0.5; },
        },
        guess_.framing);
}

void Measuring::takeContent(const Sample& sample, const Walk& walk) {
    constexpr std::size_t kEnough = 20;
    for (std::size_t i = 0; i < std::min(walk.messages.size(), kEnough); ++i) {
        const StreamRange& range = walk.messages[i];
        result_.bits += contentBits(sample.octets.subspan(static_cast<std::size_t>(range.begin),
                                                          static_cast<std::size_t>(range.size())));
    }
}

std::optional<Candidate> Measuring::result() {
    if (!takeWalks()) return std::nullopt;
    const double average = static_cast<double>(walked_) / static_cast<double>(result_.messages);
    perHit_ = std::min(10.0, std::log2(std::max(average, 1.0)));
    for (std::size_t i = 0; i < walks_.size(); ++i) {
        takeAnchors(samples_[i], walks_[i]);
        takeContent(samples_[i], walks_[i]);
    }
    const auto* field = std::get_if<LengthField>(&guess_.framing);
    if (field != nullptr) {
        const auto natural = -static_cast<std::int64_t>(field->offset + field->width);
        const bool usual = field->adjust == 0 || field->adjust == natural ||
                           field->adjust == -static_cast<std::int64_t>(field->width);
        if (result_.sizes == 1 && !usual) return std::nullopt;
    }
    if (counted_) {
        constexpr std::size_t kEnough = 8;
        const double rare = std::min(8.0, rarity(*counted_, samples_));
        result_.bits += rare * static_cast<double>(std::min(values_.size(), kEnough));
        const bool narrow = field == nullptr || field->width == 1;
        const double exact = std::max(0.0, (narrow ? 7.0 : 13.0) - perHit_);
        result_.bits += exact * static_cast<double>(std::min(exactSizes_.size(), kEnough));
    }
    if (std::holds_alternative<Delimited>(guess_.framing)) {
        const bool needsText = std::get<Delimited>(guess_.framing).delimiters.size() > 1;
        for (const Sample& sample : samples_)
            if (countsBodies(sample.octets) ||
                (needsText && (!isText(sample.octets) || hasHeads(sample.octets))))
                return std::nullopt;
    }
    if (std::holds_alternative<WebSocket>(guess_.framing)) {
        if (!saysWebSocket()) return std::nullopt;
        result_.bits += 16;
    }
    // Messages of one size are believed only where nearly each came by itself.
    if (std::holds_alternative<Fixed>(guess_.framing) &&
        (result_.turnsHit + result_.pushesHit) * 5 < result_.messages * 4)
        return std::nullopt;
    result_.bits -= guess_.cost;
    return result_;
}

}  // namespace

std::optional<Candidate> measure(const Guess& guess, std::span<const Sample> samples) {
    return Measuring{guess, samples}.result();
}

std::vector<StreamRange> messagesOf(const Candidate& candidate, const Sample& sample) {
    const auto walked = walk(candidate.framing, sample, candidate.start);
    return walked ? walked->messages : std::vector<StreamRange>{};
}

}  // namespace tcplab::framing
