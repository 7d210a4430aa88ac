#pragma once

#include "capture/flow.h"
#include "cli/rows.h"
#include "sim/trace/record.h"

#include <string>
#include <vector>

// What `tcplab analyze` tells of a flow and of a packet, column by column.
namespace tcplab::cli {

/// A column with what stands in it for each row.
template <class Row>
struct Field {
    Column column{};
    Cell (*cell)(const Row&){};
};

/// A flow that has ended.
struct FlowRow {
    const std::string& file;
    const capture::Flow& flow;
};

/// A TCP packet.
struct PacketRow {
    const std::string& file;
    const Packet& packet;
    const capture::PacketFindings& found;
    Instant start{};  ///< Of the file's first TCP packet.
};

[[nodiscard]] const std::vector<Field<FlowRow>>& flowFields();
[[nodiscard]] const std::vector<Field<PacketRow>>& packetFields();

}  // namespace tcplab::cli
