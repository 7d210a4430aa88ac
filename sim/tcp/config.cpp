#include "sim/tcp/config.h"

#include "sim/base/check.h"

namespace tcplab::tcp {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

Config linuxConfig() {
    Config config;
    config.receiveBuffer = 64240;  // 44 segments: tcp_rmem's 131072, half of it overhead.
    config.tellAllRoom = true;
    config.windowUpdateShare = 2;
    config.windowScale = 7;
    config.timestamps = config.sack = config.dsack = true;
    config.requireTimestamps = false;
    config.ecn = Config::EcnUse::WhenAsked;
    config.ecnTries = 0;
    config.challengeAcks = 1;  // tcp_invalid_ratelimit
    config.challengePeriod = milliseconds{500};
    config.oldAcks = Config::OldAcks::AtTheEdge;
    config.repeatSynAck = true;
    config.queueTextOfSyn = false;
    config.hardWhenOpening = {IcmpError::NetUnreachable,
                              IcmpError::HostUnreachable,
                              IcmpError::ProtocolUnreachable,
                              IcmpError::PortUnreachable,
                              IcmpError::SourceRouteFailed,
                              IcmpError::Prohibited,
                              IcmpError::PrecedenceTooLow,
                              IcmpError::TimeExceeded,
                              IcmpError::ReassemblyTimedOut,
                              IcmpError::ParameterProblem};
    config.hard = {};
    config.delayedAck = milliseconds{40};
    config.ackEverySecondSegment = false;
    config.quickAcks = 16;
    config.minshall = true;
    config.pushBursts = 2;
    config.minimumRto = milliseconds{200};
    config.maximumRto = seconds{120};
    config.clockGranularity = milliseconds{200};  // rto_min is what K*RTTVAR may not be under.
    config.retries = 15;
    config.synRetries = 6;
    config.maximumPersist = seconds{120};
    config.probeWithOctet = false;
    config.msl = seconds{30};
    config.reuseByNumber = true;
    config.finWait2Timeout = seconds{60};
    config.tellResetWhileClosing = true;
    config.rstCarriesAck = true;
    config.congestionControl = Config::CongestionControl::Cubic;
    config.lossDetection = Config::LossDetection::Rack;
    config.hystart = true;
    config.tailLossProbe = true;
    config.forwardRto = true;
    config.initialWindow = 10;
    config.limitedTransmit = true;
    return config;
}

Config freeBsdConfig() {
    Config config;
    config.receiveBuffer = 65536;
    config.roundReceiveBuffer = true;
    config.tellAllRoom = true;
    config.windowUpdateSegments = 2;
    config.windowUpdateShare = 4;
    config.windowScale = 6;
    config.timestamps = config.sack = config.dsack = true;
    config.requireTimestamps = false;
    config.optionLayout = Config::OptionLayout::Packed;
    config.ecn = Config::EcnUse::WhenAsked;
    config.ecnTries = 1;
    config.challengeAcks = 5;
    config.oldAcks = Config::OldAcks::Taken;
    config.resetSynAckInListen = false;
    config.repeatSynAck = true;
    config.queueTextOfSyn = false;
    config.hardWhenOpening = {
        IcmpError::PortUnreachable, IcmpError::Prohibited, IcmpError::TimeExceeded};
    config.hard = {};
    config.tooBigWhileOpening = false;
    config.delayedAck = milliseconds{40};
    config.delayAckOfFin = false;
    config.finInAcks = true;
    config.minimumRto = milliseconds{30};
    config.maximumRto = seconds{64};
    config.rtoSlop = milliseconds{200};
    config.retries = 12;
    config.synRetries = 12;
    config.openTimeout = seconds{75};
    config.minimumPersist = seconds{5};
    config.keepAliveProbes = 8;
    config.msl = seconds{30};
    config.ignoreRstInTimeWait = true;
    config.timeWaitJustAcks = true;
    config.reuseByTimestamp = false;
    config.reuseByNumber = true;
    config.finWait2Timeout = seconds{60};
    config.tellResetWhileClosing = true;
    config.rstCarriesAck = true;
    config.largeInitialWindow = true;
    config.limitedTransmit = true;
    config.slowStartLimit = 2;
    return config;
}

}  // namespace

std::string_view toString(Profile profile) {
    switch (profile) {
        case Profile::Rfc9293: return "rfc9293";
        case Profile::Textbook: return "textbook";
        case Profile::Linux: return "linux";
        case Profile::FreeBsd: return "freebsd";
    }
    TCPLAB_UNREACHABLE();
}

Config configOf(Profile profile) {
    switch (profile) {
        case Profile::Rfc9293: return {};
        case Profile::Textbook: {
            Config config;
            config.delayedAck = {};
            config.nagle = false;
            config.initialWindow = 1;
            return config;
        }
        case Profile::Linux: return linuxConfig();
        case Profile::FreeBsd: return freeBsdConfig();
    }
    TCPLAB_UNREACHABLE();
}

Config withIpv6(Config config) {
    constexpr std::uint16_t kLonger = 20;  // Than a header of IPv4.
    config.ipHeader = 40;
    config.defaultSendMss = 1220;
    config.tooBigWhileOpening = true;  // ICMPv6 keeps the MTU of a path for whoever asks.
    if (config.mss > kLonger) config.mss = static_cast<std::uint16_t>(config.mss - kLonger);
    return config;
}

}  // namespace tcplab::tcp
