#include "gui/document.h"

#include "gui/desk.h"
#include "gui/glossary.h"
#include "gui/recording.h"
#include "gui/wording.h"
#include "sim/drill/play.h"

#include <QFile>
#include <QFileInfo>
#include <QSignalBlocker>

#include <algorithm>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

Expected<std::string, Error> readText(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Unexpected{
            Error{Error::Code::NotReadable, (path + u": "_s + file.errorString()).toStdString()}};
    return file.readAll().toStdString();
}

Expected<net::Scenario, Error> readScenario(const QString& path) {
    const auto text = readText(path);
    if (!text) return Unexpected{text.error()};
    return net::parseScenario(*text, path.toStdString());
}

Expected<drill::Played, Error> readScript(const QString& path) {
    const auto text = readText(path);
    if (!text) return Unexpected{text.error()};
    return drill::play(*text, path.toStdString());
}

bool looksLikePath(const QString& text) {
    return text.contains(u'/') || text.contains(u'.');
}

/// The packet that a moment is about: what it sends, else what came or was lost.
std::optional<PacketId> packetOf(const Trace& trace, ConnectionId connection, Moment moment) {
    std::optional<PacketId> found;
    for (const Entry& entry : entriesAt(trace, moment)) {
        if (entry.connection != connection) continue;
        if (const auto* sent = std::get_if<Sent>(&entry.what)) return sent->packet;
        if (const auto* arrived = std::get_if<Arrived>(&entry.what)) found = arrived->packet;
        if (const auto* lost = std::get_if<Lost>(&entry.what)) found = lost->packet;
        if (const auto* gone = std::get_if<Discarded>(&entry.what)) found = gone->packet;
    }
    return found;
}

/// How many packets before the wanted one are shown with it.
constexpr std::uint32_t kBefore = 100;

}  // namespace

Document::Document(QObject* parent) : QObject(parent), desk_{new Desk(*this)} {}

Document::~Document() {
    loading_.reset();
}

Expected<bool, Error> Document::open(const QString& fileOrScenario) {
    const bool exists = QFileInfo::exists(fileOrScenario);
    if (!exists && looksLikePath(fileOrScenario))
        return Unexpected{Error{Error::Code::NotFound,
                                tr("There is no file %1.").arg(fileOrScenario).toStdString()}};
    if (exists && fileOrScenario.endsWith(u".pkt"_s)) {
        auto played = readScript(fileOrScenario);
        if (!played) return Unexpected{played.error()};
        {
            const QSignalBlocker untilNamed(this);
            show(played->about, std::move(played->trace));
        }
        source_ = QFileInfo(fileOrScenario).absoluteFilePath();
        Q_EMIT opened();
        return true;
    }
    if (exists && !fileOrScenario.endsWith(u".toml"_s)) {
        auto file = capture::CaptureFile::open(fileOrScenario.toStdString());
        if (!file) return Unexpected{file.error()};
        start(std::move(*file), QFileInfo(fileOrScenario).fileName());
        source_ = QFileInfo(fileOrScenario).absoluteFilePath();
        Q_EMIT opened();
        return true;
    }
    auto scenario =
        exists ? readScenario(fileOrScenario) : net::scenarioNamed(fileOrScenario.toStdString());
    // A name that is no scenario's is a slip of the caller; a path may well have gone.
    if (!scenario)
        return Unexpected{
            Error{exists ? scenario.error().code : Error::Code::Usage, scenario.error().what}};
    {
        const QSignalBlocker untilNamed(this);
        show(*scenario);
    }
    source_ = exists ? QFileInfo(fileOrScenario).absoluteFilePath() : fileOrScenario;
    Q_EMIT opened();
    return true;
}

void Document::show(const net::Scenario& scenario) {
    introduce(scenario);
    desk_->begin(scenario);
    shown_.trace = desk_->futures()->current().trace;
    findStops();
    for (const Entry& entry : trace().entries())
        if (scenario.opensAt && entry.at <= *scenario.opensAt) moment_ = entry.moment;
    followCursor();
    Q_EMIT opened();
}

void Document::show(const net::Scenario& about, Trace trace) {
    introduce(about);
    shown_.trace = std::move(trace);
    if (shown_.trace.connections().size() > 1) scriptFlows_ = flowRowsOf(shown_.trace);
    findStops();
    Q_EMIT opened();
}

