#include "gui/views/plots_page.h"

#include "gui/glossary.h"
#include "gui/look.h"
#include "gui/views/figure_painter.h"
#include "gui/wording.h"
#include "sim/base/check.h"
#include "sim/base/overloaded.h"
#include "sim/trace/series.h"

#include "picture/scale.h"
#include <QAction>
#include <QActionGroup>
#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kLeastWidth = 200;  ///< So that the page never keeps the window from being narrow.
constexpr int kApart = 8;         ///< Between the two groups of buttons and the line there.
constexpr double kReach = 8;      ///< Pixels from a shape at which its title is told.

double secondsOf(Duration time) {
    return std::chrono::duration<double>(time).count();
}

/// As it begins a label: "Client sends".
QString capitalized(QString text) {
    if (!text.isEmpty()) text[0] = text[0].toUpper();
    return text;
}

/// The nearest of a shape's points.
double distanceTo(const picture::Shape& shape, QPointF point) {
    double nearest = 1e9;
    const auto look = [&](const picture::Point& at) {
        nearest = std::min(nearest, std::hypot(at.x - point.x(), at.y - point.y()));
    };
    std::visit(Overloaded{
                   [&](const picture::Path& path) { std::ranges::for_each(path.points, look); },
                   [](const picture::Area&) {},
                   [&](const picture::Mark& mark) { look(mark.at); },
                   [](const picture::Words&) {},
               },
               shape.what);
    return nearest;
}

}  // namespace

PlotsPage::PlotsPage(Document& document, QWidget* parent)
    : QWidget(parent),
      document_{document},
      bar_{new QHBoxLayout},
      graphs_{new QActionGroup(this)},
      senders_{new QActionGroup(this)} {
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 6, 8, 4);
    column->addLayout(bar_);
    column->addStretch(1);
    buildBar();
    setMinimumWidth(kLeastWidth);

    connect(&document_, &Document::opened, this, [this] { setSender({}); });
    connect(&document_, &Document::connectionChanged, this, &PlotsPage::redraw);
    connect(&document_, &Document::moved, this, qOverload<>(&QWidget::update));
    retranslate();
}

void PlotsPage::buildBar() {
    const auto add = [this](QActionGroup* group) {
        QAction* action = group->addAction(QString());
        action->setCheckable(true);
        auto* button = new QToolButton(this);
        button->setDefaultAction(action);
        bar_->addWidget(button);
        return action;
    };
    bar_->setSpacing(2);
    for (const picture::Graph graph : picture::kGraphs)
        connect(add(graphs_), &QAction::triggered, this, [this, graph] { setGraph(graph); });
    bar_->addStretch(1);
    // Where there is no room to spare a line keeps the two groups apart.
    bar_->addSpacing(kApart);
    auto* line = new QFrame(this);
    line->setFrameShape(QFrame::VLine);
    line->setFrameShadow(QFrame::Plain);
    line->setForegroundRole(QPalette::Mid);
    bar_->addWidget(line);
    bar_->addSpacing(kApart);
    for (const Side side : kSides)
        connect(add(senders_), &QAction::triggered, this, [this, side] { setSender(side); });
}

QString PlotsPage::titleOf(picture::Graph graph) {
    switch (graph) {
        case picture::Graph::Sequence: return tr("Sequence");
        case picture::Graph::Throughput: return tr("Throughput");
        case picture::Graph::Rtt: return tr("RTT");
        case picture::Graph::Window: return tr("Window");
        case picture::Graph::Rounds: return tr("Rounds");
    }
    TCPLAB_UNREACHABLE();
}

void PlotsPage::retranslate() {
    for (std::size_t i = 0; i < picture::kGraphs.size(); ++i)
        graphs_->actions()[static_cast<qsizetype>(i)]->setText(titleOf(picture::kGraphs[i]));
    for (const Side side : kSides)
        senders_->actions()[side == Side::Client ? 0 : 1]->setText(
            capitalized(tr("%1 sends").arg(nameOf(side))));
    setAccessibleName(tr("Graphs of the connection"));
    redraw();
}

Side PlotsPage::sender() const {
    if (wanted_ || document_.currentConnection() == nullptr) return wanted_.value_or(Side::Client);
    return mainSender(document_.trace(), document_.connection());
}

void PlotsPage::setGraph(picture::Graph graph) {
    graph_ = graph;
    redraw();
}

void PlotsPage::setSender(std::optional<Side> sender) {
    wanted_ = sender;
    redraw();
}

