#pragma once

#include "capture/session.h"
#include "sim/net/scenario.h"
#include "sim/trace/packet_expression.h"
#include "sim/trace/trace.h"

#include <QObject>
#include <QString>

#include <optional>
#include <vector>

namespace tcplab::gui {

/// What is open, and where in it the reader stands. The only state that views share: each shows
/// the trace at the cursor, and moves the cursor by telling the document.
class Document : public QObject {
    Q_OBJECT

public:
    /// What was opened decides how the window is arranged.
    enum class Kind { None, Lesson, Capture };

    using QObject::QObject;

    /// Opens a capture or scenario file, a packetdrill script, or a built-in scenario by its name.
    [[nodiscard]] Expected<bool, Error> open(const QString& fileOrScenario);
    void show(const net::Scenario& scenario, Trace trace);
    void show(const QString& name, capture::Loaded loaded);
    void close();

    [[nodiscard]] Kind kind() const { return kind_; }
    [[nodiscard]] const QString& name() const { return name_; }
    /// What open() took; empty where the document came otherwise.
    [[nodiscard]] const QString& source() const { return source_; }
    [[nodiscard]] const net::Bilingual& title() const { return title_; }
    [[nodiscard]] const net::Bilingual& notes() const { return notes_; }
    [[nodiscard]] const std::vector<net::Question>& questions() const { return questions_; }
    /// What is played; none where it is a capture.
    [[nodiscard]] const std::optional<net::Scenario>& scenario() const { return scenario_; }
    /// The calls of a host's program; none where it is not known.
    [[nodiscard]] const net::Program& program(Side side) const { return programs_[side]; }
    [[nodiscard]] const Trace& trace() const { return loaded_.trace; }
    [[nodiscard]] const std::vector<capture::Flow>& flows() const { return loaded_.flows; }
    /// What was found of a captured packet; null where nothing was.
    [[nodiscard]] const capture::PacketFindings* findingsOf(PacketId packet) const;
    [[nodiscard]] const capture::Summary& summary() const { return loaded_.summary; }

    // The cursor.
    [[nodiscard]] ConnectionId connection() const { return connection_; }
    [[nodiscard]] const Connection* currentConnection() const;
    [[nodiscard]] Moment moment() const { return moment_; }
    [[nodiscard]] std::optional<PacketId> selected() const { return selected_; }
    [[nodiscard]] const Packet* selectedPacket() const;
    /// Up to which moment views draw: a lesson shows nothing of what is still to come.
    [[nodiscard]] Moment horizon() const;

    /// The moments at which something happens in the current connection, after 0.
    [[nodiscard]] const std::vector<Moment>& stops() const { return stops_; }
    /// How many of them have been: 0 to stops().size().
    [[nodiscard]] int position() const;
    /// The time of the cursor since the connection's record begins.
    [[nodiscard]] Duration elapsed() const;

    /// Which packets lists show; empty: all.
    [[nodiscard]] const std::optional<PacketExpression>& filter() const { return filter_; }
    void setFilter(std::optional<PacketExpression> filter);

    void setConnection(ConnectionId connection);
    void setPosition(int position);
    void select(PacketId packet);

public Q_SLOTS:
    void next();
    void back();
    void toStart();
    void toEnd();
    void toNextStateChange();
    void toPreviousStateChange();

Q_SIGNALS:
    void opened();
    void connectionChanged();
    void filtered();
    void moved();  ///< The moment, or what is selected.

private:
    void reset(Kind kind, const QString& name);
    void findStops();
    void moveTo(Moment moment);
    void followCursor();
    [[nodiscard]] bool changesState(Moment moment) const;

    Kind kind_ = Kind::None;
    QString name_{};
    QString source_{};
    net::Bilingual title_{};
    net::Bilingual notes_{};
    std::vector<net::Question> questions_{};
    std::optional<net::Scenario> scenario_{};
    PerSide<net::Program> programs_{};
    capture::Loaded loaded_{};
    ConnectionId connection_ = 0;
    Moment moment_ = 0;
    std::optional<PacketId> selected_{};
    std::optional<PacketExpression> filter_{};
    std::vector<Moment> stops_{};
};

}  // namespace tcplab::gui
