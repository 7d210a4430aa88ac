#pragma once

#include "capture/heat.h"
#include "gui/loading.h"
#include "sim/net/scenario.h"
#include "sim/trace/packet_expression.h"
#include "sim/trace/trace.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace tcplab::gui {

class Desk;

/// What is open, and where in it the reader stands. The only state that views share: each shows
/// the trace at the cursor, and moves the cursor by telling the document.
class Document : public QObject {
    Q_OBJECT

public:
    /// What was opened decides how the window is arranged.
    enum class Kind { None, Lesson, Capture };

    explicit Document(QObject* parent = nullptr);
    ~Document() override;

    /// Opens a capture or scenario file, a packetdrill script, or a built-in scenario by its name.
    /// What is open already stays where that fails. Of a capture it waits for all of it, or as long
    /// as its patience lasts: the rest comes while the event loop runs.
    [[nodiscard]] Expected<bool, Error> open(const QString& fileOrScenario);
    /// How long open() waits for the rest of a capture; for ever, if nothing is said.
    void setPatience(std::chrono::milliseconds patience) { patience_ = patience; }
    void show(const net::Scenario& scenario);
    /// A run that has been played already and can only be looked at.
    void show(const net::Scenario& about, Trace trace);
    /// Another run of the scenario takes the place of the trace, and the cursor goes to `moment`.
    void showRun(const Trace& trace, Moment moment);
    void close();

    /// Where a reader changes what happens.
    [[nodiscard]] Desk& desk() const { return *desk_; }

    [[nodiscard]] bool isLoading() const { return loading_ != nullptr; }
    /// Reads no further; what was read stays.
    void stopLoading();
    /// Whether that has been done.
    [[nodiscard]] bool wasStopped() const { return wasStopped_; }
    /// How much of the file has been read, 0 to 1; less than 0 where nobody knows.
    [[nodiscard]] double progress() const;

    [[nodiscard]] Kind kind() const { return kind_; }
    [[nodiscard]] const QString& name() const { return name_; }
    /// What open() took; empty where the document came otherwise.
    [[nodiscard]] const QString& source() const { return source_; }
    [[nodiscard]] const net::Bilingual& title() const { return title_; }
    [[nodiscard]] const net::Bilingual& notes() const { return notes_; }
    [[nodiscard]] const std::vector<net::Question>& questions() const { return questions_; }
    /// What is played; null where it is none that could be played again.
    [[nodiscard]] const net::Scenario* scenario() const;
    /// A run whole; of a capture, the current connection or a part of it.
    [[nodiscard]] const Trace& trace() const { return shown_.trace; }
    /// All of a capture, or of a script that has several, by ConnectionId; else empty.
    [[nodiscard]] const std::vector<capture::FlowRow>& flows() const {
        return kind_ == Kind::Capture ? index_.flows() : scriptFlows_;
    }
    /// What is known of the current connection; null where it is not out of a capture.
    [[nodiscard]] const capture::Flow* flow() const;
    /// What was found of a captured packet; null where nothing was.
    [[nodiscard]] const capture::PacketFindings* findingsOf(PacketId packet) const;
    [[nodiscard]] const capture::Summary& summary() const { return summary_; }

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

    /// Packets that a reader wants to find again.
    [[nodiscard]] const std::set<PacketId>& bookmarks() const { return bookmarks_; }
    /// Those of before; what a run does not have is left out.
    void setBookmarks(std::set<PacketId> packets);
    /// Sets or removes the one of the selected packet.
    void toggleBookmark();
    /// Selects the next one after the selected packet, from the start again after the last.
    void toNextBookmark();

    /// Which connections lists show: those that went there in the state diagram; empty: all.
    [[nodiscard]] const std::optional<capture::Passage>& passage() const { return passage_; }
    void setPassage(std::optional<capture::Passage> passage);

    /// Of a connection that is too long to be shown at once: which packets of it are, 0-based.
    struct Part {
        std::uint32_t first = 0;
        std::uint32_t shown = 0;
        std::uint32_t whole = 0;
    };
    [[nodiscard]] Part part() const { return {shown_.first, shown_.shown, shown_.whole}; }
    /// Shows the part that begins with this packet of the connection.
    void setPart(std::uint32_t first);

    void setConnection(ConnectionId connection);
    void setPosition(int position);
    /// A packet of the current connection. One of a capture that is not shown is looked for in the
    /// other connections.
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
    void filtered();  ///< Packets, or connections.
    void bookmarked();
    void moved();   ///< The moment, or what is selected.
    void grew();    ///< More of the capture has been read.
    void loaded();  ///< No more of it will be.
    /// Something could not be read again; what was shown before still is.
    void failed(const QString& sentence);

private:
    void start(capture::CaptureFile file, const QString& name);
    void absorb();
    bool load(ConnectionId connection, std::uint32_t first);
    void chooseWorst();
    void showFlow();
    void showAgain();
    void reset(Kind kind, const QString& name);
    /// Begins a run; what is said of it beside the ladder.
    void introduce(const net::Scenario& scenario);
    void findStops();
    void moveTo(Moment moment);
    void followCursor();
    [[nodiscard]] bool changesState(Moment moment) const;

    Desk* desk_;
    Kind kind_ = Kind::None;
    QString name_{};
    QString source_{};
    net::Bilingual title_{};
    net::Bilingual notes_{};
    std::vector<net::Question> questions_{};
    capture::LoadedFlow shown_{};
    capture::Index index_{};
    std::vector<capture::FlowRow> scriptFlows_{};
    capture::Summary summary_{};
    std::optional<capture::CaptureFile> file_{};
    std::unique_ptr<Loading> loading_{};
    std::uint64_t octetsRead_ = 0;
    std::chrono::milliseconds patience_ = std::chrono::hours{24};
    bool wasStopped_ = false;
    bool touched_ = false;  ///< The reader has chosen something since it was opened.
    ConnectionId connection_ = 0;
    Moment moment_ = 0;
    std::optional<PacketId> selected_{};
    std::optional<PacketExpression> filter_{};
    std::set<PacketId> bookmarks_{};
    std::optional<capture::Passage> passage_{};
    std::vector<Moment> stops_{};
};

}  // namespace tcplab::gui
