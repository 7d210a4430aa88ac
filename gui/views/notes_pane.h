#pragma once

#include "gui/document.h"
#include "gui/views/prose_view.h"

namespace tcplab::gui {

/// What a lesson is about, its questions when their time has come, what the reader is asked to
/// predict, and the programs of both hosts with the line that each has come to.
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
    [[nodiscard]] QString prediction() const;
    void follow(const QString& link);

    Document& document_;
    bool unfolded_ = false;                ///< The lines that prepare a program's calls are shown.
    std::vector<std::size_t> answered_{};  ///< Questions whose answer is shown.
};

}  // namespace tcplab::gui
