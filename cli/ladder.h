#pragma once

#include "sim/base/text.h"
#include "sim/trace/label.h"
#include "sim/trace/trace.h"

#include <ostream>

namespace tcplab::cli {

struct LadderStyle {
    Notation notation = Notation::Tcpdump;
    Language language = Language::English;  ///< Of the sentences.
    bool colour = false;                    ///< With ANSI colours.
};

/// Prints one connection as a ladder: the client on the left, the server on the right, time from
/// top to bottom, an arrow for each packet, states and calls beside the ends. The text is UTF-8. Of
/// a captured connection, time counts from its first packet.
void printLadder(const Trace& trace,
                 ConnectionId connection,
                 const LadderStyle& style,
                 std::ostream& out);

/// Prints each change of state of the connection with the clause that asked for it.
void printReasons(const Trace& trace,
                  ConnectionId connection,
                  const LadderStyle& style,
                  std::ostream& out);

}  // namespace tcplab::cli
