#pragma once

#include "sim/tcp/tcb.h"

#include <QRectF>
#include <QString>

#include <functional>
#include <vector>

// Where the buffers and windows of an end lie on the axis of sequence numbers. Pure.
namespace tcplab::gui {

/// What octets of an axis are.
enum class SpanKind {
    Acknowledged,  ///< Sent and acknowledged, or taken by the program.
    InFlight,      ///< Sent, and not acknowledged.
    Waiting,       ///< In the send buffer, not sent.
    Unread,        ///< Received in order, not taken by the program.
    Free,          ///< In the window, and nothing there yet.
};

/// Octets from the first to before the last, counted from the direction's initial number.
struct WindowSpan {
    SpanKind kind{};
    std::int64_t from = 0;
    std::int64_t to = 0;
    friend bool operator==(const WindowSpan&, const WindowSpan&) = default;
};

/// A variable that stands at a number: "SND.UNA".
struct WindowMark {
    QString name{};
    std::int64_t at = 0;
    friend bool operator==(const WindowMark&, const WindowMark&) = default;
};

/// One direction as one end knows it.
struct WindowAxis {
    std::vector<WindowSpan> spans{};  ///< In order, those of no octets left out.
    std::vector<WindowMark> marks{};  ///< In order.
    std::int64_t windowFrom = 0;      ///< The window, as it is drawn around the octets.
    std::int64_t windowTo = 0;
    std::int64_t heldAhead = 0;  ///< Octets beyond a gap, wherever they are.
};

/// Octets that the end sends: RFC 9293 figure 3.
[[nodiscard]] WindowAxis sendAxisOf(const tcp::Tcb& tcb);
/// Octets that it receives: RFC 9293 figure 4.
[[nodiscard]] WindowAxis receiveAxisOf(const tcp::Tcb& tcb);

/// Where they are drawn.
struct WindowLayout {
    struct Box {
        SpanKind kind{};
        QRectF area{};
    };
    struct Label {
        QString text{};
        QRectF area{};
        double at = 0;  ///< The x of its number.
    };
    std::vector<Box> boxes{};
    std::vector<Label> labels{};  ///< No two overlap.
    QRectF window{};
    double height = 0;
};

/// `measure` gives the width of a label, `line` its height. Every span is wide enough to be seen,
/// however few its octets.
[[nodiscard]] WindowLayout layOut(const WindowAxis& axis,
                                  double width,
                                  double line,
                                  const std::function<double(const QString&)>& measure);

}  // namespace tcplab::gui
