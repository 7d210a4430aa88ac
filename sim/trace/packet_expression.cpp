#include "sim/trace/packet_expression.h"

#include "sim/base/overloaded.h"

#include <optional>
#include <vector>

namespace tcplab {

namespace {

using Expression = PacketExpression;

bool has(const Flags& flags, Expression::Flag flag) {
    switch (flag) {
        case Expression::Flag::Fin: return flags.fin;
        case Expression::Flag::Syn: return flags.syn;
        case Expression::Flag::Rst: return flags.rst;
        case Expression::Flag::Psh: return flags.psh;
        case Expression::Flag::Ack: return flags.ack;
        case Expression::Flag::Urg: return flags.urg;
        case Expression::Flag::Ece: return flags.ece;
        case Expression::Flag::Cwr: return flags.cwr;
    }
    TCPLAB_UNREACHABLE();
}

bool has(const Packet& packet, Expression::Property property) {
    switch (property) {
        case Expression::Property::Data: return packet.tcp.len > 0;
        case Expression::Property::Retransmission: return packet.retransmissionOf.has_value();
        case Expression::Property::Lost: return packet.transit.lost.has_value();
    }
    TCPLAB_UNREACHABLE();
}

std::optional<std::int64_t> valueOf(const Packet& packet, Expression::Field field) {
    switch (field) {
        case Expression::Field::Number: return packet.number;
        case Expression::Field::Seq: return packet.tcp.seq;
        case Expression::Field::Ack: return packet.tcp.ack;
        case Expression::Field::SeqRaw: return packet.tcp.seqRaw;
        case Expression::Field::AckRaw:
            return packet.tcp.ack ? std::optional<std::int64_t>{packet.tcp.ackRaw} : std::nullopt;
        case Expression::Field::Len: return packet.tcp.len;
        case Expression::Field::Window: return packet.tcp.window;
    }
    TCPLAB_UNREACHABLE();
}

bool holds(std::int64_t left, Expression::Order order, std::int64_t right) {
    switch (order) {
        case Expression::Order::Equal: return left == right;
        case Expression::Order::NotEqual: return left != right;
        case Expression::Order::Less: return left < right;
        case Expression::Order::AtMost: return left <= right;
        case Expression::Order::Greater: return left > right;
        case Expression::Order::AtLeast: return left >= right;
    }
    TCPLAB_UNREACHABLE();
}

}  // namespace

bool PacketExpression::matches(const Packet& packet) const {
    std::vector<bool> stack;
    const auto pop = [&stack] {
        TCPLAB_CHECK(!stack.empty());
        const bool top = stack.back();
        stack.pop_back();
        return top;
    };
    const auto combine = [&](Operator what) {
        const bool right = pop();
        switch (what) {
            case Operator::Not: return !right;
            case Operator::And: return pop() && right;
            case Operator::Or: return pop() || right;
        }
        TCPLAB_UNREACHABLE();
    };
    for (const Step& step : steps_)
        stack.push_back(
            std::visit(Overloaded{
                           [&](Flag flag) { return has(packet.tcp.flags, flag); },
                           [&](Property property) { return has(packet, property); },
                           [&](const From& from) { return packet.from == from.side; },
                           [&](const Comparison& it) {
                               const auto value = valueOf(packet, it.field);
                               return value && holds(*value, it.order, it.number);
                           },
                           [&](const InState& it) { return packet.states[it.side] == it.state; },
                           [&](Operator what) { return combine(what); },
                       },
                       step));
    return pop();
}

}  // namespace tcplab
