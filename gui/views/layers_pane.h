#pragma once

#include "gui/document.h"
#include "gui/models/layer_tree.h"
#include "gui/views/octets_view.h"

#include <QSplitter>
#include <QTreeView>

class QLabel;

namespace tcplab::gui {

/// The selected packet layer by layer, and its octets: what is chosen in one is marked in the
/// other.
class LayersPane : public QSplitter {
    Q_OBJECT

public:
    explicit LayersPane(Document& document, QWidget* parent = nullptr);

    [[nodiscard]] QTreeView& tree() const { return *tree_; }
    [[nodiscard]] OctetsView& octets() const { return *octets_; }
    /// Whether the innermost header is opened, or a line a layer is enough.
    void setOpened(bool opened);
    /// Goes to the layer whose header holds this octet, and opens it.
    void chooseLayer(std::size_t octet);
    /// In which a line a layer is seen, and of the octets where they are shown what there must be.
    [[nodiscard]] int heightWanted() const;

Q_SIGNALS:
    /// A field or layer was chosen: these octets of the frame.
    void marked(std::size_t offset, std::size_t length);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void reload();
    void fitNames();
    void divide();
    [[nodiscard]] int heightOfRows(int most) const;
    void expand();
    void choose(std::size_t octet);

    Document& document_;
    LayerTree* model_;
    QTreeView* tree_;
    OctetsView* octets_;
    QLabel* remark_;  ///< Where there is no packet.
    std::optional<PacketId> shown_{};
    bool opened_ = true;
    bool divided_ = false;  ///< By the reader.
    int header_ = 0;        ///< The row of the innermost header.
};

}  // namespace tcplab::gui
