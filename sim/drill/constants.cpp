#include "sim/drill/constants.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace tcplab::drill {

namespace {

using host::call::Option;
using host::call::Readiness;
using tcp::Profile;
using tcp::State;

struct Constant {
    std::string_view name;
    std::int64_t value;
};

constexpr auto kConstants = std::to_array<Constant>({
    {"AF_INET", 4},
    {"AF_INET6", 6},
    {"PF_INET", 4},
    {"PF_INET6", 6},
    {"SOCK_STREAM", 1},
    {"SOCK_DGRAM", 2},
    {"IPPROTO_TCP", 6},
    {"IPPROTO_UDP", 17},
    {"O_RDONLY", 0},
    {"O_WRONLY", 1},
    {"O_RDWR", 2},
    {"SHUT_RD", 0},
    {"SHUT_WR", 1},
    {"SHUT_RDWR", 2},
    {"NULL", 0},
    {"IPTOS_LOWDELAY", 0x10},
    {"IPTOS_THROUGHPUT", 0x08},
    {"IPTOS_RELIABILITY", 0x04},
    {"IPTOS_DSCP_CS0", 0x00},
    {"IPTOS_DSCP_CS1", 0x20},
    {"IPTOS_DSCP_CS2", 0x40},
    {"IPTOS_DSCP_CS3", 0x60},
    {"IPTOS_DSCP_CS4", 0x80},
    {"IPTOS_DSCP_CS5", 0xA0},
    {"IPTOS_DSCP_CS6", 0xC0},
    {"IPTOS_DSCP_CS7", 0xE0},
    {"IPTOS_DSCP_EF", 0xB8},
    {"IPTOS_ECN_NOTECT", 0},
    {"IPTOS_ECN_ECT1", 1},
    {"IPTOS_ECN_ECT0", 2},
    {"IPTOS_ECN_CE", 3},
    {"TCPI_OPT_TIMESTAMPS", 1},
    {"TCPI_OPT_SACK", 2},
    {"TCPI_OPT_WSCALE", 4},
    {"TCPI_OPT_ECN", 8},
    {"TCPI_OPT_ECN_SEEN", 16},
    {"TCP_CA_Open", 0},
    {"TCP_CA_Disorder", 1},
    {"TCP_CA_CWR", 2},
    {"TCP_CA_Recovery", 3},
    {"TCP_CA_Loss", 4},
});

struct StateName {
    State state;
    std::string_view linux;
    std::string_view freebsd;
};
constexpr auto kStateNames = std::to_array<StateName>({
    {State::Closed, "TCP_CLOSE", "TCPI_CLOSED"},
    {State::Listen, "TCP_LISTEN", "TCPI_LISTEN"},
    {State::SynSent, "TCP_SYN_SENT", "TCPI_SYN_SENT"},
    {State::SynReceived, "TCP_SYN_RECV", "TCPI_SYN_RECEIVED"},
    {State::Established, "TCP_ESTABLISHED", "TCPI_ESTABLISHED"},
    {State::CloseWait, "TCP_CLOSE_WAIT", "TCPI_CLOSE_WAIT"},
    {State::FinWait1, "TCP_FIN_WAIT1", "TCPI_FIN_WAIT_1"},
    {State::Closing, "TCP_CLOSING", "TCPI_CLOSING"},
    {State::LastAck, "TCP_LAST_ACK", "TCPI_LAST_ACK"},
    {State::FinWait2, "TCP_FIN_WAIT2", "TCPI_FIN_WAIT_2"},
    {State::TimeWait, "TCP_TIME_WAIT", "TCPI_TIME_WAIT"},
});

struct OptionName {
    std::string_view name;
    Option option;
};
constexpr auto kOptionNames = std::to_array<OptionName>({
    {"SO_ERROR", Option::Error},
    {"SO_RCVBUF", Option::ReceiveBuffer},
    {"SO_RCVBUFFORCE", Option::ReceiveBuffer},
    {"SO_SNDBUF", Option::SendBuffer},
    {"SO_SNDBUFFORCE", Option::SendBuffer},
    {"SO_REUSEADDR", Option::ReuseAddress},
    {"SO_REUSEPORT", Option::ReusePort},
    {"SO_LINGER", Option::Linger},
    {"SO_KEEPALIVE", Option::KeepAlive},
    {"SO_TYPE", Option::Type},
    {"SO_ACCEPTCONN", Option::AcceptConnections},
    {"SO_PRIORITY", Option::Ignored},
    {"SO_MARK", Option::Ignored},
    {"SO_OOBINLINE", Option::OutOfBandInline},
    {"TCP_NODELAY", Option::NoDelay},
    {"TCP_CORK", Option::Cork},
    {"TCP_NOPUSH", Option::Cork},
    {"TCP_MAXSEG", Option::MaxSegment},
    {"TCP_KEEPIDLE", Option::KeepIdle},
    {"TCP_KEEPINTVL", Option::KeepInterval},
    {"TCP_KEEPCNT", Option::KeepCount},
    {"TCP_KEEPINIT", Option::KeepInit},
    {"TCP_USER_TIMEOUT", Option::UserTimeout},
    {"TCP_QUICKACK", Option::QuickAck},
    {"TCP_INQ", Option::Inq},
    {"TCP_NOOPT", Option::NoOptions},
    {"TCP_SYNCNT", Option::SynCount},
    {"TCP_LINGER2", Option::Linger2},
    {"IP_TOS", Option::TypeOfService},
    {"IPV6_TCLASS", Option::TypeOfService},
    {"IP_TTL", Option::TimeToLive},
    {"IPV6_UNICAST_HOPS", Option::TimeToLive},
    {"IP_MTU_DISCOVER", Option::Ignored},
    {"IPV6_MTU_DISCOVER", Option::Ignored},
});

struct ReadinessName {
    std::string_view name;
    bool Readiness::*bit;
};
constexpr auto kReadinessNames = std::to_array<ReadinessName>({
    {"IN", &Readiness::in},
    {"RDNORM", &Readiness::in},
    {"OUT", &Readiness::out},
    {"WRNORM", &Readiness::out},
    {"PRI", &Readiness::priority},
    {"ERR", &Readiness::error},
    {"HUP", &Readiness::hangUp},
    {"RDHUP", &Readiness::readHangUp},
    {"NVAL", &Readiness::invalid},
});

struct IcmpName {
    std::string_view type;
    std::string_view code;
    IcmpNumber number;
};
// RFC 792, RFC 1122 3.2.2.1 and RFC 1812 5.2.7.1.
constexpr auto kIcmpNames = std::to_array<IcmpName>({
    {"echo_reply", "", {0, 0}},
    {"unreachable", "net_unreachable", {3, 0}},
    {"unreachable", "host_unreachable", {3, 1}},
    {"unreachable", "protocol_unreachable", {3, 2}},
    {"unreachable", "port_unreachable", {3, 3}},
    {"unreachable", "frag_needed", {3, 4}},
    {"unreachable", "source_route_failed", {3, 5}},
    {"unreachable", "net_unknown", {3, 6}},
    {"unreachable", "host_unknown", {3, 7}},
    {"unreachable", "source_host_isolated", {3, 8}},
    {"unreachable", "net_prohibited", {3, 9}},
    {"unreachable", "host_prohibited", {3, 10}},
    {"unreachable", "net_unreachable_for_tos", {3, 11}},
    {"unreachable", "host_unreachable_for_tos", {3, 12}},
    {"unreachable", "packet_filtered", {3, 13}},
    {"unreachable", "precedence_violation", {3, 14}},
    {"unreachable", "precedence_cutoff", {3, 15}},
    {"source_quench", "", {4, 0}},
    {"redirect", "", {5, 0}},
    {"echo_request", "", {8, 0}},
    {"time_exceeded", "ttl_exceeded_in_transit", {11, 0}},
    {"time_exceeded", "frag_reass_exceeded", {11, 1}},
    {"parameter_problem", "", {12, 0}},
    {"timestamp_request", "", {13, 0}},
    {"timestamp_reply", "", {14, 0}},
});
// RFC 4443 3.
constexpr auto kIcmpv6Names = std::to_array<IcmpName>({
    {"unreachable", "no_route", {1, 0}},
    {"unreachable", "net_unreachable", {1, 0}},
    {"unreachable", "admin_prohibited", {1, 1}},
    {"unreachable", "not_neighbour", {1, 2}},
    {"unreachable", "address_unreachable", {1, 3}},
    {"unreachable", "port_unreachable", {1, 4}},
    {"packet_too_big", "", {2, 0}},
    {"time_exceeded", "exceeded_hop_limit", {3, 0}},
    {"time_exceeded", "exceeded_frag_time", {3, 1}},
    {"parameter_problem", "header_field", {4, 0}},
    {"parameter_problem", "unknown_next_header", {4, 1}},
    {"parameter_problem", "unknown_option", {4, 2}},
    {"echo_request", "", {128, 0}},
    {"echo_reply", "", {129, 0}},
});

std::optional<std::uint8_t> numbered(std::string_view word, std::string_view prefix) {
    if (!word.starts_with(prefix)) return {};
    const std::string_view digits = word.substr(prefix.size());
    std::uint8_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return {};
    return value;
}

template <class Names>
std::optional<IcmpNumber> icmpIn(const Names& names, std::string_view type, std::string_view code) {
    IcmpNumber number;
    if (const auto written = numbered(type, "type_")) {
        number.type = *written;
    } else {
        const auto known = std::ranges::find(names, type, &IcmpName::type);
        if (known == names.end()) return {};
        number.type = known->number.type;
    }
    if (code.empty()) return number;
    if (const auto written = numbered(code, "code_")) {
        number.code = *written;
        return number;
    }
    for (const IcmpName& name : names)
        if (name.type == type && name.code == code) return name.number;
    return {};
}

}  // namespace

