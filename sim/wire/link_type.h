#pragma once

#include <cstdint>

namespace tcplab::wire {

/// What the first octet of a frame belongs to: the LINKTYPE_ number that capture files carry. Any
/// number may come from a file; those without a name here are not dissected.
enum class LinkType : std::uint16_t {
    Ethernet = 1,
    RawIp = 101,
};

}  // namespace tcplab::wire
