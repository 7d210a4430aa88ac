#pragma once

#include "gui/document.h"
#include "gui/views/prose_view.h"

#include <span>

namespace tcplab::gui {

/// What happened at the cursor and which sentence of which standard asks for it. Of a capture, what
/// became of the connection first.
class WhyPane : public ProseView {
    Q_OBJECT

public:
    explicit WhyPane(Document& document, QWidget* parent = nullptr);

    /// In which all of the text is seen, were the pane so wide.
    [[nodiscard]] int heightWanted(int width) const;

protected:
    [[nodiscard]] QString prose() const override;

private:
    [[nodiscard]] QString verdict() const;
    [[nodiscard]] static QString verdictWithLinks(const capture::Flow& flow);
    [[nodiscard]] QString whatHappened() const;
    [[nodiscard]] QString values(const Entry& entry) const;
    [[nodiscard]] QString whatIsWaitedFor() const;
    [[nodiscard]] QString findings(const capture::Flow& flow) const;
    [[nodiscard]] QString foundHere() const;
    [[nodiscard]] static QString explained(capture::Finding finding);
    [[nodiscard]] static QString links(std::span<const PacketId> packets);
    [[nodiscard]] QString whyNothingElse() const;
    [[nodiscard]] QString carried(const Packet& packet) const;

    Document& document_;
};

}  // namespace tcplab::gui
