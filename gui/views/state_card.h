#pragma once

#include "gui/views/prose_view.h"
#include "sim/tcp/state.h"

#include <optional>

namespace tcplab::gui {

class Document;

/// What there is to know of a state: its meaning, the ways in and out, its names in the tools, and
/// what goes wrong where it lasts. A link leads to a scenario that gets there.
class StateCard : public ProseView {
    Q_OBJECT

public:
    explicit StateCard(Document& document, QWidget* parent = nullptr);

    void show(tcp::State state);
    [[nodiscard]] tcp::State state() const { return state_; }

    /// Opens the scenario that gets to this state soonest, at that step.
    void showARun();

protected:
    [[nodiscard]] QString prose() const override;
    [[nodiscard]] QSize sizeHint() const override { return {380, 400}; }

private:
    Document& document_;
    tcp::State state_ = tcp::State::Closed;
};

/// A built-in scenario and the step in which an end of it enters a state.
struct WayThere {
    std::string scenario{};
    std::uint32_t moment = 0;
};
/// The shortest of them; empty where none gets there.
[[nodiscard]] std::optional<WayThere> wayTo(tcp::State state);

}  // namespace tcplab::gui
