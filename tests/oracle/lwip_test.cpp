// The model against lwIP, octet by octet and in virtual time: whoever opens, whatever chance does
// to the packets and in whatever order they close, both read what the other wrote, and both end as
// RFC 9293 says.

#include "tests/oracle/dialogue.h"
#include "tests/oracle/host_peer.h"
#include "tests/oracle/lwip_peer.h"

#include <gmock/gmock.h>

#include <array>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace tcplab::test {
namespace {

using namespace std::chrono_literals;
using testing::AnyOf;
using testing::ElementsAreArray;

constexpr wire::SocketAddress kOurs{wire::IpAddress::v4(192, 0, 2, 1), 40'000};
constexpr wire::SocketAddress kLwip{wire::IpAddress::v4(192, 0, 2, 2), 7'777};
constexpr Instant kClose{30s};  ///< By then all is through.
constexpr Instant kLatest{1h};

/// How a conversation ends, and through which states it goes where nothing is lost.
struct Ending {
    std::string name;
    Part ours;
    Part theirs;
    std::vector<std::string_view> ourEnd;
    std::vector<std::string_view> theirEnd;
};
void PrintTo(const Ending& ending, std::ostream* out) {
    *out << ending.name;
}

std::vector<Ending> endings() {
    const std::string ours = text(40'000, "ours");
    const std::string theirs = text(30'000, "theirs");
    const std::string late = text(20'000, "late");
    const std::vector<std::string_view> active{"FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT", "CLOSED"};
    const std::vector<std::string_view> passive{"CLOSE-WAIT", "LAST-ACK", "CLOSED"};
    const std::vector<std::string_view> both{"FIN-WAIT-1", "CLOSING", "TIME-WAIT", "CLOSED"};
    return {
        {"WeCloseFirst", {.text = ours, .endsAt = kClose}, {.text = theirs}, active, passive},
        {"TheyCloseFirst", {.text = ours}, {.text = theirs, .endsAt = kClose}, passive, active},
        {"BothClose",
         {.text = ours, .endsAt = kClose},
         {.text = theirs, .endsAt = kClose},
         both,
         both},
        {"WeHalfClose",
         {.text = ours, .endsAt = Instant{}},
         {.text = theirs, .late = late},
         active,
         passive},
        {"TheyHalfClose",
         {.text = ours, .late = late},
         {.text = theirs, .endsAt = Instant{}},
         passive,
         active},
        {"WeAbort", {.text = ours, .aborts = true}, {.text = theirs}, {"CLOSED"}, {"CLOSED"}},
        {"TheyAbort", {.text = ours}, {.text = theirs, .aborts = true}, {"CLOSED"}, {"CLOSED"}},
    };
}

std::vector<std::string_view> after(const std::vector<std::string_view>& opening,
                                    const std::vector<std::string_view>& end) {
    std::vector<std::string_view> all{opening};
    all.insert(all.end(), end.begin(), end.end());
    return all;
}

enum class Opener { Ours, Theirs };

class AgainstLwip : public testing::TestWithParam<std::tuple<Ending, tcp::Profile, Opener>> {
protected:
    static const Ending& ending() { return std::get<Ending>(GetParam()); }
    static bool weOpen() { return std::get<Opener>(GetParam()) == Opener::Ours; }
    static HostPeer model() {
        host::HostConfig config = host::hostConfigOf(std::get<tcp::Profile>(GetParam()));
        config.v4 = kOurs.ip;
        return {config, kOurs.port, kLwip};
    }

    static void play(HostPeer& ours, LwipPeer& theirs, const net::Link& link, std::uint64_t seed) {
        Performer us{ours, ending().ours};
        Performer them{theirs, ending().theirs};
        test::play(weOpen() ? us : them, weOpen() ? them : us, {link, link}, seed, kLatest);

        EXPECT_TRUE(us.closed());
        EXPECT_TRUE(them.closed());
        EXPECT_EQ(ours.received(), them.text());
        EXPECT_EQ(theirs.received(), us.text());
        EXPECT_EQ(ours.failed(), ending().theirs.aborts);
        EXPECT_EQ(theirs.failed(), ending().ours.aborts);
        EXPECT_EQ(ours.path().back(), "CLOSED");
        EXPECT_EQ(theirs.path().back(), "CLOSED");
    }
};

TEST_P(AgainstLwip, GoesThroughTheStatesOfTheDiagram) {
    HostPeer ours = model();
    LwipPeer theirs{kLwip, kOurs};

    play(ours, theirs, {}, 1);

    const std::vector<std::string_view> opens{"SYN-SENT", "ESTABLISHED"};
    const std::vector<std::string_view> listens{"SYN-RECEIVED", "ESTABLISHED"};
    const std::vector<std::string_view> copyOfListener{"LISTEN", "SYN-RECEIVED", "ESTABLISHED"};
    EXPECT_THAT(ours.path(),
                ElementsAreArray(after(weOpen() ? opens : copyOfListener, ending().ourEnd)));
    // lwIP takes a FIN that acknowledges its own in one change.
    const auto whole = after(weOpen() ? listens : opens, ending().theirEnd);
    auto shorter = whole;
    std::erase(shorter, "FIN-WAIT-2");
    EXPECT_THAT(theirs.path(), AnyOf(ElementsAreArray(whole), ElementsAreArray(shorter)));
}

TEST_P(AgainstLwip, SurvivesWhatChanceDoes) {
    // A RST is sent once; who never hears of it, and has nothing to say, waits for ever.
    const bool mayLose = !ending().ours.aborts && !ending().theirs.aborts;
    const net::Link link{.jitter = 5ms,
                         .loss = {mayLose ? 50'000U : 0U},
                         .duplication = {50'000},
                         .corruption = {mayLose ? 20'000U : 0U},
                         .reordering = {100'000},
                         .reorderingDelay = 25ms};
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        SCOPED_TRACE(seed);
        HostPeer ours = model();
        LwipPeer theirs{kLwip, kOurs};
        play(ours, theirs, link, seed);
        if (HasFailure()) return;
    }
}

std::string nameOf(const testing::TestParamInfo<AgainstLwip::ParamType>& of) {
    constexpr std::array<std::string_view, 4> kProfiles{"Rfc9293", "Textbook", "Linux", "FreeBsd"};
    return std::get<Ending>(of.param).name +
           std::string{kProfiles.at(static_cast<std::size_t>(std::get<tcp::Profile>(of.param)))} +
           (std::get<Opener>(of.param) == Opener::Ours ? "WeOpen" : "TheyOpen");
}

INSTANTIATE_TEST_SUITE_P(EveryOrder,
                         AgainstLwip,
                         testing::Combine(testing::ValuesIn(endings()),
                                          testing::Values(tcp::Profile::Rfc9293,
                                                          tcp::Profile::Textbook,
                                                          tcp::Profile::Linux,
                                                          tcp::Profile::FreeBsd),
                                          testing::Values(Opener::Ours, Opener::Theirs)),
                         nameOf);

}  // namespace
}  // namespace tcplab::test
