#pragma once

#include "gui/document.h"
#include "gui/views/prose_view.h"

namespace tcplab::gui {

/// What a lesson is about, and the programs of both hosts with the calls that have been made.
class NotesPane : public ProseView {
    Q_OBJECT

public:
    explicit NotesPane(Document& document, QWidget* parent = nullptr);

protected:
    [[nodiscard]] QString prose() const override;

private:
    [[nodiscard]] QString programOf(Side side) const;
    [[nodiscard]] std::size_t callsMade(Side side) const;

    Document& document_;
};

}  // namespace tcplab::gui
