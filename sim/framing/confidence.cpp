#include "sim/base/overloaded.h"
#include "sim/framing/evidence.h"

#include <algorithm>

namespace tcplab::framing {
namespace {

// Lines of which each is sent by itself, none of them empty, and none the beginning of a counted
// body as "$5" of Redis is.
bool areClearlyLines(const Candidate& candidate, std::span<const Sample> samples) {
    if ((candidate.turnsHit + candidate.pushesHit) * 10 < candidate.messages * 8) return false;
    for (const Sample& sample : samples) {
        for (const StreamRange& message : messagesOf(candidate, sample)) {
            const Octets line = sample.octets.subspan(static_cast<std::size_t>(message.begin),
                                                      static_cast<std::size_t>(message.size()));
            const bool counted = line.size() > 2 && (line[0] == '$' || line[0] == '*') &&
                                 '0' <= line[1] && line[1] <= '9';
            if (line.size() <= 2 || counted) return false;
        }
    }
    return true;
}

// Values of RESP of which some announce octets or others: lines alone may be anything.
bool announceSomething(const Candidate& candidate, std::span<const Sample> samples) {
    std::size_t announcing = 0;
    for (const Sample& sample : samples) {
        for (const StreamRange& message : messagesOf(candidate, sample)) {
            const std::uint8_t type = sample.octets[static_cast<std::size_t>(message.begin)];
            announcing += type == '*' || type == '$' || type == '%' ? 1 : 0;
        }
    }
    return candidate.messages >= 3 && announcing >= 2;
}

bool isClear(const LengthField& field,
             const Candidate& candidate,
             std::span<const Sample> samples) {
    if (field.offset != 0 || candidate.start != 0 || candidate.sizes < 3) return false;
    if (candidate.turns + candidate.pushes < 3) return false;
    std::uint64_t most = 0;
    for (const Sample& sample : samples) {
        for (const StreamRange& message : messagesOf(candidate, sample))
            most = std::max(
                most,
                lengthIn(field, sample.octets.subspan(static_cast<std::size_t>(message.begin))));
    }
    return field.width >= 2 && most > 0xFF;
}

}  // namespace

Confidence confidenceOf(const Candidate& candidate, std::span<const Sample> samples) {
    constexpr double kLikely = 14;
    constexpr double kCertain = 40;
    const std::uint64_t missed = candidate.turns - candidate.turnsHit;
    const bool telling = std::holds_alternative<Http>(candidate.framing);
    if (candidate.bits < kLikely || missed * 10 > candidate.turns) return Confidence::Unknown;
    // One message each way is little to go by, unless both say the same.
    const bool both = candidate.bothDirections && candidate.bits >= kLikely + 4;
    if (candidate.messages < 2 && !telling && !both) return Confidence::Unknown;
    if (candidate.bits < kCertain || missed > 0) return Confidence::Likely;
    const bool clear = std::visit(
        Overloaded{
            [](const Fixed& /*f*/) { return false; },
            [&](const Delimited& f) { return f == lines() && areClearlyLines(candidate, samples); },
            [&](const LengthField& f) { return isClear(f, candidate, samples); },
            [](const Varint& /*f*/) { return false; },
            [&](const Json& /*f*/) { return candidate.messages >= 3; },
            [&](const HeaderJson& /*f*/) { return candidate.messages >= 2; },
            [&](const TlsRecords& /*f*/) { return candidate.messages >= 3; },
            [&](const Http& /*f*/) { return candidate.messages >= 2; },
            [&](const Resp& /*f*/) { return announceSomething(candidate, samples); },
            [&](const Ber& /*f*/) { return candidate.messages >= 3; },
            [&](const WebSocket& /*f*/) { return candidate.messages >= 3; },
        },
        candidate.framing);
    return clear ? Confidence::Certain : Confidence::Likely;
}

}  // namespace tcplab::framing
