// The variables of sysctl that scripts set, and what they are here.

#include "sim/drill/command.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

namespace tcplab::drill {

namespace {

using host::HostConfig;
using std::chrono::milliseconds;
using std::chrono::seconds;

struct Variable {
    std::string_view name;
    void (*set)(HostConfig& config, std::int64_t value);
};

// They speak of what is not there: caches, statistics, the choice among stacks.
void nothing(HostConfig& /*config*/, std::int64_t /*value*/) {}

milliseconds ms(std::int64_t value) {
    return milliseconds{value};
}
seconds s(std::int64_t value) {
    return seconds{value};
}
std::uint32_t count(std::int64_t value) {
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(value, 0, UINT32_MAX));
}

// The shift that lets a window of so many octets be told (RFC 7323 2.3).
std::uint8_t shiftFor(std::uint32_t octets) {
    constexpr std::uint8_t kMost = 14;
    std::uint8_t shift = 0;
    while (shift < kMost && (std::uint64_t{0xFFFF} << shift) < octets) ++shift;
    return shift;
}

void setHighPerformance(HostConfig& c, std::int64_t v) {
    c.tcp.timestamps = v != 0;
    c.tcp.windowScale.reset();
    if (v != 0) c.tcp.windowScale = shiftFor(c.mostBuffer);
}

void setMostBuffer(HostConfig& c, std::int64_t v) {
    c.mostBuffer = count(v);
    if (c.tcp.windowScale) c.tcp.windowScale = shiftFor(c.mostBuffer);
}

void setSack(HostConfig& c, std::int64_t v) {
    c.tcp.sack = c.tcp.dsack = v != 0;
}

void setIcmpMayReset(HostConfig& c, std::int64_t v) {
    c.tcp.hardWhenOpening = {};
    if (v != 0) c.tcp.hardWhenOpening = tcp::configOf(tcp::Profile::FreeBsd).hardWhenOpening;
}

// FreeBSD drops the options of a SYN from its fourth time on.
void setDropOptions(HostConfig& c, std::int64_t v) {
    c.tcp.synOptionTries.reset();
    if (v != 0) c.tcp.synOptionTries = 3;
}

void setEcn(HostConfig& c, std::int64_t v) {
    using Use = tcp::Config::EcnUse;
    c.tcp.ecn = v == 0 ? Use::Off : v == 1 ? Use::Offered : Use::WhenAsked;
}

void setWindowScaling(HostConfig& c, std::int64_t v) {
    if (v == 0)
        c.tcp.windowScale.reset();
    else if (!c.tcp.windowScale)
        c.tcp.windowScale = tcp::configOf(tcp::Profile::Linux).windowScale;
}

constexpr auto kVariables = std::to_array<Variable>({
    {"kern.ipc.maxsockbuf", setMostBuffer},
    {"kern.ipc.somaxconn", [](HostConfig& c, std::int64_t v) { c.mostBacklog = count(v); }},
    {"kern.ipc.soacceptqueue", [](HostConfig& c, std::int64_t v) { c.mostBacklog = count(v); }},
    {"net.inet.icmp.icmplim", nothing},
    {"net.inet.tcp.abc_l_var",
     [](HostConfig& c, std::int64_t v) { c.tcp.slowStartLimit = count(v); }},
    {"net.inet.tcp.always_keepalive",
     [](HostConfig& c, std::int64_t v) { c.tcp.keepAlive = v != 0; }},
    {"net.inet.tcp.blackhole", [](HostConfig& c, std::int64_t v) { c.blackhole = v != 0; }},
    {"net.inet.tcp.delacktime", [](HostConfig& c, std::int64_t v) { c.tcp.delayedAck = ms(v); }},
    {"net.inet.tcp.drop_synfin", [](HostConfig& c, std::int64_t v) { c.tcp.dropSynFin = v != 0; }},
    {"net.inet.tcp.ecn.enable", setEcn},
    {"net.inet.tcp.ecn.maxretries",
     [](HostConfig& c, std::int64_t v) { c.tcp.ecnTries = count(v); }},
    {"net.inet.tcp.finwait2_timeout",
     [](HostConfig& c, std::int64_t v) { c.tcp.finWait2Timeout = ms(v); }},
    {"net.inet.tcp.hostcache.purgenow", nothing},
    {"net.inet.tcp.hostcache.purge", nothing},
    {"net.inet.tcp.icmp_may_rst", setIcmpMayReset},
    {"net.inet.tcp.initcwnd_segments",
     [](HostConfig& c, std::int64_t v) {
         c.tcp.initialWindow.reset();
         if (v > 0) c.tcp.initialWindow = count(v);
     }},
    {"net.inet.tcp.insecure_rst", [](HostConfig& c, std::int64_t v) { c.tcp.exactRst = v == 0; }},
    {"net.inet.tcp.insecure_syn",
     [](HostConfig& c, std::int64_t v) { c.tcp.challengeSyn = v == 0; }},
    {"net.inet.tcp.keepcnt",
     [](HostConfig& c, std::int64_t v) { c.tcp.keepAliveProbes = count(v); }},
    {"net.inet.tcp.keepidle", [](HostConfig& c, std::int64_t v) { c.tcp.keepAliveIdle = ms(v); }},
    {"net.inet.tcp.keepinit", [](HostConfig& c, std::int64_t v) { c.tcp.openTimeout = ms(v); }},
    {"net.inet.tcp.keepintvl",
     [](HostConfig& c, std::int64_t v) { c.tcp.keepAliveInterval = ms(v); }},
    {"net.inet.tcp.log_in_vain", nothing},
    {"net.inet.tcp.msl", [](HostConfig& c, std::int64_t v) { c.tcp.msl = ms(v); }},
    {"net.inet.tcp.mssdflt",
     [](HostConfig& c, std::int64_t v) {
         c.tcp.defaultSendMss = static_cast<std::uint16_t>(count(v));
     }},
    {"net.inet.tcp.persmax", [](HostConfig& c, std::int64_t v) { c.tcp.maximumPersist = ms(v); }},
    {"net.inet.tcp.persmin", [](HostConfig& c, std::int64_t v) { c.tcp.minimumPersist = ms(v); }},
    {"net.inet.tcp.recvbuf_auto", nothing},
    {"net.inet.tcp.recvspace",
     [](HostConfig& c, std::int64_t v) { c.tcp.receiveBuffer = count(v); }},
    {"net.inet.tcp.rexmit_drop_options", setDropOptions},
    {"net.inet.tcp.rexmit_initial",
     [](HostConfig& c, std::int64_t v) { c.tcp.initialRto = ms(v); }},
    {"net.inet.tcp.rexmit_min", [](HostConfig& c, std::int64_t v) { c.tcp.minimumRto = ms(v); }},
    {"net.inet.tcp.rexmit_slop", [](HostConfig& c, std::int64_t v) { c.tcp.rtoSlop = ms(v); }},
    {"net.inet.tcp.rfc1323", setHighPerformance},
    {"net.inet.tcp.rfc3042", [](HostConfig& c, std::int64_t v) { c.tcp.limitedTransmit = v != 0; }},
    {"net.inet.tcp.sack.enable", setSack},
    {"net.inet.tcp.sendbuf_auto", nothing},
    {"net.inet.tcp.sendspace", [](HostConfig& c, std::int64_t v) { c.sendBuffer = count(v); }},
    {"net.inet.tcp.syncookies", [](HostConfig& c, std::int64_t v) { c.synCookies = v != 0; }},
    {"net.inet.tcp.syncookies_only",
     [](HostConfig& c, std::int64_t v) { c.mostIncomplete = v != 0 ? 0 : 1024; }},
    {"net.inet.tcp.tolerate_missing_ts",
     [](HostConfig& c, std::int64_t v) { c.tcp.requireTimestamps = v == 0; }},
    {"net.core.somaxconn", [](HostConfig& c, std::int64_t v) { c.mostBacklog = count(v); }},
    {"net.ipv4.tcp_abort_on_overflow", nothing},
    {"net.ipv4.tcp_adv_win_scale", nothing},
    {"net.ipv4.tcp_app_win", nothing},
    {"net.ipv4.tcp_base_mss", nothing},
    {"net.ipv4.tcp_backlog_ack_defer", nothing},
    {"net.ipv4.tcp_challenge_ack_limit", nothing},
    {"net.ipv4.tcp_comp_sack_delay_ns", nothing},
    {"net.ipv4.tcp_comp_sack_nr", nothing},
    {"net.ipv4.tcp_comp_sack_slack_ns", nothing},
    {"net.ipv4.tcp_fack", nothing},
    {"net.ipv4.tcp_fastopen", nothing},
    {"net.ipv4.tcp_fastopen_blackhole_timeout_sec", nothing},
    {"net.ipv4.tcp_invalid_ratelimit", nothing},
    {"net.ipv4.tcp_limit_output_bytes", nothing},
    {"net.ipv4.tcp_max_reordering", nothing},
    {"net.ipv4.tcp_max_tw_buckets", nothing},
    {"net.ipv4.tcp_min_rtt_wlen", nothing},
    {"net.ipv4.tcp_min_tso_segs",
     [](HostConfig& c, std::int64_t v) { c.tcp.pushBursts = count(v); }},
    {"net.ipv4.tcp_mtu_probing", nothing},
    {"net.ipv4.tcp_orphan_retries", nothing},
    {"net.ipv4.tcp_pacing_ca_ratio", nothing},
    {"net.ipv4.tcp_pacing_ss_ratio", nothing},
    {"net.ipv4.tcp_plb_enabled", nothing},
    {"net.ipv4.tcp_reordering", nothing},
    {"net.ipv4.tcp_retrans_collapse", nothing},
    {"net.ipv4.tcp_shrink_window", nothing},
    {"net.ipv4.tcp_thin_linear_timeouts", nothing},
    {"net.ipv4.tcp_tso_rtt_log", nothing},
    {"net.ipv4.tcp_tso_win_divisor", nothing},
    {"net.ipv4.tcp_tw_reuse", nothing},
    {"net.ipv4.tcp_wan_timestamps", nothing},
    {"net.ipv4.tcp_workaround_signed_windows", nothing},
    {"net.ipv4.tcp_autocorking", nothing},
    {"net.ipv4.tcp_early_retrans",
     [](HostConfig& c, std::int64_t v) { c.tcp.tailLossProbe = v == 3 || v == 4; }},
    {"net.ipv4.tcp_frto", [](HostConfig& c, std::int64_t v) { c.tcp.forwardRto = v != 0; }},
    {"net.ipv4.tcp_recovery", nothing},
    {"net.ipv4.tcp_retries1", [](HostConfig& c, std::int64_t v) { c.tcp.r1 = count(v); }},
    {"net.ipv4.tcp_rfc1337",
     [](HostConfig& c, std::int64_t v) { c.tcp.ignoreRstInTimeWait = v != 0; }},
    {"net.ipv4.tcp_rto_min_us",
     [](HostConfig& c, std::int64_t v) {
         c.tcp.minimumRto = c.tcp.clockGranularity = std::chrono::microseconds{v};
     }},
    {"net.core.default_qdisc", nothing},
    {"net.core.rmem_max", nothing},
    {"net.core.wmem_max", nothing},
    {"net.core.optmem_max", nothing},
    {"net.ipv4.ip_no_pmtu_disc", nothing},
    {"net.ipv4.conf.all.rp_filter", nothing},
    {"net.ipv4.tcp_dsack", [](HostConfig& c, std::int64_t v) { c.tcp.dsack = v != 0; }},
    {"net.ipv4.tcp_ecn", setEcn},
    {"net.ipv4.tcp_ecn_fallback",
     [](HostConfig& c, std::int64_t v) {
         c.tcp.ecnTries.reset();
         if (v != 0) c.tcp.ecnTries = 0;
     }},
    {"net.ipv4.tcp_fin_timeout",
     [](HostConfig& c, std::int64_t v) { c.tcp.finWait2Timeout = s(v); }},
    {"net.ipv4.tcp_keepalive_intvl",
     [](HostConfig& c, std::int64_t v) { c.tcp.keepAliveInterval = s(v); }},
    {"net.ipv4.tcp_keepalive_probes",
     [](HostConfig& c, std::int64_t v) { c.tcp.keepAliveProbes = count(v); }},
    {"net.ipv4.tcp_keepalive_time",
     [](HostConfig& c, std::int64_t v) { c.tcp.keepAliveIdle = s(v); }},
    {"net.ipv4.tcp_max_syn_backlog",
     [](HostConfig& c, std::int64_t v) { c.mostIncomplete = count(v); }},
    {"net.ipv4.tcp_moderate_rcvbuf", nothing},
    {"net.ipv4.tcp_no_metrics_save", nothing},
    {"net.ipv4.tcp_rfc1337",
     [](HostConfig& c, std::int64_t v) { c.tcp.ignoreRstInTimeWait = v != 0; }},
    {"net.ipv4.tcp_retries2", [](HostConfig& c, std::int64_t v) { c.tcp.retries = count(v); }},
    {"net.ipv4.tcp_rmem",
     [](HostConfig& c, std::int64_t v) { c.tcp.windowScale = shiftFor(count(v)); }},
    {"net.ipv4.tcp_sack", setSack},
    {"net.ipv4.tcp_slow_start_after_idle",
     [](HostConfig& c, std::int64_t v) { c.tcp.restartAfterIdle = v != 0; }},
    {"net.ipv4.tcp_syn_retries",
     [](HostConfig& c, std::int64_t v) { c.tcp.synRetries = count(v); }},
    {"net.ipv4.tcp_synack_retries", nothing},
    {"net.ipv4.tcp_syncookies", [](HostConfig& c, std::int64_t v) { c.synCookies = v != 0; }},
    {"net.ipv4.tcp_timestamps", [](HostConfig& c, std::int64_t v) { c.tcp.timestamps = v != 0; }},
    {"net.ipv4.tcp_window_scaling", setWindowScaling},
    {"net.ipv4.tcp_wmem", [](HostConfig& c, std::int64_t v) { c.sendBuffer = count(v); }},
});

}  // namespace

