#include "gui/models/variable_table.h"

#include "gui/glossary.h"
#include "gui/look.h"
#include "gui/wording.h"

#include <algorithm>

namespace tcplab::gui {

using namespace Qt::StringLiterals;

namespace {

/// RFC 7323 2.3: no window is larger, and a threshold that is, does not bind yet.
constexpr std::uint64_t kLargestWindow = std::uint64_t{65535} << 14U;

}  // namespace

VariableTable::VariableTable(Document& document, QObject* parent)
    : QAbstractTableModel(parent), document_{document} {
    connect(&document_, &Document::opened, this, &VariableTable::reload);
    connect(&document_, &Document::connectionChanged, this, &VariableTable::reload);
    connect(&document_, &Document::moved, this, &VariableTable::reload);
    reload();
}

int VariableTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int VariableTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kColumns;
}

void VariableTable::setWhole(bool whole) {
    if (whole == whole_) return;
    whole_ = whole;
    reload();
}

void VariableTable::reload() {
    beginResetModel();
    rows_.clear();
    addChanges();
    for (const Side side : kSides) {
        const auto deleted = deletedAt(side);
        if (deleted && (whole_ || *deleted == document_.moment())) {
            rows_.push_back({side, u"TCB"_s, {}, tr("deleted")});
        } else if (!deleted && whole_) {
            addUnchanged(side);
            addTimers(side);
        }
    }
    endResetModel();
}

void VariableTable::addChanges() {
    for (const Entry& entry : entriesAt(document_.trace(), document_.moment())) {
        if (entry.connection != document_.connection() || deletedAt(entry.side)) continue;
        if (const auto* change = std::get_if<VariableChanged>(&entry.what))
            addVariable(entry.side, *change, true);
    }
    if (!whole_) addTimersSet();
}

/// A step may set a timer, or stop it, several times: how it was left counts.
void VariableTable::addTimersSet() {
    struct Setting {
        Side side{};
        std::string_view timer{};
        QString words{};
    };
    std::vector<Setting> settings;
    const auto note = [&settings](Side side, std::string_view timer, const QString& words) {
        const auto known = std::ranges::find_if(settings, [=](const Setting& setting) {
            return setting.side == side && setting.timer == timer;
        });
        if (known == settings.end())
            settings.push_back({side, timer, words});
        else
            known->words = words;
    };
    const Instant start = startOf(document_.trace(), document_.connection());
    for (const Entry& entry : entriesAt(document_.trace(), document_.moment())) {
        if (entry.connection != document_.connection() || deletedAt(entry.side)) continue;
        if (const auto* armed = std::get_if<Armed>(&entry.what))
            note(entry.side, armed->timer, tr("due at %1 s").arg(seconds(armed->due - start)));
        if (const auto* disarmed = std::get_if<Disarmed>(&entry.what))
            note(entry.side, disarmed->timer, tr("stopped"));
    }
    for (const Setting& setting : settings)
        rows_.push_back({setting.side, timerSymbol(setting.timer), {}, setting.words});
}

/// What an earlier moment changed last.
void VariableTable::addUnchanged(Side side) {
    std::vector<VariableChanged> latest;
    std::vector<std::string_view> changed;
    std::optional<Moment> deleted;
    for (const Entry& entry : document_.trace().entries()) {
        if (entry.moment > document_.moment()) break;
        if (entry.connection != document_.connection() || entry.side != side) continue;
        if (const auto* entered = std::get_if<Entered>(&entry.what))
            if (entered->to == tcp::State::Closed) {
                latest.clear();
                deleted = entry.moment;
            }
        const auto* change = std::get_if<VariableChanged>(&entry.what);
        // Zeros are what a deleted TCB leaves behind, and nothing that another one starts with.
        if (change == nullptr || deleted == entry.moment) continue;
        if (entry.moment == document_.moment()) changed.push_back(change->name);
        const auto known = std::ranges::find(latest, change->name, &VariableChanged::name);
        if (known == latest.end())
            latest.push_back(*change);
        else
            *known = *change;
    }
    for (const VariableChanged& change : latest)
        if (std::ranges::find(changed, change.name) == changed.end())
            addVariable(side, change, false);
}

