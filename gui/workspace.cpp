#include "gui/workspace.h"

#include "gui/export.h"
#include "gui/views/column_handle.h"
#include "gui/views/desk_pane.h"
#include "gui/views/difference_view.h"
#include "gui/views/future_bar.h"
#include "gui/views/ladder_view.h"
#include "gui/views/layers_pane.h"
#include "gui/views/notes_pane.h"
#include "gui/views/pane.h"
#include "gui/views/plots_page.h"
#include "gui/views/seven_layers_view.h"
#include "gui/views/states_pane.h"
#include "gui/views/stream_page.h"
#include "gui/views/tables.h"
#include "gui/views/why_pane.h"
#include "gui/views/windows_view.h"
#include "gui/wording.h"
#include "sim/base/check.h"

#include <QAction>
#include <QEvent>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kWidthForTwo = 1600;  ///< Diagrams; and for all of the variables and octets.
constexpr int kHeightForDesk = 560;
constexpr int kHeightForBoth = 1100;
constexpr int kHeightForOctets = 900;

}  // namespace

Workspace::Workspace(Document& document, QWidget* parent)
    : QSplitter(Qt::Horizontal, parent),
      document_{document},
      middle_{new QSplitter(Qt::Vertical)},
      columns_{new QSplitter(Qt::Horizontal)},
      left_{new QSplitter(Qt::Vertical)},
      right_{new QSplitter(Qt::Vertical)},
      splitters_{this, middle_, columns_, left_, right_},
      deskActions_{new DeskActions(document.desk(), this)},
      pages_{new QStackedWidget},
      ladder_{new LadderView(document)},
      stream_{new StreamPage(document)},
      plots_{new PlotsPage(document)},
      sevenLayers_{new SevenLayersView(document)},
      layers_{new LayersPane(document)} {
    build();
    connect(&document_, &Document::opened, this, &Workspace::arrange);
    connect(&document_, &Document::filtered, this, &Workspace::namePackets);
    connect(&document_, &Document::filtered, this, &Workspace::nameFlows);
    connect(&document_, &Document::loaded, this, &Workspace::nameFlows);
    connect(&document_, &Document::connectionChanged, this, &Workspace::namePackets);
    connect(&document_, &Document::connectionChanged, this, &Workspace::fitAnew);
    connect(&document_, &Document::loaded, this, &Workspace::fitAnew);
    // A second connection is a choice.
    connect(&document_, &Document::grew, this, &Workspace::applyVisibility);
    connect(&document_, &Document::loaded, this, &Workspace::applyVisibility);
    connect(&document_, &Document::moved, this, &Workspace::growWithContents);
    connect(&document_, &Document::moved, this, &Workspace::nameLayers);
    connect(deskActions_->compare(), &QAction::toggled, this, &Workspace::applyVisibility);
    // What is asked stands among the notes.
    connect(deskActions_->predict(), &QAction::toggled, this, [this](bool predicts) {
        if (predicts && !columns().left) toggle(Column::Left);
    });
    connect(difference_, &DifferenceView::renewed, this, [this] {
        differences_->setTitle(difference_->heading());
    });
    connect(sevenLayers_, &SevenLayersView::chosen, layers_, &LayersPane::chooseLayer);
    connect(layers_, &LayersPane::marked, sevenLayers_, &SevenLayersView::mark);
    retranslate();
    arrange();
}

