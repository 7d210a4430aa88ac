#pragma once

#include "capture/session.h"

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace tcplab::test {

// A conversation is text, a line a packet:
//
//     10 > S  0:0(0) <mss 1460>   | SYN-SENT LISTEN
//
// When (milliseconds; may be left out, and is then one more than before), who sends (> is the
// client), the segment with relative numbers, perhaps "ttl 30", "full of x" (its octets) and
// "captured 58" (so many octets of the frame) and "checksum wrong", and after the bar what is
// expected, if anything: the
// states that are shown of client and server, or what is found of the packet. A line that begins
// with # is a remark.

/// What a FlowSink is told, kept.
struct Told final : capture::FlowSink {
    std::vector<Connection> connections{};
    std::vector<Packet> packets{};
    std::vector<Entry> entries{};
    std::vector<capture::Flow> flows{};
    std::vector<capture::PacketFindings> found{};  ///< One of each packet.

    void connection(const Connection& one) override { connections.push_back(one); }
    void packet(const Packet& one, Octets /*octets*/) override { packets.push_back(one); }
    void entry(const Entry& one) override { entries.push_back(one); }
    void findings(const capture::PacketFindings& one) override { found.push_back(one); }
    void flow(const capture::Flow& one) override { flows.push_back(one); }
};

/// The conversation as real frames, analysed. The client is 192.0.2.1:40000 with ISN 4294967000,
/// which is near the end of the numbers, the server 192.0.2.2:80 with ISN 5000.
[[nodiscard]] Told analysed(std::string_view conversation);

/// The same frames as pcapng. False where they cannot be written.
[[nodiscard]] bool writeConversation(std::string_view conversation, std::ostream& out);

/// A line for each packet: "SYN-SENT LISTEN", with a question mark after it where it is a guess.
[[nodiscard]] std::vector<std::string> shownStates(const Told& told);
/// A line for each packet: the names of what was found, "keep_alive, zero_window".
enum class Whose { Tsharks, Ours };
[[nodiscard]] std::vector<std::string> shownFindings(const Told& told, Whose whose);
/// The packets that prove it, of a packet that has this finding.
[[nodiscard]] std::vector<PacketId> proofOf(const Told& told, PacketId packet, capture::Finding);
/// What stands after the bars.
[[nodiscard]] std::vector<std::string> expectedOf(std::string_view conversation);

/// "TIME-WAIT CLOSED"
[[nodiscard]] std::string finalStates(const capture::Flow& flow);

/// The changes of one end, in words: "LISTEN", "SYN-RECEIVED" ... The first is the initial state.
[[nodiscard]] std::vector<std::string> walk(const Told& told, Side side);

}  // namespace tcplab::test
