#include "tests/support/pcap_maker.h"

namespace tcplab::test {

namespace {

constexpr std::uint32_t kSnapLength = 262'144;

}  // namespace

PcapMaker::PcapMaker(std::endian order, const Header& header)
    : order_{order}, kuznetzov_{header.magic == kKuznetzov} {
    content_ = octetsOf(header.magic, order) + octetsOf(header.major, order) +
               octetsOf(header.minor, order) + std::string(8, '\0') + octetsOf(kSnapLength, order) +
               octetsOf(header.link, order);
}

PcapMaker& PcapMaker::record(std::uint32_t seconds,
                             std::uint32_t fraction,
                             std::string_view octets,
                             std::uint32_t original) {
    const auto captured = static_cast<std::uint32_t>(octets.size());
    return record(seconds, fraction, octets, captured, original);
}

PcapMaker& PcapMaker::record(std::uint32_t seconds,
                             std::uint32_t fraction,
                             std::string_view octets,
                             std::uint32_t firstLength,
                             std::uint32_t secondLength) {
    for (const std::uint32_t number : {seconds, fraction, firstLength, secondLength}) {
        content_ += octetsOf(number, order_);
    }
    if (kuznetzov_) content_ += std::string(8, '\0');
    content_ += octets;
    return *this;
}

}  // namespace tcplab::test
