#pragma once

#include "sim/net/world.h"
#include "sim/trace/label.h"
#include "sim/trace/trace.h"

#include <QString>
#include <QStringList>

#include <span>

// How parts of the record are said. Names of flags, fields and calls are the same in every
// language; everything else is translated.
namespace tcplab::gui {

/// "SYN, ACK"; "no flag" where no bit is set.
[[nodiscard]] QString flagsInWords(const Flags& flags);

/// The numbers of an arrow's label, longest form first: "seq=1 ack=1 len=5", "seq=1 len=5", "".
[[nodiscard]] QStringList numbersOf(const TcpNumbers& tcp);

/// How a packet is written beside its arrow: what stands out, then numbers, longest form first.
struct LabelForms {
    QString flags{};
    QStringList numbers{};  ///< The last is empty.
};
[[nodiscard]] LabelForms labelForms(const Packet& packet, Notation notation);
/// With the numbers that the header has, not relative ones, and all flags as names.
[[nodiscard]] LabelForms rawLabelForms(const Packet& packet);

/// Seconds with as many decimals as fit a narrow column: "0.040", "12.384", "1284.1".
[[nodiscard]] QString seconds(Duration time);

/// A span with its unit: "320 ms", "38.2 s", "4 min".
[[nodiscard]] QString lasting(Duration time);

/// "client" or "server", translated.
[[nodiscard]] QString nameOf(Side side);

/// What somebody did with a run: "Packet 4 dropped", "client: send(100)".
[[nodiscard]] QString nameOf(const net::Choice& choice);

/// Sentences one after the other: Chinese puts no blank between them.
[[nodiscard]] QString joined(const QStringList& sentences);

/// A timer's name, translated: "retransmission timer".
[[nodiscard]] QString timerName(std::string_view timer);

/// As short as a ladder's margin needs it: "RTO", "persist", in Chinese "持续计时器".
[[nodiscard]] QString timerSymbol(std::string_view timer);

/// A call that returned: "recv() = 5".
[[nodiscard]] QString returned(const Returned& call);

/// When a packet was first known to be on its way.
[[nodiscard]] const Sighting* firstSighting(const Transit& transit);

/// Whether the packet arrived by then and its checksum did not fit what it had become; its octets
/// are as they were sent.
[[nodiscard]] bool arrivedDamaged(const Trace& trace, PacketId packet, Moment by);

/// What happened at a moment, in order.
[[nodiscard]] std::span<const Entry> entriesAt(const Trace& trace, Moment moment);

/// What made a state change, in few words: "FIN, ACK", "close()", "time-wait timer".
[[nodiscard]] QString causeOf(const Trace& trace, const Entry& change);

/// An entry as a sentence: "The server sends SYN, ACK." Empty for variables and timers that start
/// or stop, which have a table of their own.
[[nodiscard]] QString sentenceOf(const Trace& trace, const Entry& entry);

/// What the ends send and enter in a step, with numbers: "The server sends SYN, ACK seq=0 ack=1.
/// Server: LISTEN → SYN-RECEIVED". Of step 0: that nothing more happens.
[[nodiscard]] QString outlookOf(const Trace& trace, Moment step);

}  // namespace tcplab::gui
