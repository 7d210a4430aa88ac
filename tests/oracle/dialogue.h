#pragma once

#include "sim/net/link.h"
#include "tests/oracle/peer.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace tcplab::test {

/// Text of which each part tells where it belongs: "ours0 ours1 ...".
[[nodiscard]] std::string text(std::size_t size, std::string_view name);

/// What the program at one end does: it sends `text`, and then ends.
struct Part {
    std::string text{};
    std::string late{};  ///< Sent once the peer's FIN has come.
    /// When it shuts its direction down: at this time, or else once the peer's FIN has come.
    std::optional<Instant> endsAt{};
    bool aborts = false;  ///< In place of that, once all has arrived at both ends.
};

/// What one end has done of its part. Works over any stack and any clock.
class Performer {
public:
    Performer(Peer& peer, Part part)
        : peer_{peer}, part_{std::move(part)}, text_{part_.text + part_.late} {}

    /// Does all that can be done by now. `complete`: all has arrived at both ends.
    void perform(Instant now, bool complete);

    [[nodiscard]] Peer& peer() const { return peer_; }
    /// When something is to be done that no packet and no timer brings about.
    [[nodiscard]] std::optional<Instant> due(Instant now) const;
    /// All that it will ever send.
    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] bool closed() const { return closed_; }

private:
    Peer& peer_;
    Part part_;
    std::string text_;
    std::size_t taken_ = 0;  ///< Octets of text() that the stack has taken.
    bool shut_ = false;
    bool closed_ = false;
};

/// A conversation between two stacks in virtual time, over links with chances and faults: the
/// second one listens, the first one opens. It ends when nothing is left to happen, or `until`.
void play(Performer& opener,
          Performer& listener,
          std::array<net::Link, 2> links,
          std::uint64_t seed,
          Instant until);

}  // namespace tcplab::test
