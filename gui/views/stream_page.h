#pragma once

#include "gui/document.h"
#include "gui/geometry/stream_story.h"
#include "sim/framing/infer.h"

#include <QWidget>

#include <optional>
#include <vector>

class QActionGroup;
class QComboBox;
class QLabel;
class QPushButton;

namespace tcplab::gui {

class StreamSwitchBar;
class StreamView;

/// The stream of one direction: where its messages begin and end, and what broke that. A scenario
/// is played again for each switch; a captured stream is read with the framing that is chosen, or
/// that is inferred. The document itself stays as it is.
class StreamPage : public QWidget {
    Q_OBJECT

public:
    explicit StreamPage(Document& document, QWidget* parent = nullptr);

    [[nodiscard]] StreamView& view() const { return *view_; }
    [[nodiscard]] Side sender() const { return sender_; }
    void setSender(Side sender);
    /// As tcplab frame --as takes it; empty: as the scenario has it, or as inferred. "none": not at
    /// all.
    void setFraming(const QString& text);
    void setSwitches(const StreamSwitches& switches);
    void tryCuts();
    /// What could not be done; empty where all could.
    [[nodiscard]] QString problem() const;

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void build();
    void retranslate();
    void reload();
    void reloadWhenSeen();
    void redraw();
    void redrawLesson();
    void redrawCapture();
    [[nodiscard]] const StreamSwitches& switches() const;
    [[nodiscard]] const StreamRows& playedAs(const net::Scenario& scenario,
                                             const StreamSwitches& switches);
    void fillFramings();
    [[nodiscard]] QString wholeOf(int framing) const;
    void showFramingFromItsBeginning();
    [[nodiscard]] const framing::Inference* inference();

    Document& document_;
    StreamView* view_;
    QActionGroup* senders_;
    QLabel* framingLabel_;
    QComboBox* framings_;
    QPushButton* cuts_;
    StreamSwitchBar* switchBar_;
    QLabel* problem_;

    Side sender_ = Side::Client;
    StreamSwitches were_{};  ///< As the scenario has them.
    struct Played {
        StreamSwitches switches{};
        PerSide<StreamRows> rows{};
    };
    std::vector<Played> played_{};  ///< From this sender.
    /// Of a captured stream; empty: as inferred.
    std::optional<framing::Framing> framing_{};
    bool unframed_ = false;  ///< A captured stream without messages.
    std::optional<framing::InferredPair> inferred_{};
    PerSide<capture::Stream> streams_{};
    std::optional<Trials> trials_{};
    bool stale_ = true;
};

}  // namespace tcplab::gui
