// Packets of one connection, six octets each: side, control bits, sequence number, acknowledgement
// number, length and window, in a few of the values that matter. States are inferred along declared
// edges whatever the two ends say.

#include "sim/wire/frame.h"
#include "tests/fuzz/checking_sink.h"

#include <array>
#include <vector>

namespace {

using namespace tcplab;

constexpr std::size_t kOctetsEach = 6;
constexpr std::size_t kMostPackets = 64;
constexpr PerSide<wire::SocketAddress> kEnds{
    {wire::SocketAddress{wire::IpAddress::v4(192, 0, 2, 1), 40'000},
     wire::SocketAddress{wire::IpAddress::v4(198, 51, 100, 2), 80}}};
// The client's numbers wrap around soon.
constexpr PerSide<std::uint32_t> kIss{{0xFFFF'FFF8, 1000}};

/// A number near the first one of a side, or one far from it.
Seq numberOf(Side side, std::uint8_t choice) {
    const auto step = static_cast<std::uint32_t>(static_cast<std::int8_t>(choice) / 2);
    return Seq{kIss[side] + (choice % 2 == 0 ? step : step << 24)};
}

class Packets final : public capture::FrameSource {
public:
    explicit Packets(Octets octets) : left_{octets} {}

    Expected<std::optional<capture::Frame>, Error> next() override {
        if (left_.size() < kOctetsEach || number_ == kMostPackets)
            return std::optional<capture::Frame>{};
        const Octets spec = left_.first(kOctetsEach);
        left_ = left_.subspan(kOctetsEach);
        const Side from = spec[0] % 2 == 0 ? Side::Client : Side::Server;
        Segment segment;
        segment.ctl = Flags::fromOctet(spec[1]);
        segment.seq = numberOf(from, spec[2]);
        segment.ack = numberOf(other(from), spec[3]);
        segment.payload = Bytes{std::vector<std::uint8_t>(spec[4] % 16)};
        segment.wnd = spec[5];
        octets_ = wire::encodeFrame({.from = kEnds[from], .to = kEnds[other(from)]}, segment);
        at_ += Duration{spec[0] / 2 * std::int64_t{500'000'000}};
        number_ += 1;
        return std::optional{
            capture::Frame{.number = number_,
                           .at = at_,
                           .link = wire::LinkType::Ethernet,
                           .originalLength = static_cast<std::uint32_t>(octets_.size()),
                           .octets = octets_}};
    }

private:
    Octets left_;
    std::vector<std::uint8_t> octets_{};
    std::uint32_t number_ = 0;
    Instant at_{};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Packets packets{{data, size}};
    fuzz::CheckingSink sink;
    (void)capture::analyze(packets, sink);
    return 0;
}
