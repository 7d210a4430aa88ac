#include "sim/trace/packet_expression.h"

#include "sim/base/nearest.h"
#include "sim/base/overloaded.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace tcplab {

namespace {

using Expression = PacketExpression;

template <class T>
struct Name {
    std::string_view text;
    T value;
};

constexpr std::array kFlags{Name<Expression::Flag>{"fin", Expression::Flag::Fin},
                            Name<Expression::Flag>{"syn", Expression::Flag::Syn},
                            Name<Expression::Flag>{"rst", Expression::Flag::Rst},
                            Name<Expression::Flag>{"psh", Expression::Flag::Psh},
                            Name<Expression::Flag>{"ack", Expression::Flag::Ack},
                            Name<Expression::Flag>{"urg", Expression::Flag::Urg},
                            Name<Expression::Flag>{"ece", Expression::Flag::Ece},
                            Name<Expression::Flag>{"cwr", Expression::Flag::Cwr}};
constexpr std::array kProperties{
    Name<Expression::Property>{"data", Expression::Property::Data},
    Name<Expression::Property>{"retransmission", Expression::Property::Retransmission},
    Name<Expression::Property>{"lost", Expression::Property::Lost}};
constexpr std::array kFields{Name<Expression::Field>{"number", Expression::Field::Number},
                             Name<Expression::Field>{"seq", Expression::Field::Seq},
                             Name<Expression::Field>{"ack", Expression::Field::Ack},
                             Name<Expression::Field>{"seq_raw", Expression::Field::SeqRaw},
                             Name<Expression::Field>{"ack_raw", Expression::Field::AckRaw},
                             Name<Expression::Field>{"len", Expression::Field::Len},
                             Name<Expression::Field>{"window", Expression::Field::Window}};
constexpr std::array kSideNames{Name<Side>{"client", Side::Client},
                                Name<Side>{"server", Side::Server}};
constexpr std::array kOrders{Name<Expression::Order>{"==", Expression::Order::Equal},
                             Name<Expression::Order>{"!=", Expression::Order::NotEqual},
                             Name<Expression::Order>{"<=", Expression::Order::AtMost},
                             Name<Expression::Order>{">=", Expression::Order::AtLeast},
                             Name<Expression::Order>{"<", Expression::Order::Less},
                             Name<Expression::Order>{">", Expression::Order::Greater}};
constexpr std::array kConnectives{"and", "or", "not", "from", "to"};

template <class Names>
auto valueOf(const Names& names, std::string_view text) -> std::optional<decltype(names[0].value)> {
    for (const auto& name : names)
        if (name.text == text) return name.value;
    return std::nullopt;
}

template <class Names>
void addTexts(const Names& names, std::vector<std::string_view>& to) {
    for (const auto& name : names) to.push_back(name.text);
}

char toLower(char c) {
    return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isWordCharacter(char c) {
    return ('a' <= toLower(c) && toLower(c) <= 'z') || ('0' <= c && c <= '9') || c == '_' ||
           c == '-';
}

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

std::vector<std::string_view> packetExpressionWords() {
    std::vector<std::string_view> known;
    addTexts(kFlags, known);
    addTexts(kProperties, known);
    addTexts(kFields, known);
    addTexts(kSideNames, known);
    known.insert(known.end(), kConnectives.begin(), kConnectives.end());
    return known;
}

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

/// Recursive descent: or, and, not, and what they join.
class PacketExpressionParser {
public:
    explicit PacketExpressionParser(std::string_view text) : text_{text} { advance(); }

    Expected<PacketExpression, Error> parse() {
        either();
        if (!error_ && !token_.empty()) fail("expected 'and' or 'or' before '" + token_ + "'");
        if (error_) return Unexpected{*error_};
        return PacketExpression{std::string{text_}, std::move(steps_)};
    }

private:
    static constexpr int kDeepest = 100;

    void advance();
    bool take(std::string_view one, std::string_view another);
    void fail(const std::string& what);
    void unknown(std::vector<std::string_view> known, std::string_view what);

    void either();
    void both();
    void term();
    void named();
    void side(bool from);
    void inState(Side side);
    void comparison(PacketExpression::Field field);
    std::optional<PacketExpression::Order> order();

    std::string_view text_;
    std::size_t next_ = 0;    ///< The first character after the token.
    std::size_t column_ = 1;  ///< Of the token.
    std::string token_{};     ///< In small letters; empty at the end.
    std::vector<PacketExpression::Step> steps_{};
    std::optional<Error> error_{};
    int depth_ = 0;
};

void PacketExpressionParser::advance() {
    while (next_ < text_.size() && (text_[next_] == ' ' || text_[next_] == '\t')) ++next_;
    column_ = next_ + 1;
    token_.clear();
    if (next_ == text_.size()) return;
    std::size_t end = next_;
    while (end < text_.size() && isWordCharacter(text_[end])) ++end;
    constexpr auto kSigns =
        std::to_array<std::string_view>({"&&", "||", "==", "!=", "<=", ">=", "!", "<", ">"});
    for (const std::string_view sign : kSigns)
        if (end == next_ && text_.substr(next_).starts_with(sign)) end += sign.size();
    if (end == next_) ++end;
    token_ = text_.substr(next_, end - next_);
    std::ranges::transform(token_, token_.begin(), toLower);
    next_ = end;
}

bool PacketExpressionParser::take(std::string_view one, std::string_view another) {
    if (error_ || (token_ != one && token_ != another)) return false;
    advance();
    return true;
}

void PacketExpressionParser::fail(const std::string& what) {
    if (error_) return;
    error_ = Error{Error::Code::Usage, "column " + std::to_string(column_) + ": " + what};
}

void PacketExpressionParser::unknown(std::vector<std::string_view> known, std::string_view what) {
    if (token_.empty()) return fail("expected " + std::string{what} + ", and here it ends");
    fail(unknownWord(token_, known));
}

void PacketExpressionParser::either() {
    both();
    while (take("or", "||")) {
        both();
        steps_.emplace_back(PacketExpression::Operator::Or);
    }
}

void PacketExpressionParser::both() {
    term();
    while (take("and", "&&")) {
        term();
        steps_.emplace_back(PacketExpression::Operator::And);
    }
}

void PacketExpressionParser::term() {
    if (error_) return;
    if (++depth_ > kDeepest) return fail("nested too deeply");
    if (take("not", "!")) {
        term();
        steps_.emplace_back(PacketExpression::Operator::Not);
    } else if (take("(", "(")) {
        either();
        if (!take(")", ")")) fail("expected ')'");
    } else {
        named();
    }
    --depth_;
}

void PacketExpressionParser::named() {
    if (take("from", "from")) return side(true);
    if (take("to", "to")) return side(false);
    for (const auto& [name, one] : kSideNames)
        if (take(name, name)) return inState(one);
    const std::string word = token_;
    const auto field = valueOf(kFields, word);
    const auto flag = valueOf(kFlags, word);
    if (field || flag) {
        advance();
        const bool compares = valueOf(kOrders, token_).has_value() || token_ == "=";
        if (flag && !compares) return static_cast<void>(steps_.emplace_back(*flag));
        if (field) return comparison(*field);
        return fail("'" + word + "' is set or not; it is not compared");
    }
    if (const auto property = valueOf(kProperties, word)) {
        advance();
        steps_.emplace_back(*property);
        return;
    }
    unknown(packetExpressionWords(), "what to look for, such as syn, len > 0 or from client");
}

void PacketExpressionParser::side(bool from) {
    const auto found = valueOf(kSideNames, token_);
    if (!found) return unknown({"client", "server"}, "client or server");
    advance();
    steps_.emplace_back(PacketExpression::From{from ? *found : other(*found)});
}

std::optional<PacketExpression::Order> PacketExpressionParser::order() {
    const auto found = valueOf(kOrders, token_);
    if (found)
        advance();
    else if (token_ == "=")
        fail("to compare, write '=='");
    else
        fail("expected one of == != < <= > >=" +
             (token_.empty() ? std::string{} : " before '" + token_ + "'"));
    return found;
}

void PacketExpressionParser::inState(Side side) {
    const auto found = order();
    if (!found) return;
    const bool equal = *found == PacketExpression::Order::Equal;
    if (!equal && *found != PacketExpression::Order::NotEqual)
        return fail("states have no order: compare them with == or !=");
    std::vector<std::string_view> names;
    for (const tcp::State state : tcp::kStates) {
        std::string name{toString(state)};
        std::ranges::transform(name, name.begin(), toLower);
        names.push_back(toString(state));
        if (name != token_) continue;
        advance();
        steps_.emplace_back(PacketExpression::InState{side, state});
        if (!equal) steps_.emplace_back(PacketExpression::Operator::Not);
        return;
    }
    unknown(std::move(names), "a state");
}

void PacketExpressionParser::comparison(PacketExpression::Field field) {
    const auto found = order();
    if (!found) return;
    std::int64_t number = 0;
    const char* end = token_.data() + token_.size();
    const auto read = std::from_chars(token_.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end)
        return fail(token_.empty() ? "expected a number, and here it ends"
                                   : "'" + token_ + "' is no number");
    advance();
    steps_.emplace_back(PacketExpression::Comparison{field, *found, number});
}

Expected<PacketExpression, Error> parsePacketExpression(std::string_view text) {
    return PacketExpressionParser{text}.parse();
}

}  // namespace tcplab