void Document::introduce(const net::Scenario& scenario) {
    reset(Kind::Lesson, toQt(scenario.name));
    title_ = scenario.title;
    notes_ = scenario.notes;
    questions_ = scenario.questions;
}

void Document::showRun(const Trace& trace, Moment moment) {
    const auto before = selected_;
    shown_.trace = trace;
    moment_ = moment;
    findStops();
    followCursor();
    if (!selected_ && before && trace.find(*before) != nullptr) selected_ = before;
    Q_EMIT connectionChanged();
    Q_EMIT moved();
}

const net::Scenario* Document::scenario() const {
    const Futures* futures = desk_->futures();
    return futures == nullptr ? nullptr : &futures->current().scenario;
}

void Document::close() {
    reset(Kind::None, {});
    Q_EMIT opened();
}

void Document::reset(Kind kind, const QString& name) {
    loading_.reset();
    kind_ = kind;
    name_ = name;
    source_.clear();
    title_ = {};
    notes_ = {};
    questions_.clear();
    desk_->clear();
    shown_ = {};
    index_ = {};
    scriptFlows_.clear();
    summary_ = {};
    file_.reset();
    octetsRead_ = 0;
    wasStopped_ = false;
    touched_ = false;
    connection_ = 0;
    moment_ = 0;
    selected_.reset();
    filter_.reset();
    bookmarks_.clear();
    passage_.reset();
    stops_.clear();
}

const Connection* Document::currentConnection() const {
    const auto& all = trace().connections();
    const auto found = std::ranges::find(all, connection_, &Connection::id);
    return found == all.end() ? nullptr : &*found;
}

const Packet* Document::selectedPacket() const {
    return selected_ ? trace().find(*selected_) : nullptr;
}

const capture::Flow* Document::flow() const {
    return kind_ == Kind::Capture && currentConnection() != nullptr ? &shown_.flow : nullptr;
}

const capture::PacketFindings* Document::findingsOf(PacketId packet) const {
    const auto& all = shown_.findings;
    const auto found = std::ranges::lower_bound(all, packet, {}, &capture::PacketFindings::packet);
    return found == all.end() || found->packet() != packet ? nullptr : &*found;
}

void Document::setFilter(std::optional<PacketExpression> filter) {
    if (filter == filter_) return;
    filter_ = std::move(filter);
    Q_EMIT filtered();
}

void Document::setBookmarks(std::set<PacketId> packets) {
    // Of a capture, packets come that have not been read yet.
    if (kind_ != Kind::Capture)
        std::erase_if(packets, [this](PacketId id) { return trace().find(id) == nullptr; });
    bookmarks_ = std::move(packets);
    Q_EMIT bookmarked();
}

void Document::toggleBookmark() {
    if (!selected_) return;
    if (!bookmarks_.erase(*selected_)) bookmarks_.insert(*selected_);
    Q_EMIT bookmarked();
}

void Document::toNextBookmark() {
    if (bookmarks_.empty()) return;
    const auto next = bookmarks_.upper_bound(selected_.value_or(0));
    select(next == bookmarks_.end() ? *bookmarks_.begin() : *next);
}

void Document::setPassage(std::optional<capture::Passage> passage) {
    if (passage == passage_) return;
    passage_ = passage;
    Q_EMIT filtered();
}

Moment Document::horizon() const {
    return kind_ == Kind::Lesson ? moment_ : trace().moments();
}

int Document::position() const {
    return static_cast<int>(std::ranges::upper_bound(stops_, moment_) - stops_.begin());
}

Duration Document::elapsed() const {
    const Instant start = startOf(trace(), connection_);
    Instant now = start;
    // A step in which something was done with the run takes no time, and may have no entry.
    const auto& entries = trace().entries();
    auto last = std::ranges::upper_bound(entries, moment_, {}, &Entry::moment);
    while (last != entries.begin() && std::prev(last)->connection != connection_) --last;
    if (last != entries.begin() && kind_ == Kind::Lesson) now = std::max(now, std::prev(last)->at);
    for (const Entry& entry : entriesAt(trace(), moment_))
        if (entry.connection == connection_) now = std::max(now, entry.at);
    if (const Packet* packet = selectedPacket()) {
        const Sighting* first = firstSighting(packet->transit);
        if (first != nullptr && first->moment == moment_) now = std::max(now, first->at);
    }
    return now - start;
}

