#pragma once

#include "sim/wire/address.h"
#include "sim/wire/checksum.h"
#include "sim/wire/notation.h"
#include "sim/wire/protocol.h"
#include "sim/wire/stack.h"

#include <ostream>

// How what the tests compare is shown where it differs.
namespace tcplab {

inline void PrintTo(Seq seq, std::ostream* out) {
    *out << seq.raw();
}
inline void PrintTo(const Segment& segment, std::ostream* out) {
    *out << toString(segment);
}

}  // namespace tcplab

namespace tcplab::wire {

inline void PrintTo(Protocol protocol, std::ostream* out) {
    *out << titleOf(protocol).en;
}
inline void PrintTo(const IpAddress& address, std::ostream* out) {
    *out << toString(address);
}
inline void PrintTo(const SocketAddress& address, std::ostream* out) {
    *out << toString(address);
}
inline void PrintTo(const TcpOptions& options, std::ostream* out) {
    *out << optionsText(options.octets());
}
inline void PrintTo(ChecksumVerdict::State state, std::ostream* out) {
    using State = ChecksumVerdict::State;
    switch (state) {
        case State::Absent: *out << "absent"; break;
        case State::Right: *out << "right"; break;
        case State::Wrong: *out << "wrong"; break;
        case State::Offloaded: *out << "offloaded"; break;
        case State::NotCheckable: *out << "not checkable"; break;
    }
}
inline void PrintTo(const ChecksumVerdict& verdict, std::ostream* out) {
    PrintTo(verdict.state, out);
    *out << ", expected " << verdict.expected;
}
inline void PrintTo(const Layer& layer, std::ostream* out) {
    PrintTo(layer.protocol, out);
    *out << " at " << layer.offset << ", header " << layer.headerLength << ", length "
         << layer.length;
}
inline void PrintTo(const DecodeError& error, std::ostream* out) {
    *out << (error.cut ? "cut" : "malformed") << " at " << error.offset << " in ";
    PrintTo(error.layer, out);
    *out << ": " << error.what.en;
}

}  // namespace tcplab::wire
