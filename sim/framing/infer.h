#pragma once

#include "sim/framing/framing.h"

#include <span>
#include <string>
#include <vector>

// Which framing a stream has, from nothing but its octets and when they came.
namespace tcplab::framing {

/// Octets that are looked at of a stream, and of so many streams of a direction.
inline constexpr std::size_t kMostSampled = 64U * 1024;
inline constexpr std::size_t kMostSamples = 24;

/// What one end of a connection sent.
struct Sample {
    Octets octets{};
    std::vector<std::uint64_t> turns{};   ///< Offsets at which the other end began to speak.
    std::vector<std::uint64_t> pushes{};  ///< Offsets at which the sender pushed.
    bool ended = false;                   ///< Nothing follows: the sender said so.
};

enum class Confidence : std::uint8_t { Unknown, Likely, Certain };
/// "unknown", "likely", "certain"
[[nodiscard]] std::string_view toString(Confidence confidence);

/// A framing that walks through samples, and what speaks for it.
struct Candidate {
    Framing framing{};
    std::uint64_t start = 0;      ///< Where the first message begins; before it lies a preamble.
    std::uint64_t messages = 0;   ///< Over all samples.
    std::uint64_t sizes = 0;      ///< Different sizes of messages.
    std::uint64_t remainder = 0;  ///< Octets left over after the last message.
    std::uint64_t turns = 0;      ///< Turns and ends of streams,
    std::uint64_t turnsHit = 0;   ///< and how many of them a message ended at.
    std::uint64_t pushes = 0;
    std::uint64_t pushesHit = 0;
    bool bothDirections = false;  ///< The other end's streams can be read the same way.
    double bits = 0;              ///< Evidence: two to this power to one against chance.
    Confidence confidence = Confidence::Unknown;
};

/// What was found for the streams of one direction.
struct Inference {
    std::optional<Candidate> best{};  ///< Empty: unknown.
    /// The next best that are no worse than likely, or would cut the stream into the same messages.
    std::vector<Candidate> rivals{};
};

/// The framing of the streams that the clients and the servers of one service sent: sample i of
/// both belongs to the same connection. Rather unknown than a guess.
struct InferredPair {
    Inference client{};
    Inference server{};
};
[[nodiscard]] InferredPair infer(std::span<const Sample> clients, std::span<const Sample> servers);

/// The evidence as a sentence.
[[nodiscard]] std::string describe(const Candidate& candidate, Language language);

}  // namespace tcplab::framing
