#include "gui/workspace.h"

#include "gui/views/ladder_view.h"
#include "gui/views/layers_pane.h"
#include "gui/views/notes_pane.h"
#include "gui/views/pane.h"
#include "gui/views/plots_page.h"
#include "gui/views/seven_layers_view.h"
#include "gui/views/state_diagram_view.h"
#include "gui/views/stream_page.h"
#include "gui/views/tables.h"
#include "gui/views/why_pane.h"

#include <QEvent>
#include <QStackedWidget>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kWidthForLeft = 1100;
constexpr int kWidthForRight = 900;
constexpr int kHeightForVariables = 680;
constexpr int kHeightForOctets = 900;
constexpr int kRightWidth = 364;

}  // namespace

Workspace::Workspace(Document& document, QWidget* parent)
    : QSplitter(Qt::Horizontal, parent),
      document_{document},
      middle_{new QSplitter(Qt::Vertical)},
      columns_{new QSplitter(Qt::Horizontal)},
      right_{new QSplitter(Qt::Vertical)},
      pages_{new QStackedWidget},
      ladder_{new LadderView(document)},
      stream_{new StreamPage(document)},
      plots_{new PlotsPage(document)},
      sevenLayers_{new SevenLayersView(document)},
      layers_{new LayersPane(document)} {
    build();
    connect(&document_, &Document::opened, this, &Workspace::arrange);
    connect(&document_, &Document::filtered, this, &Workspace::namePackets);
    connect(&document_, &Document::connectionChanged, this, &Workspace::namePackets);
    connect(sevenLayers_, &SevenLayersView::chosen, layers_, &LayersPane::chooseLayer);
    connect(layers_, &LayersPane::marked, sevenLayers_, &SevenLayersView::mark);
    retranslate();
    arrange();
}

void Workspace::build() {
    notes_ = new Pane(new NotesPane(document_), Pane::kMargin);
    flows_ = new Pane(new FlowList(document_), 0);
    packets_ = new Pane(new PacketList(document_), 0);
    why_ = new Pane(new WhyPane(document_), Pane::kMargin);
    states_ = new Pane(new StateDiagramView(document_), 0);
    variables_ = new Pane(new VariableList(document_), Pane::kMargin - 4);
    octets_ = new Pane(layers_, Pane::kMargin - 4);

    notes_->setObjectName(u"notes"_s);
    why_->setObjectName(u"why"_s);
    columns_->addWidget(notes_);
    columns_->addWidget(flows_);
    pages_->addWidget(ladder_);
    pages_->addWidget(stream_);
    pages_->addWidget(plots_);
    pages_->addWidget(sevenLayers_);
    columns_->addWidget(pages_);
    columns_->setStretchFactor(2, 1);
    middle_->addWidget(columns_);
    middle_->addWidget(packets_);
    middle_->setStretchFactor(0, 1);
    for (Pane* pane : {why_, states_, variables_, octets_}) right_->addWidget(pane);
    // What is left over goes to what there is most to read of.
    right_->setStretchFactor(0, 1);
    right_->setStretchFactor(3, 2);
    addWidget(middle_);
    addWidget(right_);
    setStretchFactor(0, 1);
    for (QSplitter* splitter : {static_cast<QSplitter*>(this), middle_, columns_, right_}) {
        splitter->setChildrenCollapsible(false);
        connect(splitter, &QSplitter::splitterMoved, this, [this] { ownSizes_ = true; });
    }
}

void Workspace::retranslate() {
    notes_->setTitle(tr("Notes"));
    flows_->setTitle(tr("Connections"));
    namePackets();
    why_->setTitle(document_.kind() == Document::Kind::Capture ? tr("What happened, and why")
                                                               : tr("Why"));
    states_->setTitle(tr("States"));
    variables_->setTitle(tr("Changed variables"));
    octets_->setTitle(tr("Layers and octets of the packet"));
}

/// Whoever filters is told how much is left.
void Workspace::namePackets() {
    const auto& filter = document_.filter();
    if (!filter) return packets_->setTitle(tr("Packets"));
    int all = 0;
    int matching = 0;
    for (const Packet& packet : document_.trace().packets()) {
        if (packet.connection != document_.connection()) continue;
        ++all;
        if (filter->matches(packet)) ++matching;
    }
    packets_->setTitle(tr("Packets: %1 of %2 match").arg(matching).arg(all));
}

