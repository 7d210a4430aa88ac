#include "sim/drill/parse_script.h"

#include "sim/drill/parser.h"
#include "sim/drill/settings.h"

#include <algorithm>

namespace tcplab::drill {

namespace {

using Kind = Token::Kind;

// Digits and a point, as the lexer gives them; what is beyond the nanosecond is dropped.
ScriptTime timeOf(const Token& token) {
    constexpr std::int64_t kSecond = 1'000'000'000;
    constexpr std::size_t kMostDigits = 9;
    constexpr std::size_t kOfWholeSeconds = 2;
    const std::size_t point = token.text.find('.');
    const std::string_view all = token.text;
    const std::string_view whole = all.substr(0, point);
    std::string_view fraction;
    if (point != std::string_view::npos) fraction = all.substr(point + 1);
    std::int64_t value = 0;
    for (const char digit : whole) value = value * 10 + (digit - '0');
    value *= kSecond;
    std::int64_t unit = kSecond;
    for (const char digit : fraction.substr(0, kMostDigits)) {
        unit /= 10;
        value += unit * (digit - '0');
    }
    std::int64_t rounding = kSecond / 2;
    const std::size_t digits = fraction.empty() ? kOfWholeSeconds : fraction.size();
    for (std::size_t i = 0; i < digits; ++i) rounding /= 10;
    return {Duration{value}, Duration{rounding}};
}

ScriptTime parseTime(Parser& parser) {
    constexpr std::size_t kMostDigits = 9;
    if (!parser.is(Kind::Integer) && !parser.is(Kind::Fraction)) {
        parser.expected("a time");
        return {};
    }
    const std::string& text = parser.peek().text;
    if (text[0] == '-' || std::min(text.find('.'), text.size()) > kMostDigits) {
        parser.expected("a time of the run");
        return {};
    }
    return timeOf(parser.next());
}

When parseWhen(Parser& parser) {
    When when;
    if (parser.acceptSign('*')) {
        when.kind = When::Kind::Any;
        return when;
    }
    const bool relative = parser.acceptSign('+');
    when.kind = relative ? When::Kind::Relative : When::Kind::Absolute;
    when.at = parseTime(parser);
    if (!parser.acceptSign('~')) return when;
    when.kind = relative ? When::Kind::RelativeRange : When::Kind::AbsoluteRange;
    if (relative) parser.expectSign('+');
    const Place end = parser.peek().place;
    when.until = parseTime(parser);
    if (!parser.failed() && when.until.value < when.at.value)
        parser.fail(end, "expected the end of the range after its beginning");
    return when;
}

void parseAction(Parser& parser, Statement& statement) {
    if (parser.acceptSign('<')) {
        statement.what = parsePacket(parser, Direction::Inbound, statement.needs);
    } else if (parser.acceptSign('>')) {
        statement.what = parsePacket(parser, Direction::Outbound, statement.needs);
    } else if (parser.is(Kind::Command)) {
        statement.what = CommandStatement{parser.next().text};
    } else if (parser.is(Kind::Code)) {
        statement.what = CodeStatement{parser.next().text};
    } else if (parser.is(Kind::Ellipsis)) {
        parser.next();
        const ScriptTime end = parseTime(parser);
        CallStatement call = parseCall(parser);
        call.end = end;
        statement.what = std::move(call);
    } else if (parser.is(Kind::Word)) {
        statement.what = parseCall(parser);
    } else {
        parser.expected("'<', '>', a call, a command or code");
    }
    const auto* packet = std::get_if<PacketStatement>(&statement.what);
    const bool outbound = packet != nullptr && packet->direction == Direction::Outbound;
    const bool exact =
        statement.when.kind == When::Kind::Absolute || statement.when.kind == When::Kind::Relative;
    if (!exact && !outbound)
        parser.fail(statement.place, "'*' and ranges of time are for packets that the host sends");
}

Statement parseStatement(Parser& parser) {
    Statement statement{.place = parser.peek().place};
    if (parser.is(Kind::Command)) {  // Before the first statement or after the last, without time.
        statement.when.kind = When::Kind::Relative;
    } else {
        statement.when = parseWhen(parser);
    }
    const std::size_t first = parser.position();
    if (!parser.failed()) parseAction(parser, statement);
    statement.text = parser.textFrom(first);
    return statement;
}

Option parseOption(const Token& token) {
    const std::size_t equals = std::min(token.text.find('='), token.text.size());
    Option option{.place = token.place, .name = token.text.substr(2, equals - 2)};
    if (equals < token.text.size()) option.value = token.text.substr(equals + 1);
    return option;
}

}  // namespace

Expected<Script, ScriptError> parseScript(std::string_view source, const Definitions& definitions) {
    auto tokens = tokenize(source, definitions);
    if (!tokens) return Unexpected{tokens.error()};
    Script script;
    Parser parser{source, std::move(*tokens)};
    while (parser.is(Kind::Option)) script.options.push_back(parseOption(parser.next()));
    while (!parser.atEnd()) script.statements.push_back(parseStatement(parser));
    if (!parser.failed() && script.statements.empty()) parser.expected("a statement");
    if (parser.failed()) return Unexpected{*parser.failure()};
    if (const auto settings = settingsOf(script); !settings) return Unexpected{settings.error()};
    return script;
}

}  // namespace tcplab::drill
