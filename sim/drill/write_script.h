#pragma once

#include "sim/base/error.h"
#include "sim/base/expected.h"
#include "sim/drill/runner.h"
#include "sim/net/scenario.h"
#include "sim/trace/trace.h"

#include <string>

namespace tcplab::drill {

/// What a script is to be made of.
struct ScriptSubject {
    std::string title{};  ///< One line, for the first comment.
    ConnectionId connection = 0;
    Side host = Side::Server;  ///< Whose machine the script tests; the other end is played.
    /// Of that machine, where the record is of a scenario's run. Else the packets are all that is
    /// known: which calls its program made, and when, is guessed from them, and times and windows
    /// are expected within what a kernel may vary.
    const net::HostPlan* plan = nullptr;
};

struct WrittenScript {
    std::string text{};
    tcp::Profile profile{};  ///< The one that it asks for: of all, the model came farthest with it.
    Verdict verdict{};       ///< How far that was.
};

/// A packetdrill script of one connection, as one of its ends saw it: what came to it, what it sent
/// and which calls its program made. The script says itself whether the model passes it, and where
/// not. An error where there can be no script: the handshake is not in the record, it is too long,
/// or the program did what no socket can.
[[nodiscard]] Expected<WrittenScript, Error> writeScript(const Trace& trace,
                                                         const ScriptSubject& subject);

/// One packet as a statement, without its time: "> S. 0:0(0) ack 1 win 65535 <mss 1460>".
[[nodiscard]] std::string statementOf(const Trace& trace, const Packet& packet, Side host);

}  // namespace tcplab::drill
