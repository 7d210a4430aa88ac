#pragma once

#include "gui/document.h"
#include "gui/geometry/columns.h"

#include <QSplitter>
#include <QVariantMap>

#include <array>
#include <optional>

class QStackedWidget;

namespace tcplab::gui {

class ColumnHandle;
class DeskActions;
class DifferenceView;
class LadderView;
class LayersPane;
class Pane;
class PlotsPage;
class SevenLayersView;
class StatesPane;
class StreamPage;
class VariableList;
class WhyPane;

/// The panes around the ladder, in the arrangement that suits what is open. Left: what to read or
/// choose. Middle: what happened. Right: why, at the cursor. Below: the packets.
class Workspace : public QSplitter {
    Q_OBJECT

public:
    /// What stands in the middle.
    enum class Page { Ladder, Stream, Plots, Layers };
    static constexpr std::array kPages{Page::Ladder, Page::Stream, Page::Plots, Page::Layers};
    /// "ladder", "stream", ...: as --page calls it.
    [[nodiscard]] static QString nameOf(Page page);

    explicit Workspace(Document& document, QWidget* parent = nullptr);

    /// What can be done with the scenario that is open.
    [[nodiscard]] DeskActions& deskActions() const { return *deskActions_; }
    [[nodiscard]] LadderView& ladder() const { return *ladder_; }
    [[nodiscard]] LayersPane& layers() const { return *layers_; }
    [[nodiscard]] StreamPage& stream() const { return *stream_; }
    [[nodiscard]] StatesPane& states() const { return *statesPane_; }
    [[nodiscard]] PlotsPage& plots() const { return *plots_; }
    [[nodiscard]] SevenLayersView& sevenLayers() const { return *sevenLayers_; }

    [[nodiscard]] Page page() const;
    /// What stands in the middle, as exportPicture() calls it.
    [[nodiscard]] QString viewName() const;
    void setPage(Page page);

    void toggleLeft() { toggle(Column::Left); }
    void toggleRight() { toggle(Column::Right); }
    void togglePackets();
    void toggleOctets();
    /// All variables, timers and buffers, or what has changed.
    void toggleVariables();
    /// Nothing but the ladder and the states.
    void setProjecting(bool projecting);
    /// As it was before anyone moved or hid anything.
    void resetLayout();

    [[nodiscard]] QVariantMap saveLayout() const;
    void restoreLayout(const QVariantMap& layout);

Q_SIGNALS:
    void pageChanged();

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    void buildHandles();
    void retranslate();
    void namePackets();
    void nameFlows();
    void nameLayers();
    void nameVariables();
    void nameHandles();
    void arrange();
    [[nodiscard]] ColumnRoom columnRoom() const;
    [[nodiscard]] Columns columns() const { return columnsIn(columnRoom(), columnWishes_); }
    void toggle(Column column);
    void openFromHandle(Column column);
    void showHandles(Columns shown);
    void applyVisibility();
    void applySizes();
    void applyUsualSizes();
    void restoreSizes(const QVariantList& sizes);
    /// All of them. What is saved of them is in this order.
    [[nodiscard]] std::array<QSplitter*, 5> splitters() const { return splitters_; }
    void growWithContents();
    void measure();
    [[nodiscard]] int rightWidth() const;
    static constexpr int kHeightForVariables = 680;
    void fitAnew();
    [[nodiscard]] bool isWide() const;
    [[nodiscard]] bool showsAllVariables() const;

    Document& document_;
    QSplitter* middle_;  ///< Above the packets: left pane and ladder.
    QSplitter* columns_;
    QSplitter* left_;  ///< Notes, and below them the desk.
    QSplitter* right_;
    std::array<QSplitter*, 5> splitters_;
    ColumnHandle* leftHandle_ = nullptr;  ///< In the place of a column that is hidden.
    ColumnHandle* rightHandle_ = nullptr;
    DeskActions* deskActions_;
    QStackedWidget* pages_;  ///< In the order of kPages.
    LadderView* ladder_;
    StreamPage* stream_;
    PlotsPage* plots_;
    SevenLayersView* sevenLayers_;
    LayersPane* layers_;
    Pane* notes_ = nullptr;
    Pane* desk_ = nullptr;
    Pane* flows_ = nullptr;
    Pane* differences_ = nullptr;
    DifferenceView* difference_ = nullptr;
    Pane* packets_ = nullptr;
    Pane* why_ = nullptr;
    WhyPane* whyText_ = nullptr;
    Pane* states_ = nullptr;
    StatesPane* statesPane_ = nullptr;
    Pane* variables_ = nullptr;
    Pane* windows_ = nullptr;
    VariableList* variableList_ = nullptr;
    Pane* octets_ = nullptr;
    // What the reader asked for; empty: what the width allows.
    ColumnWishes columnWishes_{};
    std::optional<bool> wantsPackets_{};
    std::optional<bool> wantsOctets_{};
    std::optional<bool> wantsVariables_{};
    bool projects_ = false;
    int whyWanted_ = 0;  ///< Of what has been shown since something else was opened, the most.
    int variablesWanted_ = 0;
    int layersWanted_ = 0;
    bool ownSizes_ = false;           ///< The reader has divided the panes.
    QVariantMap beforeProjecting_{};  ///< The layout, while it projects.
};

}  // namespace tcplab::gui
