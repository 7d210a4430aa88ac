#pragma once

#include "gui/geometry/stream_layout.h"
#include "gui/palette.h"

#include <optional>

class QPainter;

namespace tcplab::gui {

/// What is marked in a stream, and in which colours it is drawn.
struct StreamLook {
    std::optional<std::size_t> chosen{};  ///< In StreamRows::broken.
    std::optional<PacketId> selected{};
    const Palette& colors;
};

/// Bars, legend, marks and sentences, all but the names of the rows.
void paintStream(QPainter& painter, const StreamLayout& layout, const StreamLook& look);

}  // namespace tcplab::gui
