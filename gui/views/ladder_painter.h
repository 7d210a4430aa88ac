#pragma once

#include "gui/geometry/ladder_layout.h"
#include "gui/palette.h"

#include <QPainter>
#include <QRectF>

#include <set>

namespace tcplab::gui {

/// A time that somebody measures.
struct LadderMeasure {
    LadderPoint from{};
    LadderPoint to{};
};

/// The part of a ladder to draw, and how.
struct LadderScene {
    const Palette* colors = nullptr;
    Moment now = 0;      ///< Where the cursor is.
    Moment horizon = 0;  ///< Nothing later is drawn.
    std::optional<PacketId> selected{};
    const std::set<PacketId>* bookmarks = nullptr;
    std::optional<LadderMeasure> measure{};
    QRectF clip{};
};

/// Text is measured by the layout in the same fonts.
[[nodiscard]] double ladderTextWidth(const QString& text, bool bold);
[[nodiscard]] double ladderLineHeight();

void paintLadder(QPainter& painter, const LadderLayout& layout, const LadderScene& scene);

}  // namespace tcplab::gui
