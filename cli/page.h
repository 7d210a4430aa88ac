#pragma once

#include "sim/base/text.h"
#include "sim/trace/trace.h"
#include "sim/wire/field.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tcplab::cli {

/// Something that was found of a packet.
struct Remark {
    std::string_view name{};  ///< "retransmission": the same in both languages.
    Text meaning{};
};

/// What a page says of its record.
struct PageAbout {
    wire::Phrase title{};
    wire::Phrase notes{};  ///< Before the first step; may be empty.
    std::map<PacketId, std::vector<Remark>> remarks{};
    std::string subject{};  ///< The file and the flow; may be empty.
    Language language{};    ///< The one it opens with.
};

/// One connection as a self-contained HTML page that steps through it: the ladder, the states, the
/// layers of each packet and the clauses. It loads nothing. Of a long connection it has the first
/// packets, and says so. All that comes from the record is data in it, never markup.
[[nodiscard]] std::string toHtml(const Trace& trace,
                                 ConnectionId connection,
                                 const PageAbout& about);

}  // namespace tcplab::cli
