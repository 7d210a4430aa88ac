#pragma once

#include "sim/base/side.h"
#include "sim/wire/osi_layers.h"

#include <QRectF>
#include <QString>

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

// Where the seven layers of one packet are drawn: down on the sender's side, up on the other, and
// between them what each layer wraps around what it was given. Pure: no widget.
namespace tcplab::gui {

struct SevenLayersMetrics {
    double width = 600;
    double line = 16;
    double titles = 130;                            ///< For the names of the seven.
    double internet = 90;                           ///< For the names of the four.
    double lane = 48;                               ///< For what a layer adds or takes off.
    std::function<double(const QString&)> label{};  ///< Width of a box's label.
    std::function<double(const QString&, double)> sentence{};  ///< Height, given a width.
};

/// One part of what a layer hands down: a header of its own, or all that it was given.
struct LayerBox {
    QRectF area{};
    QString label{};
    bool own = true;
    bool header = false;     ///< Of the transport layer or below: as wide as it is long.
    std::size_t offset = 0;  ///< In the frame.
    std::size_t length = 0;
};

struct LayerRow {
    wire::OsiLayer layer{};
    std::size_t octets = 0;
    QRectF area{};
    QRectF title{};
    PerSide<QRectF> lane{};
    std::vector<LayerBox> boxes{};
    QString did{};
    QRectF sentence{};
};

struct InternetBox {
    wire::InternetLayer layer{};
    QRectF area{};
};

struct SevenLayersLayout {
    std::vector<LayerRow> rows{};
    std::vector<InternetBox> internet{};  ///< None where the rows need its room.
    double height = 0;

    /// The row that has put this octet into the frame.
    [[nodiscard]] const LayerRow* rowOf(std::size_t octet) const;
    [[nodiscard]] const LayerRow* rowAt(QPointF point) const;
};

/// How many octets of a packet are held, of how many. What a capture holds of a frame is not all
/// that was on the wire: neither padding nor check sequence.
[[nodiscard]] QString octetsInWords(std::uint64_t held, std::uint64_t original, bool captured);

/// In the language of the window.
[[nodiscard]] SevenLayersLayout layOut(const std::array<wire::LayerWork, 7>& works,
                                       const SevenLayersMetrics& metrics);

}  // namespace tcplab::gui
