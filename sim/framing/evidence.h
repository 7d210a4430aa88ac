#pragma once

#include "sim/framing/infer.h"
#include "sim/framing/scan.h"

#include <span>

// How well one framing explains samples. Private to sim/framing.
namespace tcplab::framing {

/// A framing to be tried, and what it costs to have picked it out of all that are tried: two to
/// this power to one.
struct Guess {
    Framing framing{};
    std::uint64_t start = 0;
    double cost = 0;
};

/// What is known of the framing once it has walked through all samples; nothing where it cannot.
[[nodiscard]] std::optional<Candidate> measure(const Guess& guess, std::span<const Sample> samples);

/// The messages that it finds in a sample.
[[nodiscard]] std::vector<StreamRange> messagesOf(const Candidate& candidate, const Sample& sample);

/// What the length field says in octets that begin with a message and hold the field.
[[nodiscard]] inline std::uint64_t lengthIn(const LengthField& field, Octets message) {
    return readNumber(message.subspan(field.offset, field.width), field.endian);
}

/// How sure one may be of the candidate where nothing else speaks against it.
[[nodiscard]] Confidence confidenceOf(const Candidate& candidate, std::span<const Sample> samples);

/// All that is worth trying.
[[nodiscard]] std::vector<Guess> guessesFor(std::span<const Sample> samples);

}  // namespace tcplab::framing
