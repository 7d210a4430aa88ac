#include "gui/views/pane.h"
#include "gui/views/tables.h"
#include "gui/views/why_pane.h"
#include "gui/workspace.h"

#include <algorithm>
#include <utility>

// How much of the window each pane has.
namespace tcplab::gui {

namespace {

constexpr int kWhyAtLeast = 112;
constexpr int kHeading = 36;           ///< Of a pane.
constexpr int kLayersOfCapture = 370;  ///< Before the verdict gets more than it must have.
constexpr int kRightWidth = 364;
constexpr double kProjectedStates = 0.36;  ///< Of the width.

}  // namespace

void Workspace::applySizes() {
    const bool capture = document_.kind() == Document::Kind::Capture;
    if (projects_) {
        const int right = static_cast<int>(width() * kProjectedStates);
        return setSizes({width() - right, right});
    }
    const int right = rightWidth();
    setSizes({std::max(1, width() - right), right});
    const int page = std::max(1, width() - right - 288);
    // Addresses are whole where the ladder does not need the room.
    const int flows = std::clamp(400 + (width() - 1280) / 4, 340, 640);
    columns_->setSizes(capture ? QList<int>{288, flows, std::max(1, page + 288 - flows)}
                               : QList<int>{288, page});
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
        const int most = std::max(150, rest - states - kLayersOfCapture);
        const int why = std::clamp(whyWanted_, 150, most);
        return right_->setSizes({why, states, 0, 0, std::max(1, rest - states - why)});
    }
    const int layers = isWide() ? 190 : low ? 84 : 100;
    const int why = std::max(60, rest - shownStates - variables - windows - layers);
    // What the sentences do not need, the variables and then the octets can use.
    const int spare = std::max(0, why - std::max(whyWanted_, kWhyAtLeast));
    const int toVariables = told ? std::clamp(variablesWanted_ - variables, 0, spare) : 0;
    right_->setSizes(
        {why - spare, states, variables + toVariables, windows, layers + spare - toVariables});
}

/// Panes grow with what is to be read in them, and keep their places otherwise: what jumps at every
/// step cannot be read.
void Workspace::growWithContents() {
    if (ownSizes_ || projects_) return;
    const std::pair before{whyWanted_, variablesWanted_};
    measure();
    if (before != std::pair{whyWanted_, variablesWanted_}) applySizes();
}

int Workspace::rightWidth() const {
    return isWide() ? 2 * kRightWidth : kRightWidth;
}

void Workspace::measure() {
    const int why = whyText_->heightWanted(rightWidth() - 2 * Pane::kMargin);
    whyWanted_ = std::max(whyWanted_, kHeading + why);
    variablesWanted_ = std::max(variablesWanted_, kHeading + variableList_->heightWanted());
}

void Workspace::fitAnew() {
    whyWanted_ = 0;
    variablesWanted_ = 0;
    if (!ownSizes_ || projects_) applySizes();
}

}  // namespace tcplab::gui
