#include "sim/drill/parser.h"

namespace tcplab::drill {

using Kind = Token::Kind;

const Token& Parser::peek(std::size_t ahead) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

const Token& Parser::next() {
    const Token& token = peek();
    if (token.kind != Kind::End) ++at_;
    return token;
}

bool Parser::accept(Kind kind, std::string_view text) {
    if (!is(kind, text)) return false;
    next();
    return true;
}

void Parser::expectSign(char sign) {
    if (!acceptSign(sign)) expected(std::string{'\''} + sign + '\'');
}

void Parser::expectWord(std::string_view word) {
    if (!acceptWord(word)) expected("\"" + std::string{word} + "\"");
}

std::string Parser::word(std::string_view what) {
    if (!is(Kind::Word)) {
        expected(what);
        return {};
    }
    return next().text;
}

std::uint64_t Parser::number(std::string_view what, std::uint64_t most) {
    if (!is(Kind::Integer) && !is(Kind::Hex)) {
        expected(what);
        return 0;
    }
    const Token& token = peek();
    if (token.value < 0 || static_cast<std::uint64_t>(token.value) > most)
        expected(std::string{what} + " from 0 to " + std::to_string(most));
    next();
    return static_cast<std::uint64_t>(token.value);
}

void Parser::skipPast(char sign) {
    while (!atEnd() && !acceptSign(sign)) next();
}

void Parser::skipLine() {
    while (!atEnd() && !peek().firstOfLine) next();
}

void Parser::expected(std::string_view what) {
    const Token& token = peek();
    const std::string got =
        token.kind == Kind::End
            ? "the end of the script"
            : "\"" + std::string{source_.substr(token.from, token.to - token.from)} + "\"";
    fail(token.place, "expected " + std::string{what} + ", got " + got);
}

void Parser::fail(Place where, std::string what) {
    if (!failure_) failure_ = ScriptError{where, std::move(what)};
}

std::string Parser::textFrom(std::size_t first) const {
    if (first >= at_) return {};
    std::string text;
    for (std::size_t i = first; i < at_; ++i) {
        const Token& token = tokens_[i];
        if (i > first && tokens_[i - 1].to < token.from) text += ' ';
        text += source_.substr(token.from, token.to - token.from);
    }
    return text;
}

}  // namespace tcplab::drill
