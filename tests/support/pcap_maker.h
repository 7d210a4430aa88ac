#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tcplab::test {

/// The octets of a number in a byte order.
template <std::unsigned_integral T>
[[nodiscard]] std::string octetsOf(T number, std::endian order) {
    std::string octets;
    for (std::size_t i = 0; i < sizeof(T); ++i) {
        const std::size_t place = order == std::endian::little ? i : sizeof(T) - 1 - i;
        octets.push_back(static_cast<char>(number >> (8 * place) & 0xFF));
    }
    return octets;
}

/// Makes a pcap file, record by record; broken ones too.
class PcapMaker {
public:
    static constexpr std::uint32_t kMicroseconds = 0xA1B2C3D4;
    static constexpr std::uint32_t kNanoseconds = 0xA1B23C4D;
    static constexpr std::uint32_t kKuznetzov = 0xA1B2CD34;

    struct Header {
        std::uint32_t magic = kMicroseconds;
        std::uint16_t major = 2;
        std::uint16_t minor = 4;
        std::uint32_t link = 1;
    };
    PcapMaker(std::endian order, const Header& header);

    PcapMaker& record(std::uint32_t seconds,
                      std::uint32_t fraction,
                      std::string_view octets,
                      std::uint32_t original);
    /// The same with lengths that need not be true, in the order in which they stand.
    PcapMaker& record(std::uint32_t seconds,
                      std::uint32_t fraction,
                      std::string_view octets,
                      std::uint32_t firstLength,
                      std::uint32_t secondLength);
    [[nodiscard]] const std::string& content() const { return content_; }

private:
    std::endian order_;
    bool kuznetzov_;
    std::string content_{};
};

}  // namespace tcplab::test