/// A graph that nobody looks at is not computed.
void PlotsPage::redraw() {
    for (std::size_t i = 0; i < picture::kGraphs.size(); ++i)
        graphs_->actions()[static_cast<qsizetype>(i)]->setChecked(picture::kGraphs[i] == graph_);
    senders_->actions()[sender() == Side::Client ? 0 : 1]->setChecked(true);
    const bool hasConnection = document_.currentConnection() != nullptr;
    for (QActionGroup* group : {graphs_, senders_}) group->setEnabled(hasConnection);
    figure_ = {};
    if (isVisible() && hasConnection)
        figure_ = picture::drawGraph(document_.trace(),
                                     {.graph = graph_,
                                      .connection = document_.connection(),
                                      .sender = sender(),
                                      .language = currentLanguage(),
                                      .width = static_cast<double>(width()),
                                      .height = height() - barHeight()});
    setAccessibleDescription(toQt(figure_.title));
    update();
}

double PlotsPage::barHeight() const {
    return bar_->geometry().bottom() + 1;
}

double PlotsPage::xOf(double seconds) const {
    const auto& plot = figure_.plot;
    const double whole = std::max(figure_.to - figure_.from, 1e-12);
    return plot.left + (seconds - figure_.from) / whole * (plot.right - plot.left);
}

void PlotsPage::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Palette& colors = paletteOf(*this);
    if (figure_.shapes.empty()) {
        if (document_.currentConnection() != nullptr || document_.kind() == Document::Kind::None)
            return;
        painter.setPen(colors.dim);
        painter.setFont(fonts::text(fonts::kReading));
        painter.drawText(rect().adjusted(24, 24, -24, -24),
                         Qt::AlignCenter | Qt::TextWordWrap,
                         tr("There is no TCP connection here, and so nothing to draw."));
        return;
    }
    painter.translate(0, barHeight());
    const auto& box = figure_.plot;
    QRectF plot(QPointF{box.left, box.top}, QPointF{box.right, box.bottom});
    const double now = std::clamp(xOf(secondsOf(document_.elapsed())), plot.left(), plot.right());
    // What is drawn lies over the cursor, so that it hides nothing.
    if (isOverTime() && isCursorInside()) {
        painter.setPen(QPen(colors.text, 1, Qt::DashLine));
        painter.drawLine(QPointF{now, plot.top()}, QPointF{now, plot.bottom()});
    }
    if (isOverTime() && document_.kind() == Document::Kind::Lesson) plot.setRight(now + 1);
    paintFigure(painter, figure_, picture::coloursOf(themeOf(palette())), plot);
    if (!isOverTime() || isCursorInside()) return;
    painter.setPen(colors.text);
    painter.setFont(fonts::text(fonts::kLeast));
    painter.drawText(QRectF(plot.left(), box.top - 28, box.right - plot.left(), 20),
                     Qt::AlignRight | Qt::AlignVCenter,
                     cursorOutside());
}

bool PlotsPage::isCursorInside() const {
    const double now = secondsOf(document_.elapsed());
    return now >= figure_.from && now <= figure_.to;
}

QString PlotsPage::cursorOutside() const {
    return isCursorInside()
               ? QString()
               : tr("cursor: %1").arg(toQt(picture::shortTime(document_.elapsed()))) + u" \u2192"_s;
}

std::optional<PacketId> PlotsPage::packetAt(double seconds) const {
    const Instant start = startOf(document_.trace(), document_.connection());
    std::optional<PacketId> found;
    double nearest = 0;
    for (const Packet& packet : document_.trace().packets()) {
        const Sighting* first = firstSighting(packet.transit);
        if (packet.connection != document_.connection() || first == nullptr) continue;
        if (first->moment > document_.horizon()) continue;
        const double distance = std::abs(secondsOf(first->at - start) - seconds);
        if (found && distance >= nearest) continue;
        found = packet.number;
        nearest = distance;
    }
    return found;
}

void PlotsPage::mousePressEvent(QMouseEvent* event) {
    const auto& plot = figure_.plot;
    const double x = event->position().x();
    const bool inside = x >= plot.left && x <= plot.right;
    if (event->button() != Qt::LeftButton || !isOverTime() || !inside) return;
    const double share = (x - plot.left) / std::max(1.0, plot.right - plot.left);
    if (const auto packet = packetAt(figure_.from + share * (figure_.to - figure_.from)))
        document_.select(*packet);
}

QString PlotsPage::titleAt(QPointF point) const {
    const picture::Shape* nearest = nullptr;
    double reach = kReach;
    for (const picture::Shape& shape : figure_.shapes) {
        if (shape.title.empty()) continue;
        const double distance = distanceTo(shape, point);
        if (distance > reach) continue;
        nearest = &shape;
        reach = distance;
    }
    return nearest == nullptr ? QString() : toQt(nearest->title);
}

bool PlotsPage::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && document_.kind() == Document::Kind::Capture) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QPointF point = help->pos() - QPointF(0, barHeight());
        QToolTip::showText(help->globalPos(), titleAt(point), this);
        return true;
    }
    return QWidget::event(event);
}

void PlotsPage::resizeEvent(QResizeEvent*) {
    redraw();
}

void PlotsPage::showEvent(QShowEvent*) {
    redraw();
}

void PlotsPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
    if (event->type() == QEvent::FontChange) redraw();
}

}  // namespace tcplab::gui
