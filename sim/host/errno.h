#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tcplab::host {

/// Why a call failed, by POSIX. Numbers differ between systems and are not used here.
enum class Errno : std::uint8_t {
    None,
    AccessDenied,
    AddressInUse,
    AddressNotAvailable,
    AddressFamilyNotSupported,
    Again,
    AlreadyInProgress,
    BadFileDescriptor,
    BrokenPipe,
    ConnectionAborted,
    ConnectionRefused,
    ConnectionReset,
    DestinationAddressRequired,
    Exists,
    HostUnreachable,
    InProgress,
    Invalid,
    IsConnected,
    MessageSize,
    NetworkUnreachable,
    NoBufferSpace,
    NoEntry,
    NoProtocolOption,
    NotConnected,
    NotSocket,
    NotSupported,
    ProtocolNotSupported,
    ProtocolError,
    TimedOut,
};

struct ErrnoName {
    Errno value{};
    std::string_view name{};  ///< "EAGAIN"
    std::string_view says{};  ///< As strerror() says it.
};
inline constexpr auto kErrnoNames = std::to_array<ErrnoName>({
    {Errno::None, "", ""},
    {Errno::AccessDenied, "EACCES", "Permission denied"},
    {Errno::AddressInUse, "EADDRINUSE", "Address already in use"},
    {Errno::AddressNotAvailable, "EADDRNOTAVAIL", "Cannot assign requested address"},
    {Errno::AddressFamilyNotSupported, "EAFNOSUPPORT", "Address family not supported"},
    {Errno::Again, "EAGAIN", "Resource temporarily unavailable"},
    {Errno::AlreadyInProgress, "EALREADY", "Operation already in progress"},
    {Errno::BadFileDescriptor, "EBADF", "Bad file descriptor"},
    {Errno::BrokenPipe, "EPIPE", "Broken pipe"},
    {Errno::ConnectionAborted, "ECONNABORTED", "Software caused connection abort"},
    {Errno::ConnectionRefused, "ECONNREFUSED", "Connection refused"},
    {Errno::ConnectionReset, "ECONNRESET", "Connection reset by peer"},
    {Errno::DestinationAddressRequired, "EDESTADDRREQ", "Destination address required"},
    {Errno::Exists, "EEXIST", "File exists"},
    {Errno::HostUnreachable, "EHOSTUNREACH", "No route to host"},
    {Errno::InProgress, "EINPROGRESS", "Operation now in progress"},
    {Errno::Invalid, "EINVAL", "Invalid argument"},
    {Errno::IsConnected, "EISCONN", "Socket is connected"},
    {Errno::MessageSize, "EMSGSIZE", "Message too long"},
    {Errno::NetworkUnreachable, "ENETUNREACH", "Network is unreachable"},
    {Errno::NoBufferSpace, "ENOBUFS", "No buffer space available"},
    {Errno::NoEntry, "ENOENT", "No such file or directory"},
    {Errno::NoProtocolOption, "ENOPROTOOPT", "Protocol not available"},
    {Errno::NotConnected, "ENOTCONN", "Socket is not connected"},
    {Errno::NotSocket, "ENOTSOCK", "Socket operation on non-socket"},
    {Errno::NotSupported, "EOPNOTSUPP", "Operation not supported"},
    {Errno::ProtocolNotSupported, "EPROTONOSUPPORT", "Protocol not supported"},
    {Errno::ProtocolError, "EPROTO", "Protocol error"},
    {Errno::TimedOut, "ETIMEDOUT", "Connection timed out"},
});

/// "ECONNRESET"; empty for None.
[[nodiscard]] constexpr std::string_view toString(Errno error) {
    return kErrnoNames.at(static_cast<std::size_t>(error)).name;
}
/// EWOULDBLOCK is EAGAIN.
[[nodiscard]] constexpr std::optional<Errno> errnoNamed(std::string_view name) {
    if (name == "EWOULDBLOCK") return Errno::Again;
    for (const ErrnoName& known : kErrnoNames)
        if (!known.name.empty() && known.name == name) return known.value;
    return std::nullopt;
}

}  // namespace tcplab::host
