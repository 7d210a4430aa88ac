// How packet expressions are read.

#include "sim/base/nearest.h"
#include "sim/trace/packet_expression.h"
#include "sim/trace/packet_expression_words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>
#include <utility>

namespace tcplab {

using namespace expression;

namespace {

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
           c == '-' || c == '.';
}

std::vector<std::string_view> ownWords() {
    std::vector<std::string_view> known;
    addTexts(kFlags, known);
    addTexts(kProperties, known);
    addTexts(kFields, known);
    addTexts(kSideNames, known);
    known.insert(known.end(), kConnectives.begin(), kConnectives.end());
    return known;
}

}  // namespace

std::vector<std::string_view> packetExpressionWords() {
    std::vector<std::string_view> known = ownWords();
    addTexts(wireshark::kFlags, known);
    addTexts(wireshark::kProperties, known);
    addTexts(wireshark::kFields, known);
    return known;
}

/// Recursive descent: or, and, not, and what they join.
class PacketExpressionParser {
public:
    PacketExpressionParser(std::string_view text, Language language)
        : text_{text}, language_{language} {
        advance();
    }

    Expected<PacketExpression, Error> parse() {
        either();
        if (!error_ && !token_.empty())
            fail({"expected 'and' or 'or' before '{}'", "'{}' 之前应为 'and' 或 'or'"}, token_);
        if (error_) return Unexpected{*error_};
        return PacketExpression{std::string{text_}, std::move(steps_)};
    }

private:
    static constexpr int kDeepest = 100;

    void advance();
    bool take(std::string_view one, std::string_view another);
    void fail(const Text& what, std::string_view argument = {});
    void unknown(std::span<const std::string_view> known,
                 const Text& what,
                 std::span<const std::string_view> listed);

    void either();
    void both();
    void term();
    void named();
    void side(bool from);
    void inState(Side side);
    void comparison(PacketExpression::Field field);
    bool wiresharks();
    void bit(PacketExpression::Flag flag);
    std::optional<PacketExpression::Order> order();