void Workspace::build() {
    notes_ = new Pane(new NotesPane(document_), Pane::kMargin);
    desk_ = new Pane(new DeskPane(document_, *deskActions_), Pane::kMargin);
    flows_ = new Pane(new FlowList(document_), 0);
    difference_ = new DifferenceView(document_);
    differences_ = new Pane(difference_, Pane::kMargin);
    packets_ = new Pane(new PacketList(document_), 0);
    whyText_ = new WhyPane(document_);
    why_ = new Pane(whyText_, Pane::kMargin);
    statesPane_ = new StatesPane(document_);
    states_ = new Pane(statesPane_, 0);
    variableList_ = new VariableList(document_);
    variables_ = new Pane(variableList_, Pane::kMargin - 4);
    windows_ = new Pane(new WindowsView(document_), Pane::kMargin - 4);
    octets_ = new Pane(layers_, Pane::kMargin - 4);

    notes_->setObjectName(u"notes"_s);
    flows_->setObjectName(u"flows"_s);
    packets_->setObjectName(u"packets"_s);
    why_->setObjectName(u"why"_s);
    // What befalls a packet is on its right click too.
    ladder_->addActions(deskActions_->faults());
    ladder_->addAction(deskActions_->branch());
    desk_->setObjectName(u"desk"_s);
    differences_->setObjectName(u"differences"_s);
    left_->addWidget(notes_);
    left_->addWidget(desk_);
    left_->setStretchFactor(0, 1);
    buildHandles();
    columns_->addWidget(leftHandle_);
    columns_->addWidget(left_);
    columns_->addWidget(flows_);
    pages_->addWidget(ladder_);
    pages_->addWidget(stream_);
    pages_->addWidget(plots_);
    pages_->addWidget(sevenLayers_);
    auto* page = new QWidget;
    page->setObjectName(u"page"_s);
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    auto* pageColumn = new QVBoxLayout(page);
    pageColumn->setContentsMargins(0, 0, 0, 0);
    pageColumn->setSpacing(0);
    pageColumn->addWidget(new FutureBar(*deskActions_));
    pageColumn->addWidget(pages_, 1);
    columns_->addWidget(page);
    columns_->setStretchFactor(3, 1);
    middle_->addWidget(columns_);
    middle_->addWidget(differences_);
    middle_->addWidget(packets_);
    middle_->setStretchFactor(0, 1);
    for (Pane* pane : {why_, states_, variables_, windows_, octets_}) right_->addWidget(pane);
    // What is left over goes to what there is most to read of.
    right_->setStretchFactor(0, 1);
    right_->setStretchFactor(4, 2);
    addWidget(middle_);
    addWidget(right_);
    addWidget(rightHandle_);
    setStretchFactor(0, 1);
    for (QSplitter* splitter : splitters()) {
        splitter->setChildrenCollapsible(false);
        connect(splitter, &QSplitter::splitterMoved, this, [this] {
            if (!projects_) ownSizes_ = true;
        });
    }
}

void Workspace::retranslate() {
    notes_->setTitle(tr("Notes"));
    desk_->setTitle(tr("Try"));
    differences_->setTitle(difference_->heading());
    deskActions_->retranslate();
    nameFlows();
    namePackets();
    why_->setTitle(document_.kind() == Document::Kind::Capture ? tr("What happened, and why")
                                                               : tr("Why"));
    states_->setTitle(tr("States"));
    nameVariables();
    windows_->setTitle(tr("Buffers and windows"));
    nameLayers();
    nameHandles();
}

void Workspace::nameVariables() {
    variables_->setTitle(showsAllVariables() ? tr("Variables and timers")
                                             : tr("Changed variables"));
}

void Workspace::nameLayers() {
    const Packet* packet = document_.selectedPacket();
    const bool damaged =
        packet != nullptr && arrivedDamaged(document_.trace(), packet->number, document_.horizon());
    octets_->setTitle(damaged ? tr("Layers and octets of the packet, as it was sent")
                              : tr("Layers and octets of the packet"));
}

void Workspace::nameFlows() {
    const auto& passage = document_.passage();
    if (!passage) return flows_->setTitle(tr("Connections"));
    const capture::Heat heat = capture::heatOf(document_.flows());
    flows_->setTitle(tr("Connections: %1 of %2").arg(heat.of(*passage)).arg(heat.flows));
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
    // A capture's connections are what one chooses from; a script's stand below its notes.
    if (document_.kind() == Document::Kind::Capture)
        columns_->insertWidget(2, flows_);
    else
        left_->insertWidget(1, flows_);
    columnWishes_ = {};
    beforeProjecting_.clear();
    wantsPackets_.reset();
    wantsOctets_.reset();
    wantsVariables_.reset();
    ownSizes_ = false;
    retranslate();
    applyVisibility();
    fitAnew();
}

