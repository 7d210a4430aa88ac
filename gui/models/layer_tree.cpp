#include "gui/models/layer_tree.h"

#include "gui/glossary.h"
#include "gui/look.h"

#include <QApplication>

namespace tcplab::gui {

struct LayerTree::Node {
    QString name{};
    QString shortName{};  ///< Of a layer.
    QString value{};
    QString hint{};
    bool wrong = false;
    bool isLayer = false;
    Range range{};
    const Node* parent = nullptr;
    int row = 0;
    std::vector<std::unique_ptr<Node>> children{};

    Node& add() {
        auto child = std::make_unique<Node>();
        child->parent = this;
        child->row = static_cast<int>(children.size());
        return *children.emplace_back(std::move(child));
    }
    [[nodiscard]] bool holds(std::size_t octet) const {
        return octet >= range.offset && octet < range.offset + range.length;
    }
};

namespace {

using namespace Qt::StringLiterals;

void addField(LayerTree::Node& parent, const wire::Field& field) {
    LayerTree::Node& node = parent.add();
    const QString remark = toQt(field.remark.in(currentLanguage()));
    node.name = inCurrentLanguage(field.name);
    node.value = toQt(field.value);
    if (!remark.isEmpty()) node.value += node.value.isEmpty() ? remark : u"  "_s + remark;
    node.hint = inCurrentLanguage(field.meaning);
    node.wrong = field.wrong;
    node.range = {field.offset, field.length};
    for (const wire::Field& child : field.children) addField(node, child);
}

}  // namespace

LayerTree::LayerTree(QObject* parent)
    : QAbstractItemModel(parent), root_{std::make_unique<Node>()} {}

LayerTree::~LayerTree() = default;

void LayerTree::show(std::vector<wire::LayerFields> layers) {
    beginResetModel();
    root_ = std::make_unique<Node>();
    for (const wire::LayerFields& layer : layers) {
        Node& node = root_->add();
        node.name = inCurrentLanguage(layer.title);
        node.shortName = layer.protocol == wire::Protocol::Payload
                             ? node.name
                             : toQt(wire::nameOf(layer.protocol));
        node.value = toQt(layer.summary.in(currentLanguage()));
        node.isLayer = true;
        node.range = {layer.offset, layer.length};
        for (const wire::Field& field : layer.fields) addField(node, field);
    }
    endResetModel();
}

void LayerTree::setShort(bool shortNames) {
    if (shortNames == short_) return;
    short_ = shortNames;
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, Name), index(rowCount() - 1, Name));
}

const LayerTree::Node& LayerTree::nodeOf(const QModelIndex& index) const {
    return index.isValid() ? *static_cast<const Node*>(index.constInternalPointer()) : *root_;
}

QModelIndex LayerTree::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent)) return {};
    const Node& node = nodeOf(parent);
    return createIndex(row, column, node.children[static_cast<std::size_t>(row)].get());
}

QModelIndex LayerTree::parent(const QModelIndex& index) const {
    if (!index.isValid()) return {};
    const Node* parent = nodeOf(index).parent;
    return parent == root_.get() ? QModelIndex() : createIndex(parent->row, 0, parent);
}

int LayerTree::rowCount(const QModelIndex& parent) const {
    if (parent.column() > 0) return 0;
    return static_cast<int>(nodeOf(parent).children.size());
}

int LayerTree::columnCount(const QModelIndex&) const {
    return kColumns;
}

QVariant LayerTree::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Node& node = nodeOf(index);
    const bool isName = index.column() == Name;
    switch (role) {
        case Qt::DisplayRole:
            if (isName) return short_ && node.isLayer ? node.shortName : node.name;
            return node.value;
        case Qt::FontRole:
            if (node.isLayer) return fonts::text(fonts::kLabel, isName);
            return isName ? fonts::text(fonts::kLabel) : fonts::mono();
        case Qt::ForegroundRole:
            if (node.wrong) return paletteOf(themeOf(QApplication::palette())).faultText;
            return {};
        case Qt::ToolTipRole:
            if (node.isLayer) return node.name + u'\n' + node.value;
            return node.hint.isEmpty() ? node.value : node.hint + u'\n' + node.value;
        default: return {};
    }
}

QVariant LayerTree::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return section == Name ? tr("Field") : tr("Value");
}

LayerTree::Range LayerTree::rangeOf(const QModelIndex& index) const {
    return index.isValid() ? nodeOf(index).range : Range{};
}

QModelIndex LayerTree::indexAt(std::size_t octet) const {
    const Node* best = nullptr;
    const auto search = [&](const auto& self, const Node& node) -> void {
        for (const auto& child : node.children) {
            if (!child->holds(octet)) continue;
            if (best == nullptr || child->range.length <= best->range.length) best = child.get();
            self(self, *child);
        }
    };
    search(search, *root_);
    return best == nullptr ? QModelIndex() : createIndex(best->row, 0, best);
}

}  // namespace tcplab::gui
