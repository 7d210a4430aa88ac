#include "capture/link_types.h"

#include <pcap/pcap.h>

namespace tcplab::capture {

wire::LinkType linkTypeOf(std::uint16_t number) {
    constexpr std::uint16_t kRawIpOfMostSystems = 12;  // Their DLT_RAW.
    constexpr std::uint16_t kRawIpOfOpenBsd = 14;
    const bool raw = number == kRawIpOfMostSystems || number == kRawIpOfOpenBsd;
    return raw ? wire::LinkType::RawIp : static_cast<wire::LinkType>(number);
}

std::string notDissected(std::uint32_t number) {
    // LINKTYPE_ numbers from 104 on are libpcap's own (DLT_), and so are most below.
    const char* name = pcap_datalink_val_to_name(static_cast<int>(number));
    return "link type " + std::to_string(number) + " (" + (name == nullptr ? "unknown" : name) +
           ") is not one that can be read";
}

}  // namespace tcplab::capture
