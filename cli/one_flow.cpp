#include "cli/one_flow.h"

#include <fmt/format.h>

#include <algorithm>

namespace tcplab::cli {
namespace {

class Keeper final : public capture::FlowSink {
public:
    Keeper(ConnectionId id, std::size_t octets) : id_{id}, octets_{octets} {}

    void connection(const Connection& connection) override {
        count_ += 1;
        if (connection.id == id_) kept_.trace.connection(connection);
    }
    void findings(const capture::PacketFindings& found) override { found_ = found; }
    void packet(const Packet& packet, Octets octets) override {
        if (packet.connection != id_) return;
        if (found_.packet() == packet.number && !found_.all().empty())
            kept_.findings.push_back(found_);
        kept_.trace.packet(packet, octets.first(std::min(octets.size(), octets_)));
    }
    void entry(const Entry& entry) override {
        if (entry.connection == id_) kept_.trace.entry(entry);
    }
    void flow(const capture::Flow& flow) override {
        if (flow.connection.id == id_) kept_.flow = flow;
    }

    [[nodiscard]] std::size_t count() const { return count_; }
    [[nodiscard]] OneFlow take() { return std::move(kept_); }

private:
    ConnectionId id_;
    std::size_t octets_;
    std::size_t count_ = 0;
    OneFlow kept_{};
    capture::PacketFindings found_{};  ///< Of the packet that is told next.
};

Unexpected<Error> usage(std::string what) {
    return Unexpected{Error{Error::Code::Usage, std::move(what)}};
}

}  // namespace

Expected<OneFlow, Error> readFlow(const std::string& file,
                                  std::optional<ConnectionId> chosen,
                                  std::size_t octets) {
    Keeper keeper{chosen.value_or(0), octets};
    auto summary = capture::analyze(file, keeper);
    if (!summary) return Unexpected{summary.error()};
    const std::size_t count = keeper.count();
    if (count == 0) return usage(file + ": no TCP connection in it");
    if (chosen && *chosen >= count)
        return usage(fmt::format("{}: no flow {}; the last one is {}", file, *chosen, count - 1));
    if (!chosen && count > 1)
        return usage(fmt::format("{}: {} flows; choose one with --flow N", file, count));
    OneFlow kept = keeper.take();
    kept.stopped = std::move(summary->stopped);
    return kept;
}

}  // namespace tcplab::cli
