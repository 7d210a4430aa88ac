#pragma once

#include "sim/host/host.h"
#include "sim/trace/record.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tcplab::drill {

/// Tells a sink what a run does: the host under test is one end of each connection, the script the
/// other. Of the script's end nothing is known but its packets. Private to sim/drill.
class RunRecorder {
public:
    /// `sink`, where there is one, outlives the recorder.
    explicit RunRecorder(Sink* sink) : sink_{sink} {}

    void hostSent(Instant at, const host::Sent& sent);
    void scriptSent(Instant at, const host::Datagram& datagram);
    void acted(Instant at, const host::Acted& acted);
    void called(Instant at, host::CallNumber call, const std::string& text);
    void returned(Instant at,
                  host::CallNumber call,
                  const std::string& text,
                  const std::string& result);

private:
    struct Flow {
        wire::SocketAddress host{};
        wire::SocketAddress script{};
        Side hostSide{};
        tcp::State state = tcp::State::Closed;  ///< Of the host's end.
        PerSide<std::optional<Seq>> first{};    ///< The initial numbers.
    };
    [[nodiscard]] std::size_t flowOf(const wire::SocketAddress& host,
                                     const wire::SocketAddress& script,
                                     Side hostSide);
    PacketId packet(Instant at, std::size_t flow, bool byHost, const host::Datagram& datagram);
    void tell(Entry entry);

    Sink* sink_;
    std::vector<Flow> flows_{};
    std::map<host::SocketId, std::size_t> flowOfSocket_{};
    std::vector<Entry> early_{};  ///< Calls before the first packet.
    Moment moment_ = 0;
    PacketId packets_ = 0;
    std::optional<PacketId> cause_{};
};

}  // namespace tcplab::drill
