#pragma once

#include "sim/base/text.h"
#include "sim/trace/stream_rows.h"

#include "picture/figure.h"

namespace tcplab::picture {

/// The four rows of a direction over one axis of octets: sends, segments, receives, messages; a
/// dashed line at each broken boundary, and below what broke it. The height follows from how much
/// there is to say.
[[nodiscard]] Figure streamFigure(const StreamRows& rows, double width, Language language);

}  // namespace tcplab::picture