/// Those that run, and how long they still have.
void VariableTable::addTimers(Side side) {
    std::vector<Armed> running;
    const auto stop = [&running](std::string_view timer) {
        std::erase_if(running, [timer](const Armed& armed) { return armed.timer == timer; });
    };
    for (const Entry& entry : document_.trace().entries()) {
        if (entry.moment > document_.moment()) break;
        if (entry.connection != document_.connection() || entry.side != side) continue;
        if (const auto* disarmed = std::get_if<Disarmed>(&entry.what)) stop(disarmed->timer);
        if (const auto* fired = std::get_if<Fired>(&entry.what)) stop(fired->timer);
        if (const auto* armed = std::get_if<Armed>(&entry.what)) {
            stop(armed->timer);
            running.push_back(*armed);
        }
    }
    const Instant now = startOf(document_.trace(), document_.connection()) + document_.elapsed();
    for (const Armed& armed : running)
        rows_.push_back(
            {side, timerSymbol(armed.timer), {}, tr("%1 left").arg(lasting(armed.due - now))});
}

std::optional<Moment> VariableTable::deletedAt(Side side) const {
    std::optional<Moment> deleted;
    for (const Entry& entry : document_.trace().entries()) {
        if (entry.moment > document_.moment()) break;
        if (entry.connection != document_.connection() || entry.side != side) continue;
        if (const auto* entered = std::get_if<Entered>(&entry.what))
            deleted =
                entered->to == tcp::State::Closed ? std::optional{entry.moment} : std::nullopt;
    }
    return deleted;
}

void VariableTable::addVariable(Side side, const VariableChanged& change, bool changed) {
    const auto base = change.isSequence ? baseOf(side, change.name) : std::nullopt;
    const bool isThreshold = change.name == "ssthresh";
    const auto shown = [&](std::uint64_t value) {
        if (isThreshold && value >= kLargestWindow) return tr("not set");
        if (!base) return QString::number(value);
        // Modulo 2^32, like the numbers themselves.
        const auto distance = static_cast<std::uint32_t>(value) - *base;
        return QString::number(static_cast<std::int32_t>(distance));
    };
    // Before the first segment a sequence variable holds nothing yet, nor does the threshold.
    const bool unset = (change.isSequence || isThreshold) && change.before == 0;
    rows_.push_back({side,
                     toQt(change.name),
                     unset || !changed ? QString() : shown(change.before),
                     shown(change.after)});
}

/// The initial sequence number that a variable counts from, as the ladder does; nothing where it
/// is such a number itself, or no packet has told it.
std::optional<std::uint32_t> VariableTable::baseOf(Side side, std::string_view name) const {
    if (name == "ISS" || name == "IRS") return {};
    const bool ofPeer = name == "RCV.NXT" || name == "SND.WL1";
    const Side sender = ofPeer ? other(side) : side;
    for (const Packet& packet : document_.trace().packets())
        if (packet.connection == document_.connection() && packet.from == sender)
            return packet.tcp.seqRaw - static_cast<std::uint32_t>(packet.tcp.seq);
    return {};
}

QVariant VariableTable::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Row& row = rows_[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<Column>(index.column());
    switch (role) {
        case Qt::DisplayRole:
            switch (column) {
                case End: return nameOf(row.side);
                case Name: return row.name;
                case Before: return row.before;
                case After: return row.after;
            }
            return {};
        case Qt::FontRole:
            return column == End ? fonts::text(fonts::kLabel)
                                 : fonts::mono(fonts::kLabel, column == After);
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(
                Qt::AlignVCenter |
                (column == End || column == Name ? Qt::AlignLeft : Qt::AlignRight));
        default: return {};
    }
}

QVariant VariableTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    const auto column = static_cast<Column>(section);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::AlignVCenter | (column == End || column == Name ? Qt::AlignLeft : Qt::AlignRight));
    if (role != Qt::DisplayRole) return {};
    switch (column) {
        case End: return tr("End");
        case Name: return tr("Variable");
        case Before: return tr("Before");
        case After: return tr("Now");
    }
    return {};
}

}  // namespace tcplab::gui
