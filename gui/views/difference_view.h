#pragma once

#include "gui/desk.h"
#include "gui/views/prose_view.h"

namespace tcplab::gui {

/// How the current future differs from the one that it is compared with: where first, which packets
/// fared differently, and which states.
class DifferenceView : public ProseView {
    Q_OBJECT

public:
    explicit DifferenceView(Document& document, QWidget* parent = nullptr);

    /// "Compared with: As written"
    [[nodiscard]] QString heading() const;

Q_SIGNALS:
    void renewed();

protected:
    [[nodiscard]] QString prose() const override;
    void showEvent(QShowEvent* event) override;

private:
    [[nodiscard]] QString first(const RunDiff& found) const;
    [[nodiscard]] QString packets(const RunDiff& found) const;
    [[nodiscard]] QString states(const RunDiff& found) const;
    [[nodiscard]] const Trace& otherTrace() const;

    Document& document_;
};

}  // namespace tcplab::gui
