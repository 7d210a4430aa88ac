#include "capture/index.h"

#include "capture/heat.h"
#include "capture/open_flow.h"
#include "capture/packet_finder.h"

#include <algorithm>
#include <utility>

namespace tcplab::capture {

void Indexer::entry(const Entry& entry) {
    const auto* entered = std::get_if<Entered>(&entry.what);
    if (entered == nullptr) return;
    if (const Ways way = waysOf({.from = entered->from, .to = entered->to}); way != 0)
        part_.changes.push_back({entry.connection, entry.side, way});
}

void Indexer::packet(const Packet& packet, Octets /*octets*/) {
    part_.packets.push_back({.frame = {.offset = packet.octets.offset,
                                       .at = packet.transit.seen->at,
                                       .number = packet.number,
                                       .captured = packet.octets.length,
                                       .originalLength = packet.originalLength,
                                       .link = packet.link},
                             .flow = packet.connection,
                             .from = packet.from,
                             .states = packet.states});
}

void Indexer::fragment(const Frame& fragment) {
    part_.fragments.push_back({.offset = fragment.offset,
                               .at = fragment.at,
                               .number = fragment.number,
                               .captured = static_cast<std::uint32_t>(fragment.octets.size()),
                               .originalLength = fragment.originalLength,
                               .link = fragment.link});
}

void Indexer::flow(const Flow& flow) {
    part_.ended.push_back({.flow = flow.connection.id,
                           .initial = flow.connection.initial,
                           .states = flow.states,
                           .outcome = outcomeOf(flow),
                           .trouble = trouble(flow),
                           .until = flow.until});
}

namespace {

/// Those that began in LISTEN, of an end that never was in it.
void correctWays(Ways& ways, const Connection& told, Side side, const IndexPart::Ended& ended) {
    using enum tcp::State;
    if (told.initial[side] == ended.initial[side]) return;
    const Ways opened = waysOf({.from = Listen, .to = SynSent});
    if ((ways & opened) != 0) ways |= waysOf({.from = Closed, .to = SynSent});
    ways &= ~(opened | waysOf({.from = Listen, .to = Closed}));
}

}  // namespace

void Index::add(const IndexPart& part) {
    if (packets_.empty()) packets_.emplace_back();
    for (const Connection& connection : part.flows)
        flows_.push_back({.connection = connection, .states = connection.initial});
    for (const IndexPart::Seen& seen : part.packets) {
        FlowRow& row = flows_[seen.flow];
        const auto place = static_cast<std::uint32_t>(packets_.size());
        packets_.push_back({.frame = seen.frame, .flow = seen.flow});
        (row.first == 0 ? row.first : packets_[row.last].next) = place;
        row.last = place;
        row.packets[seen.from] += 1;
        row.states = seen.states;
        latest_ = std::max(latest_, seen.frame.at);
    }
    for (const IndexPart::Changed& change : part.changes)
        flows_[change.flow].ways[change.side] |= change.way;
    fragments_.insert(fragments_.end(), part.fragments.begin(), part.fragments.end());
    for (const IndexPart::Ended& ended : part.ended) {
        FlowRow& row = flows_[ended.flow];
        for (const Side side : kSides) correctWays(row.ways[side], row.connection, side, ended);
        row.connection.initial = ended.initial;
        row.states = ended.states;
        row.outcome = ended.outcome;
        row.trouble = ended.trouble;
        row.until = ended.until;
    }
}

const IndexedPacket* Index::find(PacketId packet) const {
    const auto found = std::ranges::lower_bound(
        packets_, packet, {}, [](const IndexedPacket& one) { return one.frame.number; });
    return packet > 0 && found != packets_.end() && found->frame.number == packet ? &*found
                                                                                  : nullptr;
}

std::optional<ConnectionId> Index::flowOf(PacketId packet) const {
    const IndexedPacket* found = find(packet);
    return found == nullptr ? std::nullopt : std::optional{found->flow};
}

std::uint32_t Index::positionOf(PacketId packet) const {
    const IndexedPacket* found = find(packet);
    if (found == nullptr) return 0;
    std::uint32_t before = 0;
    for (std::uint32_t at = flows_[found->flow].first; at != 0; at = packets_[at].next) {
        if (packets_[at].frame.number == packet) break;
        ++before;
    }
    return before;
}

/// Folds the packets of one flow once more.
class FlowReader {
public:
    FlowReader(const Index& index, const CaptureFile& file) : index_{index}, file_{file} {}

    Expected<LoadedFlow, Error> read(ConnectionId wanted,
                                     std::uint32_t first,
                                     const FlowLimits& limits) {
        const FlowRow& row = index_.flows_[wanted];
        loaded_.whole = row.packets[Side::Client] + row.packets[Side::Server];
        loaded_.first = std::min(first, loaded_.whole);
        limits_ = limits;
        // What was known of the flow before it between the same ends goes into its findings.
        for (ConnectionId id = 0; id < wanted; ++id)
            if (sameEnds(index_.flows_[id].connection, row.connection) && !fold(id))
                return changed();
        keep_ = true;
        if (!fold(wanted)) return changed();
        return std::move(loaded_);
    }

private:
    [[nodiscard]] Unexpected<Error> changed() const {
        return Unexpected{
            Error{Error::Code::Incomplete,
                  "packet " + std::to_string(at_) + " is no longer where it was in the file"}};
    }

