#include "tests/oracle/lwip_peer.h"

#include "sim/base/check.h"

extern "C" {
#include <lwip/init.h>
#include <lwip/ip.h>
#include <lwip/netif.h>
#include <lwip/priv/tcp_priv.h>
#include <lwip/tcp.h>
}

#include <algorithm>
#include <array>

namespace tcplab::test {
namespace {

constexpr Duration kTick = std::chrono::milliseconds{TCP_TMR_INTERVAL};

ip_addr_t addressOf(const wire::IpAddress& address) {
    ip_addr_t out{};
    const auto& octets = address.octets;
    IP_ADDR4(&out, octets[0], octets[1], octets[2], octets[3]);
    return out;
}

std::string_view nameOf(tcp_state state) {
    constexpr std::array<std::string_view, 11> kNames{"CLOSED",
                                                      "LISTEN",
                                                      "SYN-SENT",
                                                      "SYN-RECEIVED",
                                                      "ESTABLISHED",
                                                      "FIN-WAIT-1",
                                                      "FIN-WAIT-2",
                                                      "CLOSE-WAIT",
                                                      "CLOSING",
                                                      "LAST-ACK",
                                                      "TIME-WAIT"};
    return kNames.at(static_cast<std::size_t>(state));
}

}  // namespace

/// What lwIP's C functions are given and call back.
class LwipPeer::Stack {
public:
    Stack(LwipPeer& peer, wire::SocketAddress local, wire::SocketAddress remote)
        : peer_{peer}, local_{local}, remote_{remote} {
        static const bool kStarted = (lwip_init(), true);
        TCPLAB_CHECK(kStarted);
        ip4_addr_t address = *ip_2_ip4(&Stack::copy(addressOf(local.ip)));
        ip4_addr_t mask{};
        IP4_ADDR(&mask, 255, 255, 255, 0);
        netif_add(&netif_, &address, &mask, ip_2_ip4(IP4_ADDR_ANY), this, start, ip_input);
        netif_set_default(&netif_);
        netif_set_link_up(&netif_);
        netif_set_up(&netif_);
    }
    ~Stack() {
        if (listener_ != nullptr) tcp_close(listener_);
        while (tcp_active_pcbs != nullptr) tcp_abort(tcp_active_pcbs);
        while (tcp_tw_pcbs != nullptr) tcp_abort(tcp_tw_pcbs);
        netif_remove(&netif_);
    }
    Stack(const Stack&) = delete;
    Stack& operator=(const Stack&) = delete;

    void listen() {
        listener_ = tcp_listen_with_backlog(bound(), 4);
        tcp_arg(listener_, this);
        tcp_accept(listener_, accepted);
    }
    void connect() {
        take(bound());
        const ip_addr_t to = addressOf(remote_.ip);
        TCPLAB_CHECK(tcp_connect(pcb_, &to, remote_.port, connected) == ERR_OK);
    }
    std::size_t send(Octets octets) {
        if (pcb_ == nullptr || pcb_->state < ESTABLISHED) return 0;
        const std::size_t count =
            std::min<std::size_t>({octets.size(), tcp_sndbuf(pcb_), std::size_t{0xFFFF}});
        if (count == 0) return 0;
        const err_t error =
            tcp_write(pcb_, octets.data(), static_cast<u16_t>(count), TCP_WRITE_FLAG_COPY);
        tcp_output(pcb_);
        return error == ERR_OK ? count : 0;
    }
    void shutdown() { TCPLAB_CHECK(tcp_shutdown(pcb_, 0, 1) == ERR_OK); }
    void close() {
        tcp_pcb* const pcb = std::exchange(pcb_, nullptr);
        if (pcb == nullptr) return;  // It is gone: the last ACK came before.
        tcp_arg(pcb, nullptr);
        tcp_recv(pcb, nullptr);
        tcp_err(pcb, nullptr);
        TCPLAB_CHECK(tcp_close(pcb) == ERR_OK);
    }
    void abort() {
        tcp_err(pcb_, nullptr);
        tcp_abort(std::exchange(pcb_, nullptr));
    }
    void input(const IpPacket& packet) {
        // Debian's library takes pbufs of PBUF_POOL for larger than its pool has them.
        pbuf* const p = pbuf_alloc(PBUF_RAW, static_cast<u16_t>(packet.size()), PBUF_RAM);
        TCPLAB_CHECK(p != nullptr);
        pbuf_take(p, packet.data(), static_cast<u16_t>(packet.size()));
        netif_.input(p, &netif_);
    }
    [[nodiscard]] std::string_view state() const {
        for (const tcp_pcb* list : {tcp_active_pcbs, tcp_tw_pcbs})
            for (const tcp_pcb* pcb = list; pcb != nullptr; pcb = pcb->next)
                if (pcb->local_port == local_.port && pcb->remote_port == remote_.port)
                    return nameOf(pcb->state);
        return "CLOSED";
    }
    [[nodiscard]] bool opened() const { return opened_; }

private:
    static ip_addr_t& copy(ip_addr_t address) {
        static ip_addr_t kept;
        return kept = address;
    }
    tcp_pcb* bound() const {
        tcp_pcb* const pcb = tcp_new();
        const ip_addr_t address = addressOf(local_.ip);
        TCPLAB_CHECK(tcp_bind(pcb, &address, local_.port) == ERR_OK);
        return pcb;
    }
    void take(tcp_pcb* pcb) {
        pcb_ = pcb;
        opened_ = true;
        tcp_arg(pcb, this);
        tcp_recv(pcb, received);
        tcp_err(pcb, error);
    }
    static Stack& of(void* self) { return *static_cast<Stack*>(self); }