void Workspace::arrange() {
    wantsLeft_.reset();
    wantsRight_.reset();
    wantsPackets_.reset();
    wantsOctets_.reset();
    ownSizes_ = false;
    retranslate();
    applyVisibility();
    applySizes();
}

void Workspace::applyVisibility() {
    const bool capture = document_.kind() == Document::Kind::Capture;
    const bool left = wantsLeft_.value_or(width() >= kWidthForLeft);
    notes_->setVisible(!capture && left);
    flows_->setVisible(capture && document_.flows().size() > 1 && left);
    packets_->setVisible(wantsPackets_.value_or(capture));
    // Beside the seven layers stand their fields and octets alone.
    const bool layersAlone = page() == Page::Layers;
    why_->setVisible(!layersAlone);
    states_->setVisible(!layersAlone);
    variables_->setVisible(!layersAlone && !capture && height() >= kHeightForVariables);
    const bool octets =
        wantsOctets_.value_or(layersAlone || capture || height() >= kHeightForOctets);
    layers_->octets().setVisible(octets);
    layers_->setOpened(octets);
    right_->setVisible(wantsRight_.value_or(width() >= kWidthForRight));
}

void Workspace::applySizes() {
    const bool capture = document_.kind() == Document::Kind::Capture;
    setSizes({std::max(1, width() - kRightWidth), kRightWidth});
    columns_->setSizes({288, 340, std::max(1, width() - kRightWidth - 288)});
    middle_->setSizes({std::max(1, height() - 200), 200});
    const int rest = std::max(200, height());
    const bool low = rest < kHeightForVariables;
    const int states = low ? 306 : 316;
    const int variables = capture || low ? 0 : 112;
    const int layers = capture ? rest - states - 150 : low ? 84 : 100;
    const int why = rest - states - variables - layers;
    right_->setSizes({why, states, variables, layers});
}

Workspace::Page Workspace::page() const {
    return kPages.at(static_cast<std::size_t>(pages_->currentIndex()));
}

void Workspace::setPage(Page page) {
    if (page == this->page()) return;
    pages_->setCurrentIndex(static_cast<int>(std::ranges::find(kPages, page) - kPages.begin()));
    applyVisibility();
    Q_EMIT pageChanged();
}

void Workspace::toggleLeft() {
    wantsLeft_ = !(notes_->isVisible() || flows_->isVisible());
    applyVisibility();
}

void Workspace::toggleRight() {
    wantsRight_ = !right_->isVisible();
    applyVisibility();
}

void Workspace::togglePackets() {
    wantsPackets_ = !packets_->isVisible();
    applyVisibility();
}

void Workspace::toggleOctets() {
    wantsOctets_ = !layers_->octets().isVisible();
    applyVisibility();
}

void Workspace::resetLayout() {
    arrange();
}

QVariantMap Workspace::saveLayout() const {
    return {{u"all"_s, saveState()},
            {u"middle"_s, middle_->saveState()},
            {u"columns"_s, columns_->saveState()},
            {u"right"_s, right_->saveState()},
            {u"packets"_s, packets_->isVisibleTo(middle_)}};
}

void Workspace::restoreLayout(const QVariantMap& layout) {
    if (layout.isEmpty()) return;
    ownSizes_ = true;
    restoreState(layout[u"all"_s].toByteArray());
    middle_->restoreState(layout[u"middle"_s].toByteArray());
    columns_->restoreState(layout[u"columns"_s].toByteArray());
    right_->restoreState(layout[u"right"_s].toByteArray());
    wantsPackets_ = layout[u"packets"_s].toBool();
    applyVisibility();
}

void Workspace::changeEvent(QEvent* event) {
    QSplitter::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void Workspace::resizeEvent(QResizeEvent* event) {
    QSplitter::resizeEvent(event);
    applyVisibility();
    if (!ownSizes_) applySizes();
}

}  // namespace tcplab::gui
