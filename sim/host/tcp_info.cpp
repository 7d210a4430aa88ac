#include "sim/host/tcp_info.h"

namespace tcplab::host {

std::optional<std::int64_t> tcpInfo(
    const Host& host, const Socket& socket, std::string_view name, Instant /*now*/, bool octets) {
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
    if (name == "tcpi_snd_cwnd") return tcb.congestion.window() / unit;
    if (name == "tcpi_snd_ssthresh") return tcb.congestion.threshold() / unit;
    if (name == "tcpi_rto") return micros(tcb.rto.value(host.configOf(socket)));
    if (name == "tcpi_rtt") return micros(tcb.rto.srtt().value_or(Duration{}));
    if (name == "tcpi_rttvar") return micros(tcb.rto.rttvar());
    if (name == "tcpi_retransmits" || name == "tcpi_backoff") return tcb.retransmissions;
    if (name == "tcpi_total_retrans") return tcb.totalRetransmissions;
    if (name == "tcpi_probes") return tcb.probes;
    if (name == "tcpi_unacked") {
        const auto flight = static_cast<std::int64_t>(tcb.snd.nxt - tcb.snd.una);
        return tcb.sendMss == 0 ? 0 : (flight + tcb.sendMss - 1) / tcb.sendMss;
    }
    return {};
}

}  // namespace tcplab::host
