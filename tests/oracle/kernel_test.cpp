// The model against the kernel of this machine: a TUN device in a network namespace of the test's
// own carries IP packets between the two. Real time, bounded; nothing leaves the namespace.

#include "tests/oracle/dialogue.h"
#include "tests/oracle/host_peer.h"

#include <gmock/gmock.h>

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <string>
#include <string_view>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <tuple>
#include <unistd.h>
#include <utility>
#include <vector>

namespace tcplab::test {
namespace {

using namespace std::chrono_literals;

constexpr wire::SocketAddress kOurs{wire::IpAddress::v4(192, 0, 2, 1), 40'000};
constexpr wire::SocketAddress kKernel{wire::IpAddress::v4(192, 0, 2, 2), 7'777};

/// A descriptor that is closed at the end.
class Descriptor {
public:
    explicit Descriptor(int fd = -1) : fd_{fd} {}
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(Descriptor&& other) noexcept : fd_{std::exchange(other.fd_, -1)} {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    [[nodiscard]] int get() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }

private:
    int fd_;
};

sockaddr_in addressOf(const wire::SocketAddress& of) {
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_port = htons(of.port);
    std::memcpy(&out.sin_addr, of.ip.octets.data(), 4);
    return out;
}

/// A TUN device with the kernel's address, in a namespace that ends with this process. Empty where
/// this machine does not let us.
Descriptor openTun() {
    if (unshare(CLONE_NEWNET) != 0) return Descriptor{};
    Descriptor tun{::open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC)};
    if (!tun) return tun;
    ifreq request{};
    std::strncpy(request.ifr_name, "model0", IFNAMSIZ - 1);
    request.ifr_flags = IFF_TUN | IFF_NO_PI;
    if (ioctl(tun.get(), TUNSETIFF, &request) != 0) return Descriptor{};

    const Descriptor any{socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
    const auto set = [&](unsigned long what, const sockaddr_in& address) {
        std::memcpy(&request.ifr_addr, &address, sizeof address);
        return ioctl(any.get(), what, &request) == 0;
    };
    if (!set(SIOCSIFADDR, addressOf({kKernel.ip, 0})) ||
        !set(SIOCSIFNETMASK, addressOf({wire::IpAddress::v4(255, 255, 255, 0), 0})))
        return Descriptor{};
    request.ifr_flags = IFF_UP | IFF_RUNNING;
    if (ioctl(any.get(), SIOCSIFFLAGS, &request) != 0) return Descriptor{};
    return tun;
}

/// The kernel's TCP behind the TUN device, called through its sockets.
class KernelPeer final : public Peer {
public:
    explicit KernelPeer(int tun) : tun_{tun} {}

    void listen(Instant /*now*/) override {
        listener_ = opened();
        ASSERT_EQ(::listen(listener_.get(), 4), 0);
    }
    void connect(Instant /*now*/) override {
        connection_ = opened();
        const sockaddr_in to = addressOf(kOurs);
        ::connect(connection_.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to);
    }
    std::size_t send(Octets octets, Instant /*now*/) override {
        if (!connection_) return 0;
        const ssize_t count =
            ::send(connection_.get(), octets.data(), octets.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        return count < 0 ? 0 : static_cast<std::size_t>(count);
    }
    void shutdown(Instant /*now*/) override { ::shutdown(connection_.get(), SHUT_WR); }
    void close(Instant /*now*/) override { connection_ = Descriptor{}; }
    void abort(Instant now) override {
        const linger now0{.l_onoff = 1, .l_linger = 0};
        setsockopt(connection_.get(), SOL_SOCKET, SO_LINGER, &now0, sizeof now0);
        close(now);
    }
    void arrive(const IpPacket& packet, Instant /*now*/) override {
        ASSERT_EQ(::write(tun_, packet.data(), packet.size()), static_cast<ssize_t>(packet.size()));
    }
    /// The kernel has a clock of its own: this looks what it has done by now.
    [[nodiscard]] std::optional<Instant> nextDeadline() const override { return std::nullopt; }
    void timeOut(Instant /*now*/) override {
        IpPacket packet(65'536);
        for (ssize_t size = 0; (size = ::read(tun_, packet.data(), packet.size())) > 0;)
            if (packet[0] >> 4U == 4) sent_.emplace_back(packet.begin(), packet.begin() + size);
        if (listener_ && !connection_ && received_.empty() && !ended_ && !failed_)
            connection_ = Descriptor{
                accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)};
        if (!connection_) return;
        std::array<char, 16'384> octets{};
        ssize_t count = 0;
        while (!ended_ && (count = ::recv(connection_.get(), octets.data(), octets.size(), 0)) > 0)
            received_.append(octets.data(), static_cast<std::size_t>(count));
        if (ended_) return;
        if (count == 0) ended_ = true;
        if (count < 0 && errno != EAGAIN && errno != ENOTCONN) failed_ = true;
    }

private:
    static Descriptor opened() {
        Descriptor fd{socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
        const int on = 1;
        setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        const sockaddr_in local = addressOf(kKernel);
        EXPECT_EQ(bind(fd.get(), reinterpret_cast<const sockaddr*>(&local), sizeof local), 0);
        return fd;
    }

    int tun_;
    Descriptor listener_{};
    Descriptor connection_{};
};

struct Ending {
    std::string name;
    Part ours;
    Part theirs;
    std::string_view ourEnd;  ///< The state in which the connection ends here, before 2MSL.
};
void PrintTo(const Ending& ending, std::ostream* out) {
    *out << ending.name;
}

std::vector<Ending> endings() {
    const std::string ours = text(1'000'000, "ours");
    const std::string theirs = text(1'000'000, "theirs");
    const Instant soon{};
    return {
        {"WeCloseFirst", {.text = ours, .endsAt = soon}, {.text = theirs}, "TIME-WAIT"},
        {"TheyCloseFirst", {.text = ours}, {.text = theirs, .endsAt = soon}, "CLOSED"},
        {"WeHalfClose", {.text = ours, .endsAt = soon}, {.late = theirs}, "TIME-WAIT"},
        {"TheyHalfClose", {.late = ours}, {.text = theirs, .endsAt = soon}, "CLOSED"},
        {"WeAbort", {.text = ours, .aborts = true}, {.text = theirs}, "CLOSED"},
        {"TheyAbort", {.text = ours}, {.text = theirs, .aborts = true}, "CLOSED"},
    };
}

enum class Opener { Ours, Theirs };

class AgainstTheKernel : public testing::TestWithParam<std::tuple<Ending, tcp::Profile, Opener>> {
protected:
    static const Ending& ending() { return std::get<Ending>(GetParam()); }

    static bool weOpen() { return std::get<Opener>(GetParam()) == Opener::Ours; }

    /// Plays until both have closed and we have come to the end, or the time is up.
    static void play(Performer& us, Performer& them, int tun) {
        const auto began = std::chrono::steady_clock::now();
        const auto now = [&] { return Instant{std::chrono::steady_clock::now() - began}; };
        Peer& ours = us.peer();
        Peer& kernel = them.peer();
        (weOpen() ? kernel : ours).listen(now());
        (weOpen() ? ours : kernel).connect(now());
        while (now() < Instant{30s}) {
            kernel.timeOut(now());
            for (const Peer::IpPacket& packet : kernel.takeSent()) ours.arrive(packet, now());
            if (const auto due = ours.nextDeadline(); due && *due <= now()) ours.timeOut(now());
            const bool complete = ours.received() == them.text() && kernel.received() == us.text();
            us.perform(now(), complete);
            them.perform(now(), complete);
            const std::vector<Peer::IpPacket> sent = ours.takeSent();
            for (const Peer::IpPacket& packet : sent) kernel.arrive(packet, now());
            if (us.closed() && them.closed() && ours.path().back() == ending().ourEnd) return;
            pollfd waits{.fd = tun, .events = POLLIN, .revents = 0};
            if (sent.empty()) poll(&waits, 1, 1);
        }
    }
};

// A process of its own for each, as it leaves the namespace of the others.
TEST_P(AgainstTheKernel, BothReadWhatTheOtherWrote) {
    const pid_t child = fork();
    if (child == 0) {
        const Descriptor tun = openTun();
        if (!tun) _exit(77);
        host::HostConfig config = host::hostConfigOf(std::get<tcp::Profile>(GetParam()));
        config.v4 = kOurs.ip;
        HostPeer ours{config, kOurs.port, kKernel};
        KernelPeer kernel{tun.get()};
        Performer us{ours, ending().ours};
        Performer them{kernel, ending().theirs};
        play(us, them, tun.get());
        EXPECT_TRUE(us.closed());
        EXPECT_TRUE(them.closed());
        EXPECT_TRUE(ours.received() == them.text()) << ours.received().size() << " octets";
        EXPECT_TRUE(kernel.received() == us.text()) << kernel.received().size() << " octets";
        EXPECT_EQ(ours.failed(), ending().theirs.aborts);
        EXPECT_EQ(kernel.failed(), ending().ours.aborts);
        EXPECT_EQ(ours.path().back(), ending().ourEnd);
        std::fflush(nullptr);
        _exit(HasFailure() ? 1 : 0);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "needs the right to make a network namespace";
    EXPECT_EQ(WEXITSTATUS(status), 0);
}

std::string nameOf(const testing::TestParamInfo<AgainstTheKernel::ParamType>& of) {
    const bool linux = std::get<tcp::Profile>(of.param) == tcp::Profile::Linux;
    return std::get<Ending>(of.param).name + (linux ? "Linux" : "Rfc9293") +
           (std::get<Opener>(of.param) == Opener::Ours ? "WeOpen" : "TheyOpen");
}

INSTANTIATE_TEST_SUITE_P(EveryOrder,
                         AgainstTheKernel,
                         testing::Combine(testing::ValuesIn(endings()),
                                          testing::Values(tcp::Profile::Rfc9293,
                                                          tcp::Profile::Linux),
                                          testing::Values(Opener::Ours, Opener::Theirs)),
                         nameOf);

}  // namespace
}  // namespace tcplab::test
