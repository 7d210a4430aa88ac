#pragma once

#include "sim/framing/framing.h"

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

// Every way to cut a short stream into reads, tried on a decoder: right ones, and those that
// beginners write.
namespace tcplab::framing {

/// Decoders to be tried. All but the first are mistakes.
enum class Exhibit : std::uint8_t {
    Right,            ///< Decoder.
    ReadIsMessage,    ///< Takes each recv for one message.
    StripsEachRead,   ///< Strips white space off each read before looking for the delimiter.
    LengthFromHalf,   ///< Reads the length from what one recv gave of the header.
    TrustsRecv,       ///< Takes what recv(n) gave for n octets.
    SplitsAtNewline,  ///< Cuts JSON at line feeds, which also stand inside.
};
inline constexpr std::array kExhibits{Exhibit::Right,
                                      Exhibit::ReadIsMessage,
                                      Exhibit::StripsEachRead,
                                      Exhibit::LengthFromHalf,
                                      Exhibit::TrustsRecv,
                                      Exhibit::SplitsAtNewline};
/// "one-recv-one-message"
[[nodiscard]] std::string_view toString(Exhibit exhibit);
/// What it does wrong, in a sentence.
[[nodiscard]] Text mistakeOf(Exhibit exhibit);
/// Whether somebody would write it for this framing.
[[nodiscard]] bool suits(Exhibit exhibit, const Framing& framing);

using Messages = std::vector<std::vector<std::uint8_t>>;
/// What it takes out of a stream that comes in these reads.
[[nodiscard]] Messages run(Exhibit exhibit, const Framing& framing, std::span<const Octets> reads);

struct Proof {
    std::uint64_t tried = 0;  ///< Ways to cut.
    bool all = false;         ///< There are no others.
    /// The fewest cuts that break it, by offset; the earliest of them. Empty inside: it breaks even
    /// on the whole stream. No value: none was found.
    std::optional<std::vector<std::size_t>> cuts{};
    Messages got{};  ///< What it made of that.
};

/// Tries all ways to cut `stream`, the fewest cuts first, at most `most` of them.
[[nodiscard]] Proof prove(Exhibit exhibit,
                          const Framing& framing,
                          Octets stream,
                          std::uint64_t most = 200'000);

/// The reads that cuts at these offsets make of a stream.
[[nodiscard]] std::vector<Octets> readsOf(Octets stream, std::span<const std::size_t> cuts);

}  // namespace tcplab::framing
