#pragma once

#include "capture/frame_source.h"
#include "sim/base/expected.h"
#include "sim/wire/stack.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

namespace tcplab::capture {

/// Takes out of frames what tells of people: link and IP addresses are replaced by others, the same
/// by the same, and the octets of programs by letters, so that a repetition still repeats. Times,
/// ports, sequence numbers and lengths stay. Checksums are mended by what changed: one that was
/// right is right again, and one that was wrong stays wrong.
class Anonymizer {
public:
    struct What {
        bool addresses = true;
        bool payload = true;
    };
    explicit Anonymizer(const What& what) : what_{what} {}

    /// The frame without them; or why it cannot be had: octets in it are not understood, and might
    /// tell of people.
    [[nodiscard]] Expected<std::vector<std::uint8_t>, std::string_view> take(const Frame& frame);

private:
    /// A frame being changed.
    struct Work {
        wire::Layers layers;                 ///< Of the frame as it was.
        std::vector<std::uint8_t> octets{};  ///< As it will be.
    };
    void replaceAddresses(const wire::Layer& layer, Work& work);
    void replaceMac(std::size_t at, Work& work);
    void replaceIp(std::size_t at, std::uint8_t version, Work& work);
    [[nodiscard]] wire::IpAddress substituteFor(const wire::IpAddress& address);

    What what_;
    std::map<wire::IpAddress, wire::IpAddress> ips_{};
    std::map<wire::MacAddress, wire::MacAddress> macs_{};
    std::uint32_t ipv4s_ = 0;  ///< Given out so far.
    std::uint32_t ipv6s_ = 0;
};

}  // namespace tcplab::capture
