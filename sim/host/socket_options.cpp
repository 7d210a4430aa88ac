#include "sim/host/host.h"

#include <algorithm>
#include <utility>

namespace tcplab::host {

namespace {

Result failure(Errno error) {
    return {.value = -1, .error = error};
}

std::int64_t secondsOf(Duration duration) {
    return std::chrono::duration_cast<std::chrono::seconds>(duration).count();
}

template <class Number>
std::optional<Number> within(const call::OptionValue& value,
                             std::int64_t least,
                             std::int64_t most) {
    const auto* number = std::get_if<std::int64_t>(&value);
    if (number == nullptr || *number < least || *number > most) return {};
    return static_cast<Number>(*number);
}

}  // namespace

Host::Attempt Host::on(const call::GetOption& call, Waiting& waiting, Instant, Outcome&) {
    File* file = fileOf(waiting.process, call.fd);
    if (file == nullptr) return failure(Errno::BadFileDescriptor);
    Socket* socket = socketOf(file);
    if (socket == nullptr) return failure(Errno::NotSocket);
    const auto value = get(*socket, call.option);
    if (!value) return failure(Errno::NoProtocolOption);
    return Result{.option = *value};
}

Host::Attempt Host::on(const call::SetOption& call, Waiting& waiting, Instant now, Outcome& out) {
    File* file = fileOf(waiting.process, call.fd);
    if (file == nullptr) return failure(Errno::BadFileDescriptor);
    Socket* socket = socketOf(file);
    if (socket == nullptr) return failure(Errno::NotSocket);
    const Errno error = set(*socket, call.option, call.value);
    if (error != Errno::None) return failure(error);
    // What Nagle's algorithm or the cork held may go now, and keep-alive begins.
    if (!socket->listening) deliver(*file->socket, tcp::ConfigChanged{}, now, out);
    return Result{};
}

std::optional<call::OptionValue> Host::get(Socket& socket, call::Option option) const {
    using call::Option;
    const tcp::Config config = configOf(socket);
    const SocketOptions& options = socket.options;
    const auto number = [](auto value) {
        return call::OptionValue{static_cast<std::int64_t>(value)};
    };
    const std::uint16_t sendMss = socket.endpoint.tcb().sendMss;
    switch (option) {
        case Option::Error: return std::exchange(socket.error, Errno::None);
        case Option::ReceiveBuffer:
            if (config_.doubleBuffers && options.receiveBuffer)
                return number(*options.receiveBuffer);
            return number(tcp::receiveBufferOf(socket.endpoint.tcb(), config));
        case Option::SendBuffer: return number(options.sendBuffer.value_or(config_.sendBuffer));
        case Option::ReuseAddress: return number(options.reuseAddress);
        case Option::ReusePort: return number(options.reusePort);
        case Option::Linger: return options.linger;
        case Option::KeepAlive: return number(options.keepAlive);
        case Option::Type: return number(socket.type == call::Socket::Type::Stream ? 1 : 2);
        case Option::AcceptConnections: return number(socket.listening.has_value());
        case Option::NoDelay: return number(options.noDelay);
        case Option::Cork: return number(options.cork);
        case Option::MaxSegment:
            return number(sendMss > 0 ? sendMss
                                      : options.maxSegment.value_or(config.defaultSendMss));
        case Option::KeepInit:
            return number(secondsOf(config.openTimeout.value_or(config.r2OfSyn)));
        case Option::UserTimeout:
            return number(options.userTimeout
                              ? options.userTimeout->count() / Duration{1'000'000}.count()
                              : 0);
        case Option::QuickAck: return number(options.quickAck);
        case Option::Inq: return number(options.inq);
        case Option::NoOptions: return number(options.noOptions);
        case Option::TypeOfService: return number(options.tos.value_or(0));
        case Option::TimeToLive: return number(options.ttl.value_or(config_.ttl));
        case Option::KeepIdle:
            return number(secondsOf(options.keepIdle.value_or(config.keepAliveIdle)));
        case Option::KeepInterval:
            return number(secondsOf(options.keepInterval.value_or(config.keepAliveInterval)));
        case Option::KeepCount: return number(options.keepCount.value_or(config.keepAliveProbes));
        case Option::SynCount: return number(config.synRetries.value_or(0));
        case Option::Linger2: return number(secondsOf(config.finWait2Timeout.value_or(Duration{})));
        case Option::OutOfBandInline:
        case Option::Ignored: return number(0);
    }
    TCPLAB_UNREACHABLE();
}

Errno Host::set(Socket& socket, call::Option option, const call::OptionValue& value) const {
    using call::Option;
    using std::chrono::seconds;
    constexpr std::int64_t kMostSeconds = 32767;
    constexpr std::int64_t kMost = 0x7FFFFFFF;
    SocketOptions& options = socket.options;
    const auto seconds_ = [&]() -> std::optional<Duration> {
        const auto count = within<std::int64_t>(value, 1, kMostSeconds);
        if (!count) return {};
        return seconds{*count};
    };
    const auto buffer = [&]() -> std::optional<std::uint32_t> {
        const auto octets = within<std::uint32_t>(value, 1, kMost);
        if (!octets) return {};
        return std::min(*octets, config_.mostBuffer) * (config_.doubleBuffers ? 2U : 1U);
    };
    const auto keep = [](auto& target, const auto& wanted) {
        if (!wanted) return Errno::Invalid;
        target = *wanted;
        return Errno::None;
    };
    const auto flag = within<bool>(value, INT32_MIN, kMost);
    const auto on = flag ? std::optional{std::get<std::int64_t>(value) != 0} : std::nullopt;
    switch (option) {
        case Option::ReceiveBuffer: return keep(options.receiveBuffer, buffer());
        case Option::SendBuffer: return keep(options.sendBuffer, buffer());
        case Option::ReuseAddress: return keep(options.reuseAddress, on);
        case Option::ReusePort: return keep(options.reusePort, on);
        case Option::KeepAlive: return keep(options.keepAlive, on);
        case Option::NoDelay: return keep(options.noDelay, on);
        case Option::Cork: return keep(options.cork, on);
        case Option::QuickAck: return keep(options.quickAck, on);
        case Option::Inq: return keep(options.inq, on);
        case Option::NoOptions: return keep(options.noOptions, on);
        case Option::MaxSegment:
            return keep(options.maxSegment, within<std::uint16_t>(value, 64, 32767));
        case Option::KeepIdle: return keep(options.keepIdle, seconds_());
        case Option::KeepInterval: return keep(options.keepInterval, seconds_());
        case Option::KeepInit: return keep(options.keepInit, seconds_());
        case Option::KeepCount:
            return keep(options.keepCount, within<std::uint32_t>(value, 1, 127));
        case Option::UserTimeout: {
            const auto milliseconds = within<std::int64_t>(value, 0, kMost);
            if (!milliseconds) return Errno::Invalid;
            options.userTimeout.reset();
            if (*milliseconds > 0) options.userTimeout = std::chrono::milliseconds{*milliseconds};
            return Errno::None;
        }
        case Option::TypeOfService: return keep(options.tos, within<std::uint8_t>(value, 0, 255));
        case Option::TimeToLive: return keep(options.ttl, within<std::uint8_t>(value, 1, 255));
        case Option::Linger:
            if (!std::holds_alternative<call::Linger>(value)) return Errno::Invalid;
            options.linger = std::get<call::Linger>(value);
            return Errno::None;
        case Option::Error:
        case Option::Type:
        case Option::AcceptConnections: return Errno::NoProtocolOption;
        case Option::SynCount: return keep(options.synCount, within<std::uint32_t>(value, 1, 127));
        case Option::Linger2: return keep(options.linger2, seconds_());
        case Option::OutOfBandInline:
        case Option::Ignored: return Errno::None;
    }
    TCPLAB_UNREACHABLE();
}

}  // namespace tcplab::host
