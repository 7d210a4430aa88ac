#pragma once

#include "gui/geometry/stream_words.h"

#include <QLineF>
#include <QRectF>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

// Where the rows of a stream are drawn over one axis of octets, and below them what broke its
// boundaries and what decoders make of all cuts. Pure: no widget.
namespace tcplab::gui {

struct StreamMetrics {
    double width = 600;
    double names = 90;  ///< For the names of the rows.
    double line = 16;
    double bar = 26;
    double scroller = 0;                                       ///< Height of a scroll bar.
    std::function<double(const QString&)> label{};             ///< Width of a bar's label.
    std::function<double(const QString&)> words{};             ///< Width of a line of a sentence.
    std::function<double(const QString&, double)> sentence{};  ///< Height, given a width.
};

enum class StreamRow : std::uint8_t { Sends, Segments, Receives, Messages };

/// What one send, segment, receive or message covers.
struct StreamBox {
    StreamRow row{};
    framing::StreamRange octets{};
    QRectF area{};
    QString label{};  ///< As much as fits.
    QRectF words{};   ///< Where the label is written.
    QString title{};  ///< All of it.
    std::optional<PacketId> packet{};
    std::vector<PacketId> copies{};  ///< That carry the same octets again.
    bool broken = false;   ///< A segment sent again; a message in parts or glued to another.
    bool missing = false;  ///< A message that was not received, or not all of it.
    bool later = false;    ///< Not yet at the cursor.
    int count = 1;         ///< So many that are too narrow to be drawn one by one.
};

struct StreamRowName {
    StreamRow row{};
    QRectF area{};
};

struct StreamTick {
    double x = 0;
    QString label{};
};

/// A boundary that is none of another row.
struct StreamMark {
    std::size_t broken = 0;  ///< In StreamRows::broken.
    double x = 0;
    std::vector<QLineF> lines{};  ///< Down all rows, but through no label; of many, beside bars.
    bool later = false;
};

/// What the colour of a bar means.
struct StreamKey {
    StreamRow row{};
    bool broken = false;
    bool missing = false;
    bool later = false;
    QRectF swatch{};
    QRectF area{};
    QString text{};
};

/// Words below the rows.
struct StreamLine : StreamSaying {
    QRectF lead{};
    QRectF area{};
    [[nodiscard]] bool isAbout(std::optional<std::size_t> one) const {
        return broken && one && *broken <= *one && *one < *broken + count;
    }
};

/// A decoder that was tried: its sentence, and the reads that break it.
struct StreamTrial {
    QRectF title{};
    QString text{};
    bool holds = false;
    std::vector<StreamBox> reads{};
};

struct StreamLayout {
    std::vector<StreamRowName> names{};
    std::vector<StreamBox> boxes{};
    std::vector<StreamMark> marks{};
    std::vector<StreamTick> ticks{};
    std::vector<StreamKey> keys{};
    std::vector<StreamLine> lines{};
    std::vector<StreamTrial> trials{};
    QRectF axis{};      ///< All that the rows cover.
    QRectF scroller{};  ///< Right below them; empty where all octets are shown.
    framing::StreamRange shown{};
    double height = 0;

    [[nodiscard]] double x(std::uint64_t offset) const;
    [[nodiscard]] const StreamBox* boxAt(QPointF point) const;
    /// The broken boundary whose mark or line is at the point.
    [[nodiscard]] std::optional<std::size_t> brokenAt(QPointF point) const;
};

/// The octets `shown` of the stream.
[[nodiscard]] StreamLayout layOut(const StreamStory& story,
                                  framing::StreamRange shown,
                                  const StreamMetrics& metrics);

}  // namespace tcplab::gui
