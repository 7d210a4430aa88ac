#pragma once

#include "capture/session.h"

#include <map>

namespace tcplab::fuzz {

/// Checks what always holds of a captured record: packets come in the order of the file, states
/// change along declared edges from where they were, and a connection ends in the states told last.
class CheckingSink final : public capture::FlowSink {
public:
    void connection(const Connection& connection) override;
    void packet(const Packet& packet, Octets octets) override;
    void entry(const Entry& entry) override;
    void flow(const capture::Flow& flow) override;

private:
    std::map<ConnectionId, PerSide<tcp::State>> states_{};  ///< Of those that are open.
    PacketId last_ = 0;
};

}  // namespace tcplab::fuzz
