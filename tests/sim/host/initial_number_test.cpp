// RFC 9293 3.4.1 and RFC 6528 3: a clock, plus a hash of both ends with a secret.

#include "sim/host/initial_number.h"

#include <gmock/gmock.h>

#include <array>
#include <set>

namespace tcplab::test {
namespace {

using namespace std::chrono_literals;
using host::initialNumber;

constexpr std::uint64_t kSecret = 0x0123456789ABCDEF;
constexpr wire::SocketAddress kLocal{wire::IpAddress::v4(192, 0, 2, 1), 40000};
constexpr wire::SocketAddress kRemote{wire::IpAddress::v4(192, 0, 2, 2), 80};

TEST(InitialNumber, AdvancesByOneEveryFourMicroseconds) {
    const Seq start = initialNumber(kSecret, kLocal, kRemote, Instant{});

    EXPECT_EQ(initialNumber(kSecret, kLocal, kRemote, Instant{3us}), start);
    EXPECT_EQ(initialNumber(kSecret, kLocal, kRemote, Instant{4us}), start + 1);
    EXPECT_EQ(initialNumber(kSecret, kLocal, kRemote, Instant{1s}), start + 250'000);
}

TEST(InitialNumber, GoesRoundAfterAboutFourHoursAndThreeQuarters) {
    constexpr Duration kRound = 4us * (std::int64_t{1} << 32U);

    EXPECT_EQ(initialNumber(kSecret, kLocal, kRemote, Instant{kRound}),
              initialNumber(kSecret, kLocal, kRemote, Instant{}));
}

TEST(InitialNumber, IsAnotherOneForEachPartOfBothEnds) {
    const auto with = [](const wire::SocketAddress& local, const wire::SocketAddress& remote) {
        return initialNumber(kSecret, local, remote, Instant{}).raw();
    };
    const wire::IpAddress elsewhere = wire::IpAddress::v4(192, 0, 2, 3);
    const std::set<std::uint32_t> numbers{with(kLocal, kRemote),
                                          with({kLocal.ip, 40001}, kRemote),
                                          with({elsewhere, kLocal.port}, kRemote),
                                          with(kLocal, {kRemote.ip, 81}),
                                          with(kLocal, {elsewhere, kRemote.port}),
                                          with(kRemote, kLocal)};

    EXPECT_EQ(numbers.size(), 6U);
}

// Whoever knows the numbers of many connections, and not the secret, cannot tell the next: each bit
// of it is as likely to change as not when the port or the secret changes by one.
TEST(InitialNumber, ChangesEachBitForHalfOfAllNeighbours) {
    constexpr int kPorts = 4000;
    const auto changed = [](auto&& numberOf) {
        std::array<int, 32> counts{};
        for (int port = 0; port < kPorts; ++port) {
            const std::uint32_t differing = numberOf(port) ^ numberOf(port + 1);
            for (unsigned bit = 0; bit < counts.size(); ++bit)
                counts[bit] += static_cast<int>(differing >> bit & 1U);
        }
        return counts;
    };
    const auto ofPort = changed([](int port) {
        const wire::SocketAddress local{kLocal.ip, static_cast<std::uint16_t>(port)};
        return initialNumber(kSecret, local, kRemote, Instant{}).raw();
    });
    const auto ofSecret = changed([](int more) {
        const auto secret = kSecret + static_cast<std::uint64_t>(more);
        return initialNumber(secret, kLocal, kRemote, Instant{}).raw();
    });
    // Six standard deviations of a fair coin.
    EXPECT_THAT(ofPort, testing::Each(testing::AllOf(testing::Gt(1810), testing::Lt(2190))));
    EXPECT_THAT(ofSecret, testing::Each(testing::AllOf(testing::Gt(1810), testing::Lt(2190))));
}

}  // namespace
}  // namespace tcplab::test
