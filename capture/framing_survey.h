#pragma once

#include "capture/stream.h"
#include "sim/framing/infer.h"
#include "sim/wire/address.h"

#include <cstddef>
#include <map>
#include <vector>

namespace tcplab::capture {

/// What inference looks at of a stream.
[[nodiscard]] framing::Sample sampleOf(const Stream& stream);

/// Infers the framing of each service of a capture from the beginnings of its first connections,
/// those with one server together. What it holds does not grow with the capture: of each open flow
/// the first octets, and of those that have ended so many altogether.
class FramingSurvey final : public FlowSink {
public:
    /// The framings found, by the server's address and port. To be called once, after the last
    /// packet.
    [[nodiscard]] std::map<wire::SocketAddress, framing::InferredPair> finish();

    void connection(const Connection& connection) override;
    void packet(const Packet& packet, Octets octets) override;
    void entry(const Entry& /*entry*/) override {}
    void flow(const Flow& flow) override;

private:
    struct Open {
        wire::SocketAddress server{};
        StreamAssembler streams{framing::kMostSampled};
    };
    using Service = std::vector<PerSide<Stream>>;
    void infer(const wire::SocketAddress& server, const Service& service);

    std::map<ConnectionId, Open> open_{};
    std::map<wire::SocketAddress, Service> services_{};
    std::size_t held_ = 0;  ///< Octets in `services_`.
    std::map<wire::SocketAddress, framing::InferredPair> found_{};
};

}  // namespace tcplab::capture
