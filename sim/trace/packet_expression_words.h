#pragma once

#include "sim/trace/packet_expression.h"

#include <array>
#include <string_view>

// The words of packet expressions: ours, and what Wireshark calls the same.
namespace tcplab::expression {

using Expression = PacketExpression;

template <class T>
struct Name {
    std::string_view text;
    T value;
};

inline constexpr std::array kFlags{Name<Expression::Flag>{"fin", Expression::Flag::Fin},
                                   Name<Expression::Flag>{"syn", Expression::Flag::Syn},
                                   Name<Expression::Flag>{"rst", Expression::Flag::Rst},
                                   Name<Expression::Flag>{"psh", Expression::Flag::Psh},
                                   Name<Expression::Flag>{"ack", Expression::Flag::Ack},
                                   Name<Expression::Flag>{"urg", Expression::Flag::Urg},
                                   Name<Expression::Flag>{"ece", Expression::Flag::Ece},
                                   Name<Expression::Flag>{"cwr", Expression::Flag::Cwr}};
inline constexpr std::array kProperties{
    Name<Expression::Property>{"data", Expression::Property::Data},
    Name<Expression::Property>{"retransmission", Expression::Property::Retransmission},
    Name<Expression::Property>{"lost", Expression::Property::Lost}};
inline constexpr std::array kFields{Name<Expression::Field>{"number", Expression::Field::Number},
                                    Name<Expression::Field>{"seq", Expression::Field::Seq},
                                    Name<Expression::Field>{"ack", Expression::Field::Ack},
                                    Name<Expression::Field>{"seq_raw", Expression::Field::SeqRaw},
                                    Name<Expression::Field>{"ack_raw", Expression::Field::AckRaw},
                                    Name<Expression::Field>{"len", Expression::Field::Len},
                                    Name<Expression::Field>{"window", Expression::Field::Window}};
inline constexpr std::array kSideNames{Name<Side>{"client", Side::Client},
                                       Name<Side>{"server", Side::Server}};
inline constexpr std::array kOrders{Name<Expression::Order>{"==", Expression::Order::Equal},
                                    Name<Expression::Order>{"!=", Expression::Order::NotEqual},
                                    Name<Expression::Order>{"<=", Expression::Order::AtMost},
                                    Name<Expression::Order>{">=", Expression::Order::AtLeast},
                                    Name<Expression::Order>{"<", Expression::Order::Less},
                                    Name<Expression::Order>{">", Expression::Order::Greater},
                                    Name<Expression::Order>{"eq", Expression::Order::Equal},
                                    Name<Expression::Order>{"ne", Expression::Order::NotEqual},
                                    Name<Expression::Order>{"le", Expression::Order::AtMost},
                                    Name<Expression::Order>{"ge", Expression::Order::AtLeast},
                                    Name<Expression::Order>{"lt", Expression::Order::Less},
                                    Name<Expression::Order>{"gt", Expression::Order::Greater}};
inline constexpr std::array kConnectives{"and", "or", "not", "from", "to"};

namespace wireshark {

/// All packets of a record are of TCP.
inline constexpr std::string_view kTcp = "tcp";
inline constexpr std::array kFlags{Name<Expression::Flag>{"tcp.flags.fin", Expression::Flag::Fin},
                                   Name<Expression::Flag>{"tcp.flags.syn", Expression::Flag::Syn},
                                   Name<Expression::Flag>{"tcp.flags.reset", Expression::Flag::Rst},
                                   Name<Expression::Flag>{"tcp.flags.push", Expression::Flag::Psh},
                                   Name<Expression::Flag>{"tcp.flags.ack", Expression::Flag::Ack},
                                   Name<Expression::Flag>{"tcp.flags.urg", Expression::Flag::Urg},
                                   Name<Expression::Flag>{"tcp.flags.ece", Expression::Flag::Ece},
                                   Name<Expression::Flag>{"tcp.flags.cwr", Expression::Flag::Cwr}};
inline constexpr std::array kProperties{Name<Expression::Property>{
    "tcp.analysis.retransmission", Expression::Property::Retransmission}};
inline constexpr std::array kFields{
    Name<Expression::Field>{"frame.number", Expression::Field::Number},
    Name<Expression::Field>{"tcp.seq", Expression::Field::Seq},
    Name<Expression::Field>{"tcp.ack", Expression::Field::Ack},
    Name<Expression::Field>{"tcp.seq_raw", Expression::Field::SeqRaw},
    Name<Expression::Field>{"tcp.ack_raw", Expression::Field::AckRaw},
    Name<Expression::Field>{"tcp.len", Expression::Field::Len},
    Name<Expression::Field>{"tcp.window_size", Expression::Field::Window}};
/// What a packet of the record cannot answer.
inline constexpr auto kOfConnections = std::to_array<std::string_view>({"tcp.port",
                                                                        "tcp.srcport",
                                                                        "tcp.dstport",
                                                                        "tcp.stream",
                                                                        "ip.addr",
                                                                        "ip.src",
                                                                        "ip.dst",
                                                                        "ip.host",
                                                                        "ipv6.addr",
                                                                        "ipv6.src",
                                                                        "ipv6.dst"});
inline constexpr std::string_view kFinding = "tcp.analysis.";

}  // namespace wireshark
}  // namespace tcplab::expression