    static err_t start(netif* netif) {
        netif->mtu = 1500;
        netif->output = output;
        return ERR_OK;
    }
    static err_t output(netif* netif, pbuf* p, const ip4_addr_t* /*to*/) {
        IpPacket packet(p->tot_len);
        pbuf_copy_partial(p, packet.data(), p->tot_len, 0);
        of(netif->state).peer_.sent_.push_back(std::move(packet));
        return ERR_OK;
    }
    static err_t accepted(void* self, tcp_pcb* pcb, err_t error) {
        if (error == ERR_OK) of(self).take(pcb);
        return error;
    }
    static err_t connected(void* /*self*/, tcp_pcb* /*pcb*/, err_t error) { return error; }
    static err_t received(void* self, tcp_pcb* pcb, pbuf* p, err_t /*error*/) {
        LwipPeer& peer = of(self).peer_;
        if (p == nullptr) {
            peer.ended_ = true;
            return ERR_OK;
        }
        const std::size_t before = peer.received_.size();
        peer.received_.resize(before + p->tot_len);
        pbuf_copy_partial(p, peer.received_.data() + before, p->tot_len, 0);
        tcp_recved(pcb, p->tot_len);
        pbuf_free(p);
        return ERR_OK;
    }
    // ERR_CLSD: the last ACK came, and the connection is gone in good order.
    static void error(void* self, err_t error) {
        of(self).pcb_ = nullptr;
        if (error != ERR_CLSD) of(self).peer_.failed_ = true;
    }

    LwipPeer& peer_;
    wire::SocketAddress local_;
    wire::SocketAddress remote_;
    netif netif_{};
    tcp_pcb* listener_ = nullptr;
    tcp_pcb* pcb_ = nullptr;
    bool opened_ = false;
};

LwipPeer::LwipPeer(wire::SocketAddress local, wire::SocketAddress remote)
    : stack_{std::make_unique<Stack>(*this, local, remote)} {}
LwipPeer::~LwipPeer() = default;

void LwipPeer::listen(Instant now) {
    nextTick_ = now + kTick;
    stack_->listen();
}

void LwipPeer::connect(Instant now) {
    nextTick_ = now + kTick;
    stack_->connect();
    look();
}

std::size_t LwipPeer::send(Octets octets, Instant /*now*/) {
    return stack_->send(octets);
}

void LwipPeer::shutdown(Instant /*now*/) {
    stack_->shutdown();
    look();
}

void LwipPeer::close(Instant /*now*/) {
    stack_->close();
    look();
}

void LwipPeer::abort(Instant /*now*/) {
    stack_->abort();
    look();
}

void LwipPeer::arrive(const IpPacket& packet, Instant /*now*/) {
    stack_->input(packet);
    look();
}

std::optional<Instant> LwipPeer::nextDeadline() const {
    if (stack_->state() == "CLOSED") return std::nullopt;
    return nextTick_;
}

void LwipPeer::timeOut(Instant now) {
    nextTick_ = now + kTick;
    tcp_tmr();
    look();
}

void LwipPeer::look() {
    if (stack_->opened() || stack_->state() != "CLOSED") reach(stack_->state());
}

}  // namespace tcplab::test
