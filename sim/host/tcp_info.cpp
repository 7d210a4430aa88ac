#include "sim/host/tcp_info.h"

namespace tcplab::host {

namespace {

std::optional<std::int64_t> ofRecovery(const tcp::LossRecovery& recovery, std::string_view name) {
    if (recovery.window == 0) return {};
    const tcp::Scoreboard& scoreboard = recovery.scoreboard;
    if (name == "tcpi_ca_state") return static_cast<std::int64_t>(recovery.phase);
    if (name == "tcpi_unacked") return scoreboard.out();
    if (name == "tcpi_sacked") return scoreboard.sacked();
    if (name == "tcpi_lost") return scoreboard.lost();
    if (name == "tcpi_retrans") return scoreboard.retransmitting();
    if (name == "tcpi_reordering") return recovery.reordering;
    if (name == "tcpi_reord_seen") return recovery.rack.reorderings();
    if (name == "tcpi_delivered") return recovery.delivered;
    if (name == "tcpi_dsack_dups") return recovery.dsacks;
    if (name == "tcpi_min_rtt")
        return recovery.minimumRtt.value_or(Duration{}) / std::chrono::microseconds{1};
    return {};
}

std::int64_t ofOctets(const tcp::Tcb& tcb, std::string_view name) {
    const Seq first = tcb.snd.iss + 1;
    const Seq una = tcb.snd.una < first ? first : tcb.snd.una;
    if (name == "tcpi_bytes_received")
        return (tcb.rcv.nxt - tcb.rcv.irs) - 1 - (tcb.finReceived() ? 1 : 0);
    if (name == "tcpi_bytes_acked") return (una - first) - (tcb.finAcknowledged() ? 1 : 0);
    return static_cast<std::int64_t>(tcb.sendQueue.size()) - (tcb.snd.nxt - una) +
           (tcb.fin ? 1 : 0);
}

}  // namespace

std::optional<std::int64_t> tcpInfo(
    const Host& host, const Socket& socket, std::string_view name, Instant now, bool octets) {
    const tcp::Tcb& tcb = socket.endpoint.tcb();
    const std::int64_t unit = octets || tcb.sendMss == 0 ? 1 : tcb.sendMss;
    const auto micros = [](Duration duration) { return duration / std::chrono::microseconds{1}; };
    if (name == "tcpi_options")
        return (tcb.usesTimestamps ? 1 : 0) | (tcb.sackPermitted ? 2 : 0) |
               (tcb.windowScaling ? 4 : 0) | (tcb.ecn.agreed ? 8 : 0);
    if (name == "tcpi_snd_mss") return tcb.sendMss;
    if (name == "tcpi_advmss") return host.configOf(socket).mss;
    if (name == "tcpi_snd_wscale") return tcb.snd.scale;
    if (name == "tcpi_rcv_wscale") return tcb.rcv.scale;
    if (name == "tcpi_snd_wnd") return tcb.snd.wnd;
    if (name == "tcpi_snd_cwnd") return tcb.congestionWindow() / unit;
    if (name == "tcpi_snd_ssthresh")
        return tcb.recovery.window == 0 ? tcb.congestion.threshold() / unit
                                        : std::int64_t{tcb.recovery.threshold};
    if (name == "tcpi_rto") return micros(tcb.rto.value(host.configOf(socket)));
    if (name == "tcpi_rtt") return micros(tcb.rto.srtt().value_or(Duration{}));
    if (name == "tcpi_rttvar") return micros(tcb.rto.rttvar());
    if (name == "tcpi_retransmits" || name == "tcpi_backoff") return tcb.retransmissions;
    if (name == "tcpi_total_retrans") return tcb.totalRetransmissions;
    if (name == "tcpi_probes") return tcb.probes;
    if (name == "tcpi_busy_time") return micros(tcb.sending.busy(now));
    if (name == "tcpi_rwnd_limited") return micros(tcb.sending.windowLimited(now));
    if (name == "tcpi_sndbuf_limited") return 0;
    if (name == "tcpi_rcv_mss") return tcb.largestReceived;
    if (name == "tcpi_pmtu") return tcb.pathMtu == 0 ? host.configOf(socket).mtu : tcb.pathMtu;
    if (name == "tcpi_notsent_bytes" || name == "tcpi_bytes_acked" || name == "tcpi_bytes_received")
        return ofOctets(tcb, name);
    if (const auto value = ofRecovery(tcb.recovery, name)) return value;
    if (name == "tcpi_unacked") {
        const auto flight = static_cast<std::int64_t>(tcb.snd.nxt - tcb.snd.una);
        return tcb.sendMss == 0 ? 0 : (flight + tcb.sendMss - 1) / tcb.sendMss;
    }
    return {};
}

}  // namespace tcplab::host
