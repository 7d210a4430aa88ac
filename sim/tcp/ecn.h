#pragma once

#include "sim/wire/seq.h"

#include <optional>

namespace tcplab::tcp {

/// What a connection keeps of explicit congestion notification (RFC 3168 6.1).
struct Ecn {
    bool offered = false;  ///< Our last SYN had ECE and CWR (6.1.1).
    bool agreed = false;   ///< Both SYNs said yes.
    /// As receiver: a mark came, and each ACK says so until CWR comes (6.1.3).
    bool echoing = false;
    /// As sender: the window was reduced, and the next new octets carry CWR (6.1.2).
    bool reduced = false;
    std::optional<Seq> reducedAt{};  ///< SND.NXT then: there is one reduction in a window.

    friend bool operator==(const Ecn&, const Ecn&) = default;
};

}  // namespace tcplab::tcp
