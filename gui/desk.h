#pragma once

#include "sim/tcp/explain.h"
#include "sim/trace/diff.h"
#include "sim/trace/prediction.h"

#include <QObject>
#include <QString>

#include <optional>

namespace tcplab::gui {

class Document;

/// What a reader can do with a scenario at the document's cursor: let something befall a packet,
/// call for a program, change an option, and say what will come next. Each act begins another
/// future, which takes the place of the document's trace; all of them are kept.
class Desk : public QObject {
    Q_OBJECT

public:
    /// Part of the document, which outlives it.
    explicit Desk(Document& document);

    void begin(const net::Scenario& scenario);
    void clear();

    /// Null where no scenario is open.
    [[nodiscard]] const Futures* futures() const { return futures_ ? &*futures_ : nullptr; }
    /// The world at the cursor; null where no scenario is open.
    [[nodiscard]] const net::World* world() const;
    /// What an end does not do at the cursor, and what it waits for.
    [[nodiscard]] tcp::Silences silencesOf(Side side) const;
    /// What was done with the run in the step at the cursor, as nameOf() says
    /// it; empty where nothing was.
    [[nodiscard]] QString turnHere() const;

    /// The packet that a fault would befall: the selected one, if it is on its way; else the one
    /// that left first of those that are.
    [[nodiscard]] std::optional<PacketId> packetOnTheWay() const;
    [[nodiscard]] bool canCall(Side side, net::CallKind kind) const;

    void chooseFuture(std::size_t number);
    /// The future that the current one is compared with: the one it left, of the first the one that
    /// was begun last. Empty where there is only one.
    [[nodiscard]] std::optional<std::size_t> comparedWith() const;
    [[nodiscard]] std::optional<RunDiff> differences() const;

    // Saying what comes next, before it can be seen.
    [[nodiscard]] bool predicts() const { return predicts_; }
    void setPredicts(bool predicts);
    /// Null where nothing is asked at the cursor.
    [[nodiscard]] const Prediction* question() const;
    /// The scenario's own question that it belongs to; null where the reader wanted to be asked.
    [[nodiscard]] const net::Question* lessonQuestion() const;
    /// The answer that was given to it.
    [[nodiscard]] std::optional<std::size_t> given() const;
    void answer(std::size_t number);
    /// Whether a wrong answer was given, whose own future can be looked at.
    [[nodiscard]] bool canPlayAnswer() const;
    void playAnswer();

    [[nodiscard]] bool canUndo() const { return futures_ && futures_->all().size() > 1; }
    [[nodiscard]] bool canRedo() const { return !undone_.empty(); }

public Q_SLOTS:
    void befall(tcplab::net::Fault::Kind kind);
    /// With octets or counts that are easy to follow.
    void call(tcplab::Side side, tcplab::net::CallKind kind);
    /// setsockopt(), from here on; the value must be one of the option's.
    void setOption(tcplab::Side side, tcplab::net::SocketOption option, std::int64_t value);
    /// The same course in another scenario; `what` says what is other.
    void replay(const tcplab::net::Scenario& scenario, const QString& what);
    /// To where this future left the other one, or from there into it.
    void branchOrBack();
    void undo();
    void redo();

Q_SIGNALS:
    /// There are other futures, another one is current, or something was asked or answered.
    void changed();
    /// Something could not be done.
    void refused(const QString& why);

private:
    struct Given {
        std::size_t future = 0;
        Moment at = 0;
        Moment decisive = 0;  ///< The step that was asked for.
        std::size_t answer = 0;
    };
    void turn(const net::Choice& choice);
    void show(Moment moment);
    void follow();
    void forgetPlace();

    Document& document_;
    std::optional<Futures> futures_{};
    std::vector<Futures::Future> undone_{};  ///< The last one was undone last.
    bool predicts_ = false;
    std::optional<Given> given_{};
    // Of the cursor's place; computed when somebody asks.
    mutable std::optional<net::World> world_{};
    mutable std::optional<Prediction> question_{};
    mutable bool asked_ = false;  ///< question_ has been computed.
};

/// A scenario of two hosts that run no program; whoever plays it calls for them.
[[nodiscard]] net::Scenario emptyScenario(std::string_view profile);

}  // namespace tcplab::gui
