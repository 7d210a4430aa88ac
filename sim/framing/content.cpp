#include "sim/framing/content.h"

#include "sim/framing/scanners.h"

#include <algorithm>
#include <array>
#include <optional>

namespace tcplab::framing {

bool isBer(Octets octets, int depth) {
    while (!octets.empty()) {
        const Scan scan = BerScanner{Ber{}}.scan(octets);
        if (scan.kind != Scan::Kind::Frame) return false;
        const bool constructed = (octets.front() & 0x20U) != 0;
        if (constructed && depth > 0 &&
            !isBer(octets.subspan(scan.bodyFrom, scan.bodyTo - scan.bodyFrom), depth - 1))
            return false;
        octets = octets.subspan(static_cast<std::size_t>(scan.size));
    }
    return true;
}

bool isProtobuf(Octets octets) {
    std::size_t at = 0;
    const auto varint = [&]() -> std::optional<std::uint64_t> {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64 && at < octets.size(); shift += 7) {
            const std::uint8_t octet = octets[at++];
            value |= std::uint64_t{octet & 0x7FU} << shift;
            if ((octet & 0x80U) == 0) return value;
        }
        return std::nullopt;
    };
    while (at < octets.size()) {
        const auto key = varint();
        if (!key || *key >> 3U == 0 || *key >> 3U > 1000) return false;
        std::optional<std::uint64_t> skip = 0;
        switch (*key & 7U) {
            case 0:
                if (!varint()) return false;
                break;
            case 1: skip = 8; break;
            case 2: skip = varint(); break;
            case 5: skip = 4; break;
            default: return false;
        }
        if (!skip || *skip > octets.size() - at) return false;
        at += static_cast<std::size_t>(*skip);
    }
    return true;
}

bool isMqttConnect(Octets message) {
    constexpr std::array<std::uint8_t, 6> kName{0, 4, 'M', 'Q', 'T', 'T'};
    return !message.empty() && message.front() == 0x10 &&
           std::search(message.begin(), message.end(), kName.begin(), kName.end()) != message.end();
}

std::string_view textOf(Octets octets) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): octets that are text.
    return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

bool countsBodies(Octets octets) {
    const std::string_view text = textOf(octets);
    return text.find("ontent-Length:") != text.npos || text.find("ontent-length:") != text.npos;
}

bool hasHeads(Octets octets) {
    const std::string_view text = textOf(octets);
    const std::string_view first = text.substr(0, text.find('\n'));
    return first.find("HTTP/1.") != first.npos || first.find("SIP/2.0") != first.npos ||
           first.find("RTSP/1.0") != first.npos;
}

bool isText(Octets octets) {
    const auto strange = std::ranges::count_if(octets, [](std::uint8_t o) {
        return (o < 0x20 && o != '\t' && o != '\r' && o != '\n' && o != 0x1B) || o == 0x7F;
    });
    return static_cast<std::size_t>(strange) * 50 <= octets.size();
}

}  // namespace tcplab::framing