    [[nodiscard]] static bool sameEnds(const Connection& a, const Connection& b) {
        const auto& [client, server] = a.ends.values;
        return (client == b.ends[Side::Client] && server == b.ends[Side::Server]) ||
               (client == b.ends[Side::Server] && server == b.ends[Side::Client]);
    }

    /// False where the file no longer has what it had.
    bool fold(ConnectionId id) {
        const FlowRow& row = index_.flows_[id];
        flow_.reset();
        for (std::uint32_t at = row.first; at != 0; at = index_.packets_[at].next) {
            const IndexedFrame& frame = index_.packets_[at].frame;
            at_ = frame.number;
            bool same = false;
            const auto take = [&](const Frame& found, const wire::TcpPacketView& packet) {
                if (found.number != frame.number || !isOf(row.connection, packet)) return;
                this->take(row, found, packet);
                same = true;
            };
            const bool read =
                frame.offset == OctetRange::kNowhere ? putTogether(frame, take) : look(frame, take);
            if (!read || !same) return false;
        }
        if (!flow_) return false;
        past_ = flow_->past();
        const Instant until = row.outcome ? row.until : index_.latest_;
        Flow known = flow_->finish(until, changes_);
        tellChanges();
        if (keep_) loaded_.flow = std::move(known);
        return true;
    }

    [[nodiscard]] static bool isOf(const Connection& connection,
                                   const wire::TcpPacketView& packet) {
        Connection seen;
        seen.ends = {{packet.from, packet.to}};
        return sameEnds(connection, seen);
    }

    void take(const FlowRow& row, const Frame& frame, const wire::TcpPacketView& view) {
        if (!flow_) {
            const auto initial = row.outcome ? std::optional{row.connection.initial} : std::nullopt;
            flow_.emplace(row.connection.id, frame, view, past_, initial);
            moment_ = 0;
            if (keep_) loaded_.trace.connection(flow_->connection());
        }
        PacketFindings found{frame.number};
        const Packet packet = flow_->take(frame, view, ++moment_, changes_, found);
        if (keep_ && isShown()) {
            if (!found.all().empty()) loaded_.findings.push_back(found);
            loaded_.trace.packet(packet, frame.octets);
            octets_ += frame.octets.size();
            if (moment_ > loaded_.first) loaded_.shown += 1;
        }
        tellChanges();
    }

    [[nodiscard]] bool isShown() const {
        if (moment_ == 1) return true;
        const bool first = moment_ == loaded_.first + 1;
        return first || (moment_ > loaded_.first && loaded_.shown < limits_.packets &&
                         octets_ < limits_.octets);
    }

    void tellChanges() {
        if (keep_)
            for (const Entry& change : changes_) loaded_.trace.entry(change);
        changes_.clear();
    }

    template <class Take>
    bool look(const IndexedFrame& frame, const Take& take) {
        return readFrame(frame) && (PacketFinder{}.look(frameOf(frame), take), true);
    }

    /// All fragments up to here pass by once more, as the ones that it needs may lie anywhere.
    template <class Take>
    bool putTogether(const IndexedFrame& wanted, const Take& take) {
        PacketFinder finder;
        for (const IndexedFrame& fragment : index_.fragments_) {
            if (fragment.number > wanted.number) break;
            if (!readFrame(fragment)) return false;
            finder.look(frameOf(fragment), take);
        }
        return true;
    }

    bool readFrame(const IndexedFrame& frame) {
        octetsRead_.resize(frame.captured);
        return file_.read(frame.offset, octetsRead_);
    }

    [[nodiscard]] Frame frameOf(const IndexedFrame& frame) const {
        return {.number = frame.number,
                .at = frame.at,
                .link = frame.link,
                .originalLength = frame.originalLength,
                .octets = octetsRead_,
                .offset = frame.offset};
    }

    const Index& index_;
    const CaptureFile& file_;
    FlowLimits limits_{};
    LoadedFlow loaded_{};
    bool keep_ = false;
    PacketId at_ = 0;  ///< The packet that is being read.
    Moment moment_ = 0;
    std::uint64_t octets_ = 0;
    std::optional<OpenFlow> flow_{};
    std::optional<PastFlow> past_{};
    std::vector<Entry> changes_{};
    std::vector<std::uint8_t> octetsRead_{};
};

Expected<LoadedFlow, Error> loadFlow(const Index& index,
                                     const CaptureFile& file,
                                     ConnectionId flow,
                                     std::uint32_t first,
                                     const FlowLimits& limits) {
    return FlowReader{index, file}.read(flow, first, limits);
}

}  // namespace tcplab::capture