void Workspace::applyVisibility() {
    if (projects_) {
        for (QWidget* pane : std::initializer_list<QWidget*>{left_,
                                                             leftHandle_,
                                                             rightHandle_,
                                                             flows_,
                                                             differences_,
                                                             packets_,
                                                             why_,
                                                             variables_,
                                                             windows_,
                                                             octets_})
            pane->hide();
        states_->show();
        right_->show();
        return;
    }
    octets_->show();
    const bool capture = document_.kind() == Document::Kind::Capture;
    const Columns shown = columns();
    left_->setVisible(!capture && shown.left);
    // What a script has played cannot be played otherwise.
    desk_->setVisible(document_.scenario() != nullptr && height() >= kHeightForDesk);
    differences_->setVisible(!capture && deskActions_->compare()->isChecked());
    flows_->setVisible(document_.flows().size() > 1 && shown.left);
    packets_->setVisible(wantsPackets_.value_or(capture));
    // Beside the seven layers stand their fields and octets alone.
    const bool layersAlone = page() == Page::Layers;
    why_->setVisible(!layersAlone);
    // All variables take the place of the diagram, unless there is room for both.
    // No capture and no script tells what is in a TCB.
    const bool told = document_.scenario() != nullptr;
    const bool whole = showsAllVariables() && !layersAlone && told;
    const bool forBoth = height() >= kHeightForBoth || isWide();
    statesPane_->setPair(isWide());
    variableList_->setWhole(showsAllVariables());
    nameVariables();
    states_->setVisible(!layersAlone && (!whole || forBoth));
    variables_->setVisible(whole || (!layersAlone && told && height() >= kHeightForVariables));
    windows_->setVisible(whole && (height() >= kHeightForBoth || !isWide()));
    const bool octets =
        wantsOctets_.value_or(layersAlone || capture || isWide() || height() >= kHeightForOctets);
    layers_->octets().setVisible(octets);
    layers_->setOpened(octets);
    right_->setVisible(shown.right);
    showHandles(shown);
}

bool Workspace::isWide() const {
    return width() >= kWidthForTwo;
}

bool Workspace::showsAllVariables() const {
    return wantsVariables_.value_or(isWide());
}

Workspace::Page Workspace::page() const {
    return kPages.at(static_cast<std::size_t>(pages_->currentIndex()));
}

QString Workspace::nameOf(Page page) {
    switch (page) {
        case Page::Ladder: return u"ladder"_s;
        case Page::Stream: return u"stream"_s;
        case Page::Plots: return u"plots"_s;
        case Page::Layers: return u"layers"_s;
    }
    TCPLAB_UNREACHABLE();
}

QString Workspace::viewName() const {
    switch (page()) {
        case Page::Ladder: return u"ladder"_s;
        case Page::Stream: return u"framing"_s;
        case Page::Plots: return viewNameOf(plots_->graph());
        case Page::Layers: return u"layers"_s;
    }
    TCPLAB_UNREACHABLE();
}

void Workspace::setPage(Page page) {
    if (page == this->page()) return;
    pages_->setCurrentIndex(static_cast<int>(std::ranges::find(kPages, page) - kPages.begin()));
    nameHandles();
    applyVisibility();
    applyUsualSizes();
    Q_EMIT pageChanged();
}

void Workspace::togglePackets() {
    wantsPackets_ = !packets_->isVisible();
    applyVisibility();
}

void Workspace::toggleOctets() {
    wantsOctets_ = !layers_->octets().isVisible();
    applyVisibility();
}

void Workspace::toggleVariables() {
    wantsVariables_ = !showsAllVariables();
    retranslate();
    applyVisibility();
    variablesWanted_ = 0;
    applySizes();
}

void Workspace::setProjecting(bool projecting) {
    if (projecting == projects_) return;
    if (projecting) beforeProjecting_ = saveLayout();
    projects_ = projecting;
    if (projecting) setPage(Page::Ladder);
    applyVisibility();
    applySizes();
    // Once the panes know how small their text is again.
    const auto restore = [this] {
        if (!projects_) restoreLayout(std::exchange(beforeProjecting_, {}));
    };
    if (!projecting) QMetaObject::invokeMethod(this, restore, Qt::QueuedConnection);
}

void Workspace::resetLayout() {
    arrange();
}

void Workspace::changeEvent(QEvent* event) {
    QSplitter::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void Workspace::resizeEvent(QResizeEvent* event) {
    QSplitter::resizeEvent(event);
    applyVisibility();
    applyUsualSizes();
}

}  // namespace tcplab::gui
