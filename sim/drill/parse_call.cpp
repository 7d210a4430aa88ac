#include "sim/drill/parser.h"

namespace tcplab::drill {

namespace {

using Kind = Token::Kind;

Expression parseExpression(Parser& parser);

std::vector<Expression> parseList(Parser& parser, char close) {
    std::vector<Expression> list;
    if (parser.acceptSign(close)) return list;
    do {
        list.push_back(parseExpression(parser));
    } while (!parser.failed() && parser.acceptSign(','));
    if (!parser.acceptSign(close)) parser.expected(std::string{"',' or '"} + close + '\'');
    return list;
}

// A name alone, with arguments, with a value, or with both: "msg_iov(1) = [...]".
Expression parseName(Parser& parser) {
    Expression name{
        .kind = Expression::Kind::Word, .place = parser.peek().place, .text = parser.next().text};
    if (parser.acceptSign('(')) {
        name.kind = Expression::Kind::Call;
        name.parts = parseList(parser, ')');
    }
    if (parser.acceptSign('=')) {
        name.kind = Expression::Kind::Field;
        name.parts.push_back(parseExpression(parser));
    }
    return name;
}

// "abc" "def" is one string; an ellipsis after it is the part that is not written out.
Expression parseString(Parser& parser) {
    Expression string{.kind = Expression::Kind::String, .place = parser.peek().place};
    while (parser.is(Kind::String)) string.text += parser.next().text;
    if (parser.is(Kind::Ellipsis)) parser.next();
    return string;
}

Expression parseOperand(Parser& parser) {
    Expression operand{.place = parser.peek().place};
    if (parser.is(Kind::Ellipsis)) {
        parser.next();
    } else if (parser.is(Kind::Integer) || parser.is(Kind::Hex)) {
        operand.kind = Expression::Kind::Integer;
        operand.text = parser.peek().text;
        operand.value = parser.next().value;
    } else if (parser.is(Kind::String)) {
        return parseString(parser);
    } else if (parser.is(Kind::Word)) {
        return parseName(parser);
    } else if (parser.acceptSign('[')) {
        operand.kind = Expression::Kind::List;
        operand.parts = parseList(parser, ']');
    } else if (parser.acceptSign('{')) {
        operand.kind = Expression::Kind::Record;
        operand.parts = parseList(parser, '}');
    } else {
        parser.expected("a value");
    }
    return operand;
}

Expression parseExpression(Parser& parser) {
    Expression left = parseOperand(parser);
    while (!parser.failed() && parser.acceptSign('|')) {
        Expression both{.kind = Expression::Kind::Or, .place = left.place};
        both.parts.push_back(std::move(left));
        both.parts.push_back(parseOperand(parser));
        left = std::move(both);
    }
    return left;
}

}  // namespace

CallStatement parseCall(Parser& parser) {
    CallStatement call{.name = parser.word("the name of a call")};
    parser.expectSign('(');
    call.arguments = parseList(parser, ')');
    parser.expectSign('=');
    call.result = parseExpression(parser);
    if (parser.is(Kind::Word) && !parser.peek().firstOfLine) call.error = parser.next().text;
    // "(Operation now in progress)" says nothing that the name does not say.
    if (parser.is(Kind::Sign, "(") && !parser.peek().firstOfLine) parser.skipPast(')');
    return call;
}

}  // namespace tcplab::drill
