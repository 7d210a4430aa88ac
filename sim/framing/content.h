#pragma once

#include "sim/base/bytes.h"

#include <string_view>

// What octets look like. Private to sim/framing.
namespace tcplab::framing {

[[nodiscard]] std::string_view textOf(Octets octets);

/// Whether hardly any octet is a control character that no text has.
[[nodiscard]] bool isText(Octets octets);

/// Whether lines say how long bodies are, as in HTTP, SIP and RTSP.
[[nodiscard]] bool countsBodies(Octets octets);

/// Whether the first line is the start of a message of HTTP, SIP or RTSP.
[[nodiscard]] bool hasHeads(Octets octets);

/// Whether the octets are elements of BER, those that are constructed filled by theirs, to this
/// depth.
[[nodiscard]] bool isBer(Octets octets, int depth);

/// Whether the octets can be the fields of a Protocol Buffers message.
[[nodiscard]] bool isProtobuf(Octets octets);

/// Whether this is the packet with which a client of MQTT begins: CONNECT, with the name of the
/// protocol.
[[nodiscard]] bool isMqttConnect(Octets message);

}  // namespace tcplab::framing
