// docs/profiles.md against the profiles: each field of Config with its value in each.

#include "sim/tcp/config.h"

#include <gmock/gmock.h>

#include <array>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <string_view>

namespace tcplab::tcp {
namespace {

std::string text(bool value) {
    return value ? "yes" : "no";
}
std::string text(std::uint8_t value) {
    return std::to_string(value);
}
std::string text(std::uint16_t value) {
    return std::to_string(value);
}
std::string text(std::uint32_t value) {
    return std::to_string(value);
}
std::string text(Duration value) {
    using namespace std::chrono_literals;
    if (value == Duration{}) return "0";
    for (const auto& [unit, name] : {std::pair<Duration, const char*>{1h, " h"},
                                     std::pair<Duration, const char*>{1min, " min"},
                                     std::pair<Duration, const char*>{1s, " s"}})
        if (value % unit == Duration{}) return std::to_string(value / unit) + name;
    return std::to_string(value / 1ms) + " ms";
}
std::string text(Config::OptionLayout value) {
    return value == Config::OptionLayout::Words ? "words" : "packed";
}
std::string text(Config::OldAcks value) {
    constexpr std::array kNames{"ignored", "at the edge", "taken"};
    return kNames[static_cast<std::size_t>(value)];
}
std::string text(Config::CongestionControl value) {
    constexpr std::array kNames{"none", "NewReno", "CUBIC"};
    return kNames[static_cast<std::size_t>(value)];
}
std::string text(Config::LossDetection value) {
    return value == Config::LossDetection::Rack ? "RACK" : "duplicates";
}
std::string text(Config::EcnUse value) {
    constexpr std::array kNames{"off", "when asked", "offered"};
    return kNames[static_cast<std::size_t>(value)];
}
std::string text(IcmpErrorSet value) {
    constexpr std::array kNames{"net",
                                "host",
                                "protocol",
                                "port",
                                "too big",
                                "source route",
                                "prohibited",
                                "precedence",
                                "time",
                                "reassembly",
                                "parameter",
                                "quench"};
    std::string names;
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (value.contains(static_cast<IcmpError>(i)))
            names += (names.empty() ? "" : ", ") + std::string{kNames[i]};
    return names.empty() ? "none" : names;
}
template <class T>
std::string text(const std::optional<T>& value) {
    return value ? text(*value) : "–";
}

struct Field {
    std::string_view name{};
    std::function<std::string(const Config&)> value{};
};
#define TCPLAB_FIELD(field)                                             \
    Field {                                                             \
#field, [](const Config& config) { return text(config.field); } \
    }
const Field kFields[]{
    TCPLAB_FIELD(mss),
    TCPLAB_FIELD(defaultSendMss),
    TCPLAB_FIELD(mtu),
    TCPLAB_FIELD(ipHeader),
    TCPLAB_FIELD(receiveBuffer),
    TCPLAB_FIELD(roundReceiveBuffer),
    TCPLAB_FIELD(tellAllRoom),
    TCPLAB_FIELD(windowUpdateSegments),
    TCPLAB_FIELD(windowUpdateShare),
    TCPLAB_FIELD(announceMss),
    TCPLAB_FIELD(windowScale),
    TCPLAB_FIELD(timestamps),
    TCPLAB_FIELD(timestampOffset),
    TCPLAB_FIELD(requireTimestamps),
    TCPLAB_FIELD(sack),
    TCPLAB_FIELD(dsack),
    TCPLAB_FIELD(optionLayout),
    TCPLAB_FIELD(synOptionTries),
    TCPLAB_FIELD(ecn),
    TCPLAB_FIELD(ecnTries),
    TCPLAB_FIELD(exactRst),
    TCPLAB_FIELD(challengeSyn),
    TCPLAB_FIELD(checkAckRange),
    TCPLAB_FIELD(oldAcks),
    TCPLAB_FIELD(challengeAcks),
    TCPLAB_FIELD(challengePeriod),
    TCPLAB_FIELD(dropSynFin),
    TCPLAB_FIELD(resetSynAckInListen),
    TCPLAB_FIELD(repeatSynAck),
    TCPLAB_FIELD(queueTextOfSyn),
    TCPLAB_FIELD(hardWhenOpening),
    TCPLAB_FIELD(hard),
    TCPLAB_FIELD(tooBigWhileOpening),
    TCPLAB_FIELD(delayedAck),
    TCPLAB_FIELD(ackEverySecondSegment),
    TCPLAB_FIELD(delayAckOfFin),
    TCPLAB_FIELD(quickAcks),
    TCPLAB_FIELD(quickAck),
    TCPLAB_FIELD(finInAcks),
    TCPLAB_FIELD(nagle),
    TCPLAB_FIELD(minshall),
    TCPLAB_FIELD(pushBursts),
    TCPLAB_FIELD(cork),
    TCPLAB_FIELD(initialRto),
    TCPLAB_FIELD(minimumRto),
    TCPLAB_FIELD(maximumRto),
    TCPLAB_FIELD(clockGranularity),
    TCPLAB_FIELD(rtoSlop),
    TCPLAB_FIELD(r1),
    TCPLAB_FIELD(r2),
    TCPLAB_FIELD(r2OfSyn),
    TCPLAB_FIELD(retries),
    TCPLAB_FIELD(synRetries),
    TCPLAB_FIELD(openTimeout),
    TCPLAB_FIELD(userTimeout),
    TCPLAB_FIELD(minimumPersist),
    TCPLAB_FIELD(maximumPersist),
    TCPLAB_FIELD(probeWithOctet),
    TCPLAB_FIELD(keepAlive),
    TCPLAB_FIELD(keepAliveIdle),
    TCPLAB_FIELD(keepAliveInterval),
    TCPLAB_FIELD(keepAliveProbes),
    TCPLAB_FIELD(keepAliveOctet),
    TCPLAB_FIELD(msl),
    TCPLAB_FIELD(ignoreRstInTimeWait),
    TCPLAB_FIELD(timeWaitJustAcks),
    TCPLAB_FIELD(reuseByTimestamp),
    TCPLAB_FIELD(reuseByNumber),
    TCPLAB_FIELD(resetLateText),
    TCPLAB_FIELD(finWait2Timeout),
    TCPLAB_FIELD(tellResetWhileClosing),
    TCPLAB_FIELD(rstCarriesAck),
    TCPLAB_FIELD(congestionControl),
    TCPLAB_FIELD(lossDetection),
    TCPLAB_FIELD(hystart),
    TCPLAB_FIELD(tailLossProbe),
    TCPLAB_FIELD(forwardRto),
    TCPLAB_FIELD(initialWindow),
    TCPLAB_FIELD(largeInitialWindow),
    TCPLAB_FIELD(limitedTransmit),
    TCPLAB_FIELD(restartAfterIdle),
    TCPLAB_FIELD(slowStartLimit),
};
#undef TCPLAB_FIELD

std::string document() {
    std::ostringstream all;
    all << std::ifstream{TCPLAB_SOURCE_DIR "/docs/profiles.md"}.rdbuf();
    return all.str();
}

TEST(Profiles, HaveTheValuesThatTheDocumentSays) {
    const std::string said = document();
    for (const Field& field : kFields) {
        std::string row = "| `" + std::string{field.name} + "` |";
        for (const Profile profile :
             {Profile::Rfc9293, Profile::Textbook, Profile::Linux, Profile::FreeBsd})
            row += " " + field.value(configOf(profile)) + " |";
        EXPECT_NE(said.find(row), said.npos) << row;
    }
}

TEST(Profiles, OfTheDocumentAreFieldsOfTheConfiguration) {
    std::istringstream lines{document()};
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("| `")) continue;
        const std::string name = line.substr(3, line.find('`', 3) - 3);
        EXPECT_TRUE(std::ranges::any_of(kFields, [&](const Field& f) { return f.name == name; }))
            << name;
    }
}

TEST(Profiles, WithIpv6KnowItsLongerHeader) {
    const Config config = withIpv6(configOf(Profile::FreeBsd));

    EXPECT_EQ(config.ipHeader, 40);
    EXPECT_EQ(config.mss, 1440);
    EXPECT_EQ(config.defaultSendMss, 1220);
}

}  // namespace
}  // namespace tcplab::tcp
