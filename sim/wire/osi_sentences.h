#pragma once

#include "sim/wire/osi_layers.h"

namespace tcplab::wire {

/// What this layer did for the frame, in a sentence or two. `work` is complete but for that.
[[nodiscard]] Phrase sentenceOn(const Layers& layers, const LayerWork& work);

}  // namespace tcplab::wire
