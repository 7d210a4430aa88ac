#include "gui/views/column_handle.h"
#include "gui/views/layers_pane.h"
#include "gui/views/pane.h"
#include "gui/views/tables.h"
#include "gui/views/why_pane.h"
#include "gui/workspace.h"

#include <algorithm>
#include <tuple>

// How much of the window each pane has.
namespace tcplab::gui {

namespace {

constexpr int kWhyAtLeast = 112;
constexpr int kHeading = 36;  ///< Of a pane.
constexpr int kVariablesAtLeast = 88;
constexpr int kLeftWidth = 288;
constexpr int kRightWidth = 364;
constexpr int kRightAtLeast = 352;         ///< Of the diagram,
constexpr int kWidthForPackets = 1100;     ///< where the table of packets needs every pixel.
constexpr double kProjectedStates = 0.36;  ///< Of the width.

}  // namespace

void Workspace::applySizes() {
    const bool capture = document_.kind() == Document::Kind::Capture;
    if (projects_) {
        const int right = static_cast<int>(width() * kProjectedStates);
        return setSizes({width() - right, right, 0});
    }
    // Whichever of the two is there: the column or its handle.
    const int right = rightWidth();
    const int rightHandle = rightHandle_->width();
    const int beside = handleWidth() + (columns().right ? right : rightHandle);
    const int middle = std::max(1, width() - beside);
    setSizes({middle, right, rightHandle});
    // Addresses are whole where the ladder does not need the room.
    const int flows = std::clamp(400 + (width() - 1280) / 4, 340, 640);
    const int leftHandle = leftHandle_->width();
    const int left = !columnRoom().hasLeft ? 0
                     : !columns().left     ? leftHandle
                                           : (capture ? flows : kLeftWidth);
    const int page = std::max(1, middle - columns_->handleWidth() - left);
    columns_->setSizes(capture ? QList<int>{leftHandle, kLeftWidth, flows, page}
                               : QList<int>{leftHandle, kLeftWidth, page});
    middle_->setSizes({std::max(1, height() - 200), 200, 200});
    const int handles = right_->handleWidth() * (right_->count() - 1);
    const int rest = std::max(200, height() - handles);
    const bool low = height() < kHeightForVariables;
    // A diagram for both ends has a line of legend for each.
    const int states = low ? 306 : capture ? 340 : isWide() ? 316 : 326;
    const int windows = windows_->isVisibleTo(right_) ? windows_->minimumSizeHint().height() : 0;
    const bool told = variables_->isVisibleTo(right_);
    const int variables = !told ? 0 : showsAllVariables() ? 220 : 112;
    const int shownStates = states_->isVisibleTo(right_) ? states : 0;
    measure();
    if (capture) {
        // The verdict is read first; what it does not need, the layers can use.
        const int most = std::max(150, rest - states - layersWanted_);
        const int why = std::clamp(whyWanted_, 150, most);
        return right_->setSizes({why, states, 0, 0, std::max(1, rest - states - why)});
    }
    const int layers = isWide() ? 190 : std::min(layersWanted_, low ? 84 : 100);
    int why = std::max(60, rest - shownStates - variables - windows - layers);
    // The sentences are read first: they take what is more than must be, and what they do not need
    // the variables and then the octets can use.
    const int whyWanted = std::max(whyWanted_, kWhyAtLeast);
    const int given = told ? std::clamp(whyWanted - why, 0, variables - kVariablesAtLeast) : 0;
    why += given;
    const int spare = std::max(0, why - whyWanted);
    const int toVariables = told ? std::clamp(variablesWanted_ - variables, 0, spare) : 0;
    right_->setSizes({why - spare,
                      states,
                      variables - given + toVariables,
                      windows,
                      layers + spare - toVariables});
}

/// Panes grow with what is to be read in them, and keep their places otherwise: what jumps at every
/// step cannot be read.
void Workspace::growWithContents() {
    if (ownSizes_ || projects_) return;
    const std::tuple before{whyWanted_, variablesWanted_, layersWanted_};
    measure();
    if (before != std::tuple{whyWanted_, variablesWanted_, layersWanted_}) applySizes();
}

int Workspace::rightWidth() const {
    if (isWide()) return 2 * kRightWidth;
    return width() < kWidthForPackets ? kRightAtLeast : kRightWidth;
}

void Workspace::measure() {
    const int why = whyText_->heightWanted(rightWidth() - 2 * Pane::kMargin);
    whyWanted_ = std::max(whyWanted_, kHeading + why);
    variablesWanted_ = std::max(variablesWanted_, kHeading + variableList_->heightWanted());
    layersWanted_ = std::max(layersWanted_, kHeading + layers_->heightWanted());
}

void Workspace::fitAnew() {
    whyWanted_ = 0;
    variablesWanted_ = 0;
    layersWanted_ = 0;
    applyUsualSizes();
}

/// What the reader has divided stays so.
void Workspace::applyUsualSizes() {
    if (!ownSizes_ || projects_) applySizes();
}

}  // namespace tcplab::gui
