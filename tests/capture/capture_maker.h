#pragma once

#include "capture/frame_source.h"
#include "tests/support/pcap_maker.h"

#include <bit>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tcplab::test {

/// Makes a pcapng file, block by block; broken ones too.
class PcapngMaker {
public:
    explicit PcapngMaker(std::endian order = std::endian::little) : order_{order} {}

    /// Begins a section in this byte order.
    PcapngMaker& section(std::endian order, std::string_view options = {});
    PcapngMaker& section(std::string_view options = {}) { return section(order_, options); }
    PcapngMaker& interface(std::uint16_t link = 1,
                           std::uint32_t snapLength = 0,
                           std::string_view options = {});
    PcapngMaker& enhanced(std::uint32_t interface,
                          std::uint64_t time,
                          std::string_view octets,
                          std::uint32_t original,
                          std::string_view options = {});
    PcapngMaker& simple(std::string_view octets, std::uint32_t original);
    PcapngMaker& obsolete(std::uint16_t interface,
                          std::uint64_t time,
                          std::string_view octets,
                          std::uint32_t original,
                          std::string_view options = {});
    PcapngMaker& block(std::uint32_t type, std::string_view body);
    PcapngMaker& raw(std::string_view octets);

    [[nodiscard]] std::string option(std::uint16_t code, std::string_view value) const;
    /// if_tsresol and if_tsoffset, the end of the options after them.
    [[nodiscard]] std::string clock(std::uint8_t resolution,
                                    std::optional<std::int64_t> offset = {}) const;
    template <std::unsigned_integral T>
    [[nodiscard]] std::string number(T value) const {
        return octetsOf(value, order_);
    }
    [[nodiscard]] const std::string& content() const { return content_; }

private:
    std::endian order_;
    std::string content_{};
};

/// Octets, and then zeros up to a multiple of four.
[[nodiscard]] std::string padded(std::string_view octets);

/// What a capture file gave, to its end or to where it stopped.
struct Reading {
    struct Kept {
        std::uint32_t number = 0;
        std::int64_t at = 0;
        bool timed = true;
        std::uint16_t link = 0;
        std::uint32_t originalLength = 0;
        std::string octets{};
        friend bool operator==(const Kept&, const Kept&) = default;
    };
    std::vector<Kept> frames{};
    std::optional<Error> error{};

    /// The first frames as in `other`, and no more than that.
    [[nodiscard]] bool isPrefixOf(const Reading& other) const;
    /// As tsharkFrames() has it.
    [[nodiscard]] std::vector<std::string> rows() const;
};
[[nodiscard]] Reading reading(const std::string& path);
/// The same of a file with this content.
[[nodiscard]] Reading readingOf(std::string_view content);

/// Of each packet, as tshark reads it: "number time encapsulation length captured", tabs between.
[[nodiscard]] std::vector<std::string> tsharkFrames(std::string_view content);

}  // namespace tcplab::test