std::int64_t nonBlockingFlag(Profile profile) {
    constexpr std::int64_t kFreeBsd = 0x4;
    constexpr std::int64_t kLinux = 0x800;
    return profile == Profile::FreeBsd ? kFreeBsd : kLinux;
}

std::optional<std::int64_t> constant(std::string_view name, Profile profile) {
    if (name == "O_NONBLOCK" || name == "SOCK_NONBLOCK") return nonBlockingFlag(profile);
    const auto* found = std::ranges::find(kConstants, name, &Constant::name);
    if (found != kConstants.end()) return found->value;
    for (const StateName& state : kStateNames)
        if (state.linux == name || state.freebsd == name) return stateNumber(state.state, profile);
    return {};
}

std::int64_t stateNumber(State state, Profile profile) {
    // Linux: include/net/tcp_states.h. FreeBSD: the order of its table, which is kStateNames'.
    const auto* found = std::ranges::find(kStateNames, state, &StateName::state);
    if (profile == Profile::FreeBsd) return found - kStateNames.begin();
    switch (state) {
        case State::Established: return 1;
        case State::SynSent: return 2;
        case State::SynReceived: return 3;
        case State::FinWait1: return 4;
        case State::FinWait2: return 5;
        case State::TimeWait: return 6;
        case State::Closed: return 7;
        case State::CloseWait: return 8;
        case State::LastAck: return 9;
        case State::Listen: return 10;
        case State::Closing: return 11;
    }
    TCPLAB_UNREACHABLE();
}

std::optional<Option> optionNamed(std::string_view name) {
    const auto* found = std::ranges::find(kOptionNames, name, &OptionName::name);
    return found == kOptionNames.end() ? std::nullopt : std::optional{found->option};
}

bool Readiness::*readinessNamed(std::string_view name) {
    if (name.starts_with("EPOLL"))
        name.remove_prefix(5);
    else if (name.starts_with("POLL"))
        name.remove_prefix(4);
    else
        return nullptr;
    const auto* found = std::ranges::find(kReadinessNames, name, &ReadinessName::name);
    return found == kReadinessNames.end() ? nullptr : found->bit;
}

std::optional<IcmpNumber> icmpNamed(std::string_view type,
                                    std::string_view code,
                                    std::uint8_t ipVersion) {
    return ipVersion == 4 ? icmpIn(kIcmpNames, type, code) : icmpIn(kIcmpv6Names, type, code);
}

}  // namespace tcplab::drill