void Document::setConnection(ConnectionId connection) {
    if (connection == connection_) return;
    touched_ = true;
    if (kind_ == Kind::Capture) {
        if (load(connection, 0)) showFlow();
        return;
    }
    connection_ = connection;
    findStops();
    followCursor();
    Q_EMIT connectionChanged();
    Q_EMIT moved();
}

void Document::setPart(std::uint32_t first) {
    touched_ = true;
    if (!load(connection_, first)) return;
    moment_ = shown_.first + 1;
    followCursor();
    Q_EMIT connectionChanged();
    Q_EMIT moved();
}

void Document::setPosition(int position) {
    const int last = static_cast<int>(stops_.size());
    // A capture has no position before its first packet: something is always chosen.
    const int first = kind_ == Kind::Capture && last > 0 ? 1 : 0;
    const int wanted = std::clamp(position, first, last);
    moveTo(wanted == 0 ? 0 : stops_[static_cast<std::size_t>(wanted - 1)]);
}

void Document::select(PacketId packet) {
    touched_ = true;
    bool otherPackets = false;
    if (kind_ == Kind::Capture && trace().find(packet) == nullptr) {
        const auto flow = index_.flowOf(packet);
        const std::uint32_t at = index_.positionOf(packet);
        if (!flow || !load(*flow, at - std::min(at, kBefore))) return;
        otherPackets = true;
    }
    const Packet* found = trace().find(packet);
    if (found == nullptr || found->connection != connection_) return;
    if (kind_ == Kind::Capture) {
        if (const Sighting* first = firstSighting(found->transit)) moment_ = first->moment;
    }
    selected_ = packet;
    if (otherPackets) Q_EMIT connectionChanged();
    Q_EMIT moved();
}

void Document::next() {
    const bool last = position() == static_cast<int>(stops_.size());
    const std::uint32_t after = shown_.first + shown_.shown;
    if (last && after < shown_.whole) return setPart(after);
    setPosition(position() + 1);
}
void Document::back() {
    if (shown_.first > 0 && moment_ <= shown_.first + 1) {
        const std::uint32_t packet = shown_.first;
        setPart(packet - std::min(packet, capture::FlowLimits{}.packets));
        return moveTo(packet);
    }
    setPosition(position() - 1);
}
void Document::toStart() {
    setPosition(0);
}
void Document::toEnd() {
    setPosition(static_cast<int>(stops_.size()));
}

void Document::toNextStateChange() {
    const auto next = std::ranges::find_if(
        stops_, [this](Moment stop) { return stop > moment_ && changesState(stop); });
    if (next != stops_.end()) moveTo(*next);
}

void Document::toPreviousStateChange() {
    for (auto stop = stops_.rbegin(); stop != stops_.rend(); ++stop)
        if (*stop < moment_ && changesState(*stop)) return moveTo(*stop);
    toStart();
}

bool Document::changesState(Moment moment) const {
    return std::ranges::any_of(entriesAt(trace(), moment), [this](const Entry& entry) {
        return entry.connection == connection_ && std::holds_alternative<Entered>(entry.what);
    });
}

void Document::findStops() {
    stops_.clear();
    const auto add = [this](const auto& sighting) {
        if (sighting && sighting->moment > 0) stops_.push_back(sighting->moment);
    };
    for (const Entry& entry : trace().entries())
        if (entry.connection == connection_ && entry.moment > 0) stops_.push_back(entry.moment);
    if (const Futures* futures = desk_->futures())
        for (const auto& [step, turn] : turnsOf(futures->current().course)) stops_.push_back(step);
    for (const Packet& packet : trace().packets()) {
        if (packet.connection != connection_) continue;
        for (const auto& sighting : {packet.transit.departed,
                                     packet.transit.seen,
                                     packet.transit.arrived,
                                     packet.transit.lost})
            add(sighting);
    }
    std::ranges::sort(stops_);
    stops_.erase(std::unique(stops_.begin(), stops_.end()), stops_.end());
}

void Document::moveTo(Moment moment) {
    touched_ = true;
    if (moment == moment_) return;
    moment_ = moment;
    followCursor();
    Q_EMIT moved();
}

/// What the moment is about is selected.
void Document::followCursor() {
    selected_ = packetOf(trace(), connection_, moment_);
    if (selected_) return;
    for (const Packet& packet : trace().packets()) {
        const auto& seen = packet.transit.seen;
        if (packet.connection == connection_ && seen && seen->moment == moment_) {
            selected_ = packet.number;
            return;
        }
    }
}

}  // namespace tcplab::gui