    std::string_view text_;
    Language language_;
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

/// `argument` takes the place of "{}".
void PacketExpressionParser::fail(const Text& what, std::string_view argument) {
    if (error_) return;
    std::string text{what.in(language_)};
    if (const auto place = text.find("{}"); place != std::string::npos)
        text.replace(place, 2, argument);
    const std::string column = std::to_string(column_);
    error_ = Error{Error::Code::Usage,
                   language_ == Language::Chinese ? "第 " + column + " 列：" + text
                                                  : "column " + column + ": " + text};
}

/// Names what is near of `known`, or else all that is `listed`.
void PacketExpressionParser::unknown(std::span<const std::string_view> known,
                                     const Text& what,
                                     std::span<const std::string_view> listed) {
    if (token_.empty())
        return fail({"expected {}, and here it ends", "这里应有{}，却到头了"}, what.in(language_));
    const auto near = nearest(token_, known);
    std::string text{"'" + token_ + "'"};
    if (language_ == Language::English)
        return fail({"{}", "{}"}, near ? unknownWord(token_, known) : unknownWord(token_, listed));
    if (near)
        return fail({"{}", "{}"}, "不认识 " + text + "；是不是 '" + std::string{*near} + "'？");
    text += "；可以写 ";
    for (const std::string_view word : listed)
        text.append(word).append(word == listed.back() ? "" : "、");
    fail({"{}", "{}"}, "不认识 " + text);
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
    if (++depth_ > kDeepest) return fail({"nested too deeply", "嵌套太深"});
    if (take("not", "!")) {
        term();
        steps_.emplace_back(PacketExpression::Operator::Not);
    } else if (take("(", "(")) {
        either();
        if (!take(")", ")")) fail({"expected ')'", "缺少 ')'"});
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
        return fail({"'{}' is set or not; it is not compared", "'{}' 只有置位与否，不能比较"},
                    word);
    }
    if (const auto property = valueOf(kProperties, word)) {
        advance();
        steps_.emplace_back(*property);
        return;
    }
    if (wiresharks()) return;
    unknown(packetExpressionWords(),
            {"what to look for, such as syn, len > 0 or from client",
             "要查找的条件，例如 syn、len > 0 或 from client"},
            ownWords());
}

/// What is written as in Wireshark. False where it is not.
bool PacketExpressionParser::wiresharks() {
    const std::string word = token_;
    const auto flag = valueOf(wireshark::kFlags, word);
    const auto field = valueOf(wireshark::kFields, word);
    const auto property = valueOf(wireshark::kProperties, word);
    if (flag || field || property || word == wireshark::kTcp) {
        advance();
        if (flag) return bit(*flag), true;
        if (field) return comparison(*field), true;
        if (property)
            steps_.emplace_back(*property);
        else
            steps_.emplace_back(PacketExpression::Comparison{
                PacketExpression::Field::Len, PacketExpression::Order::AtLeast, 0});
        return true;
    }
    const auto& ofConnections = wireshark::kOfConnections;
    if (std::ranges::find(ofConnections, word) != ofConnections.end()) {
        fail({"'{}' tells connections apart: look for it in the list of connections; here, a "
              "direction is 'from client' or 'from server'",
              "'{}' 用来区分连接：请在连接列表中查找；这里的方向写作 'from client' 或 "
              "'from server'"},
             word);
        return true;
    }
    if (!word.starts_with(wireshark::kFinding)) return false;
    fail({"'{}' is a finding, which no packet expression asks for: the findings of a connection "
          "name their packets; 'retransmission' can be asked for",
          "'{}' 是分析的发现，表达式查不到：连接的各项发现列出了有关报文；这里可以查 "
          "'retransmission'"},
         word);
    return true;
}

/// A bit of the header, alone or compared with 0 or 1.
void PacketExpressionParser::bit(PacketExpression::Flag flag) {
    steps_.emplace_back(flag);
    if (!valueOf(kOrders, token_) && token_ != "=") return;
    const auto found = order();
    if (!found) return;
    const bool equal = *found == PacketExpression::Order::Equal;
    const bool one = token_ == "1" || token_ == "true";
    const bool zero = token_ == "0" || token_ == "false";
    if ((!equal && *found != PacketExpression::Order::NotEqual) || (!one && !zero))
        return fail(
            {"a bit is 1 or 0: compare it with == or !=", "标志位是 1 或 0：用 == 或 != 比较"});
    advance();
    if (equal != one) steps_.emplace_back(PacketExpression::Operator::Not);
}

void PacketExpressionParser::side(bool from) {
    const auto found = valueOf(kSideNames, token_);
    if (!found) {
        constexpr auto kEnds = std::to_array<std::string_view>({"client", "server"});
        return unknown(kEnds, {"client or server", " client 或 server"}, kEnds);
    }
    advance();
    steps_.emplace_back(PacketExpression::From{from ? *found : other(*found)});
}

std::optional<PacketExpression::Order> PacketExpressionParser::order() {
    const auto found = valueOf(kOrders, token_);
    if (found)
        advance();
    else if (token_ == "=")
        fail({"to compare, write '=='", "比较相等请写 '=='"});
    else if (token_.empty())
        fail({"expected one of == != < <= > >=", "这里应为 == != < <= > >= 之一"});
    else
        fail({"expected one of == != < <= > >= before '{}'", "'{}' 之前应为 == != < <= > >= 之一"},
             token_);
    return found;
}

void PacketExpressionParser::inState(Side side) {
    const auto found = order();
    if (!found) return;
    const bool equal = *found == PacketExpression::Order::Equal;
    if (!equal && *found != PacketExpression::Order::NotEqual)
        return fail(
            {"states have no order: compare them with == or !=", "状态没有大小：用 == 或 != 比较"});
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
    unknown(names, {"a state", "一个状态名"}, names);
}

void PacketExpressionParser::comparison(PacketExpression::Field field) {
    const auto found = order();
    if (!found) return;
    std::int64_t number = 0;
    const char* end = token_.data() + token_.size();
    const auto read = std::from_chars(token_.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end)
        return token_.empty()
                   ? fail({"expected a number, and here it ends", "这里应有一个数，却到头了"})
                   : fail({"'{}' is no number", "'{}' 不是数"}, token_);
    advance();
    steps_.emplace_back(PacketExpression::Comparison{field, *found, number});
}

Expected<PacketExpression, Error> parsePacketExpression(std::string_view text, Language language) {
    return PacketExpressionParser{text, language}.parse();
}

}  // namespace tcplab
