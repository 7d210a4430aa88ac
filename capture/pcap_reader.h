#pragma once

#include "capture/frame_source.h"

#include <cstdio>

struct pcap;

namespace tcplab::capture {

/// Reads pcap and pcapng through libpcap, with times in nanoseconds. Copies no octet.
class PcapReader final : public FrameSource {
public:
    /// Takes over `file`, which `name` names in errors; it may be a pipe.
    [[nodiscard]] static Expected<std::unique_ptr<FrameSource>, Error> open(std::FILE* file,
                                                                            std::string name);
    [[nodiscard]] Expected<std::optional<Frame>, Error> next() override;

private:
    struct Close {
        void operator()(pcap* handle) const;
    };

    PcapReader(pcap* handle, std::string name);

    std::unique_ptr<pcap, Close> handle_;  ///< Owns the file too.
    std::string name_;
    wire::LinkType link_;
    std::uint32_t count_ = 0;
};

}  // namespace tcplab::capture
