#pragma once

#include "capture/input.h"

namespace tcplab::capture {

/// The octets that `input` had before it was compressed with gzip (RFC 1952), Zstandard (RFC 8878)
/// or lz4 (its frame format 1.6), which is seen from its first octets; anything else comes back as
/// it is. Members and frames may follow each other. Octets are decompressed as they are asked for;
/// besides the two windows that takes no more memory than the format's own history: 32 KiB, 4 MiB
/// a block of lz4, and for Zstandard the 128 MiB beyond which its library refuses a frame.
[[nodiscard]] Input decompressed(Input input);

}  // namespace tcplab::capture
