#pragma once

#include "capture/flow.h"
#include "capture/frame_source.h"
#include "sim/base/error.h"
#include "sim/base/expected.h"
#include "sim/trace/trace.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tcplab::capture {

/// What a capture file holds beside its record.
struct Summary {
    std::uint64_t packets = 0;  ///< All packets read, of any protocol.
    std::uint64_t tcpPackets = 0;
    std::optional<Error> stopped{};  ///< Why reading ended before the end of the file, and where.
    std::string stoppedInChinese{};  ///< The same, where it is known.
};

/// Why reading stopped, where it did: without a stop at the end.
[[nodiscard]] const std::string& whyStopped(const Summary& summary, Language language);

/// What is to be done beside following connections.
struct AnalyzeOptions {
    bool checksums = false;  ///< Verify those of TCP; packets that have a wrong one say so.
    std::string filter{};    ///< Only packets that pass this filter, in libpcap's language.
};

/// Takes a record and, besides, each connection when it has ended.
class FlowSink : public Sink {
public:
    /// What was found of the packet that is told next.
    virtual void findings(const PacketFindings& /*found*/) {}
    /// A frame that holds a fragment of something, told after the packet that it completes.
    virtual void fragment(const Frame& /*fragment*/) {}
    virtual void flow(const Flow& flow) = 0;
};

/// Reads `source` to its end and tells `sink`. A TCP packet is a moment.
[[nodiscard]] Summary analyze(FrameSource& source,
                              FlowSink& sink,
                              const AnalyzeOptions& options = {});

/// Reads the capture file at `path` (pcap, pcapng) from first packet to last and tells `sink`. An
/// error where it could not be opened or is no capture; one that breaks off later is in `stopped`.
[[nodiscard]] Expected<Summary, Error> analyze(const std::string& path,
                                               FlowSink& sink,
                                               const AnalyzeOptions& options = {});

/// A capture kept whole, for the window.
struct Loaded {
    Trace trace{Origin::Captured};
    std::vector<Flow> flows{};               ///< By ConnectionId.
    std::vector<PacketFindings> findings{};  ///< Of packets that have any, in their order.
    Summary summary{};
};
[[nodiscard]] Expected<Loaded, Error> load(const std::string& path);

}  // namespace tcplab::capture
