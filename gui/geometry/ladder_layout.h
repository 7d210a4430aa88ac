#pragma once

#include "gui/geometry/axis.h"
#include "gui/geometry/ladder_sheaves.h"
#include "gui/geometry/ladder_story.h"
#include "sim/trace/label.h"

#include <QLineF>
#include <QPolygonF>
#include <QRectF>

#include <functional>
#include <map>

// Where everything of a ladder stands. Pure: no widget, no font; text is measured by the caller.
namespace tcplab::gui {

/// How much of its way a packet in flight has gone where it is drawn.
inline constexpr double kOnTheWay = 0.55;
/// Where on its way a packet is drawn to be lost or damaged.
inline constexpr double kFaultAt = 0.6;

struct LadderMetrics {
    double width = 628;
    double timeColumn = 56;
    double clientGutter = 130;
    double serverGutter = 150;
    double band = 10;
    double row = 60;   ///< From one packet to the next.
    double drop = 18;  ///< From where a packet leaves to where it comes, on the paper.
    double line = 16;  ///< Height of a line of text.
    Notation notation = Notation::Names;
    /// Time runs evenly down the paper, as far as texts have room; else every packet has the same
    /// room. Long gaps are folded in both.
    bool proportional = false;
    double zoom = 1;   ///< Of the room that packets and times have; texts keep their size.
    bool raw = false;  ///< Numbers as they are in the header, rather than relative.
    double scale = 1;  ///< Of marks and lines; that of the text.
    /// The width of a text in the ladder's font.
    std::function<double(const QString& text, bool bold)> measure{};
};

struct LadderArrow {
    PacketId packet = 0;
    Side from{};
    QLineF line{};  ///< Whole way, also where it was lost on it.
    Moment departed = 0;
    std::optional<Moment> ended{};  ///< Arrived or lost; empty where nothing is known of it.
    bool lost = false;
    bool known = true;
    bool reset = false;
    std::optional<Moment> damaged{};  ///< From when on that is known.
    std::optional<PacketId> repeats{};
    QRectF label{};
    QString flags{};
    QString numbers{};
    QRectF word{};   ///< That it was lost or damaged, beside its mark.
    QRectF strip{};  ///< Behind it where it is selected.
    bool inSheaf = false;
    /// How many packets are in the sheaf that it is the first of; its label is theirs. They are the
    /// arrows that follow.
    std::size_t sheaf = 0;
    /// Degrees by which the label is turned about its middle to run along a steep line.
    double tilt = 0;

    /// The label as it is drawn, less `inset` at its top and bottom; empty where there is none.
    [[nodiscard]] QPolygonF labelShape(double inset = 0) const;
};

struct LadderText {
    LadderNote note{};
    Side side{};
    QRectF box{};
    QRectF glossBox{};
};

/// A part of a lifeline during which the state is the same.
struct LadderBand {
    tcp::State state{};
    Side side{};
    double top = 0;
    double bottom = 0;
    Moment from = 0;
    std::optional<Moment> to{};
};

struct LadderBracket {
    Side side{};
    double top = 0;
    double bottom = 0;
    Moment from = 0;
    std::optional<Moment> to{};
};

/// From a retransmission back to what it repeats.
struct LadderHook {
    Side side{};
    double top = 0;
    double bottom = 0;
    Moment moment = 0;
};

/// Something written across or beside the ladder: a time, or a span that was folded.
struct LadderMark {
    double y = 0;
    QString text{};
    Moment moment = 0;
};

/// Where on a lifeline something happened.
struct LadderPoint {
    QPointF at{};
    Instant time{};
    Moment moment = 0;
};

struct LadderLayout {
    LadderMetrics metrics{};
    std::vector<LadderArrow> arrows{};
    std::vector<LadderText> texts{};
    std::vector<LadderBand> bands{};
    std::vector<LadderBracket> brackets{};
    std::vector<LadderHook> hooks{};
    std::vector<LadderMark> gaps{};
    std::vector<LadderMark> times{};
    std::vector<LadderPoint> points{};
    std::vector<std::pair<Moment, double>> reach{};  ///< How far down each moment draws; ascending.
    std::vector<LadderSheaf> sheaves{};              ///< Of a proportional layout.
    Axis axis{};
    double height = 0;
    double perSecond = 0;  ///< Of a proportional layout: how far down a second is, at least.

    /// The band's middle.
    [[nodiscard]] double lifeline(Side side) const;
    /// The inner edge of the band, where arrows start and end.
    [[nodiscard]] double shore(Side side) const;
    /// Where the address of an end stands over its lifeline: `wanted` wide where there is room
    /// beside the other's.
    [[nodiscard]] QRectF headingBox(Side side, double wanted, double top) const;
    /// How far down the ladder is drawn once `moment` has been.
    [[nodiscard]] double reachOf(Moment moment) const;
    /// How many packets of the sheaf that this arrow is the first of have left by `until`.
    [[nodiscard]] std::size_t leftBy(const LadderArrow& first, Moment until) const;
    /// Where the label of a packet in flight is at `until`, by index of the arrow, if not where it
    /// stays: what is still to come leaves room above, or else below, the way that it has gone.
    [[nodiscard]] std::map<std::size_t, QRectF> labelsInFlight(Moment until) const;
    /// The arrow at a point: the one under it, else the one whose strip it is in; among those that
    /// have departed by `until`.
    [[nodiscard]] const LadderArrow* arrowAt(QPointF point, Moment until) const;
    /// What has happened by `until` nearest to a point; null where nothing has.
    [[nodiscard]] const LadderPoint* pointAt(QPointF point, Moment until) const;
    [[nodiscard]] const LadderArrow* arrowOf(PacketId packet) const;
    /// Behind what happened at a moment; empty where nothing is drawn of it.
    [[nodiscard]] QRectF stripOf(Moment moment) const;
};

/// Whether two convex shapes share an area; a line of two points runs through a shape.
[[nodiscard]] bool overlap(const QPolygonF& a, const QPolygonF& b);

/// What is written at a packet that did not come, or not whole.
[[nodiscard]] QString faultWord(bool lost);

/// Whether a box lies between two lines that run the same way, where a sheaf is hatched.
[[nodiscard]] bool liesBetween(const QLineF& first, const QLineF& last, const QRectF& box);

/// What is written at a sheaf: "12 packets", or in a crowd "×12".
[[nodiscard]] QString sheafLabel(std::size_t packets);
[[nodiscard]] QString shortSheafLabel(std::size_t packets);

[[nodiscard]] LadderLayout layOut(const LadderStory& story, const LadderMetrics& metrics);

}  // namespace tcplab::gui
