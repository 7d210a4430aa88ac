#pragma once

#include "sim/base/time.h"
#include "sim/wire/address.h"
#include "sim/wire/segment.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

// A packetdrill script as a value: what it says, and where.
namespace tcplab::drill {

/// 1-based, as editors count.
struct Place {
    int line = 1;
    int column = 1;
    friend bool operator==(const Place&, const Place&) = default;
};

/// A time as the script writes it.
struct ScriptTime {
    Duration value{};
    /// Half a unit of the last digit written: what rounding may have taken away. A whole number of
    /// seconds counts as if written to the hundredth.
    Duration rounding{};
    friend bool operator==(const ScriptTime&, const ScriptTime&) = default;
};

/// When a statement happens.
struct When {
    enum class Kind : std::uint8_t {
        Absolute,       ///< "1.5"
        Relative,       ///< "+0.1", counted from the statement before
        Any,            ///< "*"
        AbsoluteRange,  ///< "1~2"
        RelativeRange,  ///< "+0.1~+0.2"
    };
    Kind kind = Kind::Absolute;
    ScriptTime at{};
    ScriptTime until{};  ///< The end of a range.
    friend bool operator==(const When&, const When&) = default;
};

/// An argument or a result of a call.
struct Expression {
    enum class Kind : std::uint8_t {
        Ellipsis,  ///< "...": anything, or what the runner chooses
        Integer,
        Word,    ///< "SOL_SOCKET"
        String,  ///< "abc", the quotes taken off
        Call,    ///< "htons(8080)": the name in `text`, the arguments in `parts`
        Field,   ///< "sin_port = ...": the name in `text`, the value as last of `parts`
        List,    ///< "[...]"
        Record,  ///< "{...}"
        Or,      ///< "A | B"
    };
    Kind kind = Kind::Ellipsis;
    Place place{};
    std::int64_t value = 0;  ///< Of an integer.
    std::string text{};
    std::vector<Expression> parts{};
    friend bool operator==(const Expression&, const Expression&) = default;
};

/// What a script says of the IP header; empty: nothing.
struct IpPattern {
    /// Bits of the TOS octet or traffic class that count, and their value.
    std::uint8_t tosMask = 0;
    std::uint8_t tos = 0;
    bool eitherEct = false;  ///< "[ect01]": ECT(0) or ECT(1).
    std::optional<std::uint8_t> ttl{};
    std::optional<std::uint32_t> flowLabel{};
    friend bool operator==(const IpPattern&, const IpPattern&) = default;
};

/// A TCP segment, written or expected, its numbers those of the script.
struct TcpPattern {
    Flags flags{};
    bool accurateEcn = false;           ///< The AE bit, which Flags has no place for.
    std::optional<std::uint8_t> ace{};  ///< ".5": the three bits as a counter.
    bool anySequence = false;           ///< "...(0)"
    bool absolute = false;              ///< "0:0(0)!": not relative to the initial number.
    std::uint32_t sequence = 0;
    std::uint32_t length = 0;  ///< Of the payload.
    std::uint32_t ack = 0;     ///< Counts only with the ACK flag.
    std::optional<std::uint16_t> window{};
    std::uint16_t urgent = 0;
    bool anyOptions = false;  ///< "<...>"
    wire::TcpOptions options{};
    bool anyTimestamp = false;  ///< "TS val ..."
    bool absoluteEcho = false;  ///< "ecr 5!"
    friend bool operator==(const TcpPattern&, const TcpPattern&) = default;
};

/// An ICMP message, its type and code by name, as they differ between IPv4 and IPv6.
struct IcmpPattern {
    std::string type{};
    std::string code{};  ///< Empty: 0.
    std::optional<std::uint32_t> mtu{};
    std::optional<std::uint16_t> identifier{};
    enum class Quoted : std::uint8_t { Tcp, Udp, Nothing };
    Quoted quoted = Quoted::Tcp;
    std::uint32_t sequence = 0;  ///< Of the segment it is about.
    std::uint32_t length = 0;
    friend bool operator==(const IcmpPattern&, const IcmpPattern&) = default;
};

struct UdpPattern {
    std::uint16_t length = 0;  ///< Of the payload.
    friend bool operator==(const UdpPattern&, const UdpPattern&) = default;
};

/// "<": the runner sends it to the host. ">": the host is expected to send it.
enum class Direction : std::uint8_t { Inbound, Outbound };

struct PacketStatement {
    Direction direction{};
    IpPattern ip{};
    std::uint16_t sourcePort = 0;  ///< 0: not written.
    std::uint16_t destinationPort = 0;
    std::variant<TcpPattern, IcmpPattern, UdpPattern> what{};
    friend bool operator==(const PacketStatement&, const PacketStatement&) = default;
};

struct CallStatement {
    std::optional<ScriptTime> end{};  ///< "0...0.2": it waits, and returns at this time.
    std::string name{};
    std::vector<Expression> arguments{};
    Expression result{};
    std::string error{};  ///< "EAGAIN", or empty.
    friend bool operator==(const CallStatement&, const CallStatement&) = default;
};

/// Between backticks: asks or sets the host's configuration.
struct CommandStatement {
    std::string line{};
    friend bool operator==(const CommandStatement&, const CommandStatement&) = default;
};

/// Between %{ and }%: what must hold of TCP_INFO.
struct CodeStatement {
    std::string text{};
    friend bool operator==(const CodeStatement&, const CodeStatement&) = default;
};

struct Statement {
    Place place{};
    When when{};
    std::string text{};  ///< As the script has it, without the time, blanks made one.
    std::variant<PacketStatement, CallStatement, CommandStatement, CodeStatement> what{};
    /// What this runner does not have and the statement asks for: "GRE".
    std::string needs{};
    friend bool operator==(const Statement&, const Statement&) = default;
};

/// "--mss=1460"
struct Option {
    Place place{};
    std::string name{};
    std::string value{};
    friend bool operator==(const Option&, const Option&) = default;
};

struct Script {
    std::vector<Option> options{};
    std::vector<Statement> statements{};
    friend bool operator==(const Script&, const Script&) = default;
};

}  // namespace tcplab::drill
