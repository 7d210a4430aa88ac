#pragma once

#include "gui/document.h"
#include "gui/views/prose_view.h"

namespace tcplab::gui {

/// What a lesson is about, its questions when their time has come, and the programs of both hosts
/// with the calls that have been made.
class NotesPane : public ProseView {
    Q_OBJECT

public:
    explicit NotesPane(Document& document, QWidget* parent = nullptr);

protected:
    [[nodiscard]] QString prose() const override;

private:
    [[nodiscard]] QString questionsSoFar() const;
    [[nodiscard]] bool isDue(const net::Question& question) const;
    [[nodiscard]] QString programOf(Side side) const;
    [[nodiscard]] std::size_t callsMade(Side side) const;

    Document& document_;
    std::vector<std::size_t> answered_{};  ///< Questions whose answer is shown.
};

}  // namespace tcplab::gui