namespace {

// "15728640" and "$((15*1024*1024))".
std::optional<std::int64_t> numberOf(std::string_view text) {
    if (text.starts_with("$((") && text.ends_with("))")) {
        text.remove_prefix(3);
        text.remove_suffix(2);
    }
    std::int64_t product = 1;
    while (true) {
        const bool hex = text.starts_with("0x");
        if (hex) text.remove_prefix(2);
        std::int64_t factor = 0;
        const auto read =
            std::from_chars(text.data(), text.data() + text.size(), factor, hex ? 16 : 10);
        if (read.ec != std::errc{}) return {};
        constexpr std::int64_t kMost = INT64_C(1) << 31;
        if (factor < -kMost || kMost * 2 < factor || std::abs(product) > kMost) return {};
        product *= factor;
        text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
        if (text.empty()) return product;
        if (text.front() != '*') return {};
        text.remove_prefix(1);
    }
}

bool setCongestionControl(std::string_view name, HostConfig& config) {
    using Control = tcp::Config::CongestionControl;
    if (name != "cubic" && name != "reno" && name != "newreno") return false;
    config.tcp.congestionControl = name == "cubic" ? Control::Cubic : Control::NewReno;
    if (name == "cubic") config.tcp.lossDetection = tcp::Config::LossDetection::Rack;
    return true;
}

}  // namespace

bool setVariable(std::string_view name,
                 const std::vector<std::string>& values,
                 HostConfig& config) {
    if (values.empty()) return false;
    if (name == "net.ipv4.tcp_congestion_control" || name == "net.inet.tcp.cc.algorithm")
        return setCongestionControl(values[0], config);
    const auto number = numberOf(values.back());
    if (!number) return name.ends_with("fastopen_key") || name.ends_with("default_qdisc");
    // Least, usual and most: what connections start with is the second, half of it for overhead.
    const auto usual = values.size() == 3 ? numberOf(values[1]) : std::nullopt;
    if (name == "net.ipv4.tcp_rmem" && usual) config.tcp.receiveBuffer = count(*usual / 2);
    const std::int64_t value = *number;
    const bool ecn = name == "net.inet.tcp.ecn.enable" || name == "net.ipv4.tcp_ecn";
    if (ecn && value > 2) return false;  // Accurate ECN, which is not there.
    const auto* found = std::ranges::find(kVariables, name, &Variable::name);
    if (found == kVariables.end()) return false;
    found->set(config, value);
    return true;
}

}  // namespace tcplab::drill
