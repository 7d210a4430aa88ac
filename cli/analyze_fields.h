#pragma once

#include "capture/flow.h"
#include "cli/rows.h"
#include "sim/base/text.h"
#include "sim/trace/record.h"

#include <string>
#include <vector>

// What `tcplab analyze` tells of a flow and of a packet, column by column.
namespace tcplab::cli {

/// A column, and what prints its cell of a row.
template <class Row>
struct Field {
    Column column{};
    void (*print)(const Row&, RowPrinter&){};
};

/// A flow that has ended.
struct FlowRow {
    const std::string& file;
    const capture::Flow& flow;
    Language language = Language::English;
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
