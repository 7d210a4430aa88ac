#include "gui/views/layers_pane.h"

#include "gui/look.h"
#include "sim/wire/stack.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>

#include <algorithm>

namespace tcplab::gui {

namespace {

constexpr double kMostForNames = 0.56;  ///< Of the width.
constexpr double kMostForTree = 0.6;    ///< Of the height, beside octets.
constexpr int kTreeAtLeast = 40;
constexpr int kMostRows = 200;
constexpr int kRowsAtLeast = 6;  ///< Of an opened header, with those before it.
constexpr int kUsualRows = 3;    ///< Of a frame, also before the first one.

}  // namespace

LayersPane::LayersPane(Document& document, QWidget* parent)
    : QSplitter(Qt::Vertical, parent),
      document_{document},
      model_{new LayerTree(this)},
      tree_{new QTreeView},
      octets_{new OctetsView},
      remark_{new QLabel(tree_->viewport())} {
    tree_->setModel(model_);
    remark_->move(4, 2);
    remark_->setForegroundRole(QPalette::PlaceholderText);
    tree_->setHeaderHidden(true);
    tree_->setFrameShape(QFrame::NoFrame);
    tree_->setUniformRowHeights(true);
    tree_->setMinimumHeight(kTreeAtLeast);
    tree_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    tree_->setTextElideMode(Qt::ElideRight);
    tree_->header()->setStretchLastSection(true);
    addWidget(tree_);
    addWidget(octets_);
    setStretchFactor(0, 3);
    setStretchFactor(1, 2);
    setChildrenCollapsible(false);
    connect(this, &QSplitter::splitterMoved, this, [this] { divided_ = true; });

    connect(tree_->selectionModel(),
            &QItemSelectionModel::currentChanged,
            this,
            [this](const QModelIndex& current) {
                const LayerTree::Range range = model_->rangeOf(current);
                octets_->mark(range.offset, range.length);
                Q_EMIT marked(range.offset, range.length);
            });
    connect(octets_, &OctetsView::chosen, this, &LayersPane::choose);
    connect(&document_, &Document::opened, this, [this] {
        shown_.reset();
        reload();
    });
    connect(&document_, &Document::moved, this, [this] {
        if (document_.selected() != shown_) reload();
    });
    reload();
}

void LayersPane::reload() {
    tree_->setAccessibleName(tr("Layers and fields"));
    octets_->setAccessibleName(tr("Octets"));
    shown_ = document_.selected();
    const Packet* packet = document_.selectedPacket();
    remark_->setFont(fonts::text(fonts::kLabel));
    remark_->setText(tr("No packet in this step."));
    remark_->adjustSize();
    remark_->setVisible(packet == nullptr);
    if (packet == nullptr) {
        model_->show({});
        octets_->show({});
        return;
    }
    const Octets octets = document_.trace().octetsOf(*packet);
    auto layers = wire::fieldsOf(wire::dissect(packet->link, octets, packet->originalLength));
    const auto payload =
        std::ranges::find(layers, wire::Protocol::Payload, &wire::LayerFields::protocol);
    header_ = static_cast<int>(payload - layers.begin()) - 1;
    model_->show(std::move(layers));
    octets_->show(octets);
    expand();
}

/// Names are whole where there is room, and leave room for the values.
void LayersPane::fitNames() {
    const int most = static_cast<int>(tree_->viewport()->width() * kMostForNames);
    model_->setShort(false);
    tree_->resizeColumnToContents(LayerTree::Name);
    if (tree_->columnWidth(LayerTree::Name) > most) {
        model_->setShort(true);
        tree_->resizeColumnToContents(LayerTree::Name);
    }
    tree_->setColumnWidth(LayerTree::Name, std::min(tree_->columnWidth(LayerTree::Name), most));
}

void LayersPane::resizeEvent(QResizeEvent* event) {
    QSplitter::resizeEvent(event);
    fitNames();
    divide();
}

/// The rows that are open, or the first of them.
int LayersPane::heightOfRows(int most) const {
    const int row = tree_->sizeHintForRow(0);
    int rows = model_->rowCount();
    for (int layer = 0; layer < model_->rowCount(); ++layer) {
        const QModelIndex index = model_->index(layer, 0);
        if (tree_->isExpanded(index)) rows += model_->rowCount(index);
    }
    return std::clamp(rows, kUsualRows, most) * std::max(row, remark_->height()) + 4;
}

int LayersPane::heightWanted() const {
    const bool octets = octets_->isVisibleTo(this);
    const QWidget& below = *octets_;
    return heightOfRows(kRowsAtLeast) +
           (octets ? handleWidth() + below.minimumSizeHint().height() : 0);
}

/// What the rows do not need, the octets can use.
void LayersPane::divide() {
    if (divided_) return;
    const int rows = heightOfRows(kMostRows);
    const int tree = std::min(rows, static_cast<int>(height() * kMostForTree));
    setSizes({tree, std::max(1, height() - tree)});
}

void LayersPane::setOpened(bool opened) {
    opened_ = opened;
    expand();
}

/// The innermost header is what one looks at first.
void LayersPane::expand() {
    tree_->collapseAll();
    if (opened_) tree_->expand(model_->index(header_, 0));
    fitNames();
    divide();
}

void LayersPane::choose(std::size_t octet) {
    const QModelIndex index = model_->indexAt(octet);
    if (!index.isValid()) return;
    tree_->setCurrentIndex(index);
    tree_->scrollTo(index);
}

void LayersPane::chooseLayer(std::size_t octet) {
    for (int row = 0; row < model_->rowCount(); ++row) {
        const QModelIndex layer = model_->index(row, 0);
        const LayerTree::Range range = model_->rangeOf(layer);
        if (octet < range.offset || octet >= range.offset + range.length) continue;
        tree_->collapseAll();
        tree_->expand(layer);
        tree_->setCurrentIndex(layer);
        tree_->scrollTo(layer, QAbstractItemView::PositionAtTop);
        return;
    }
}

void LayersPane::changeEvent(QEvent* event) {
    QSplitter::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange) reload();
}

}  // namespace tcplab::gui
