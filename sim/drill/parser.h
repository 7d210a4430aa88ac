#pragma once

#include "sim/drill/lexer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tcplab::drill {

/// Reads tokens from left to right. The first failure is kept; what is read after it means nothing.
/// Private to sim/drill.
class Parser {
public:
    Parser(std::string_view source, std::vector<Token> tokens)
        : source_{source}, tokens_{std::move(tokens)} {}

    [[nodiscard]] const Token& peek(std::size_t ahead = 0) const;
    const Token& next();
    [[nodiscard]] bool atEnd() const { return failed() || peek().kind == Token::Kind::End; }
    [[nodiscard]] bool is(Token::Kind kind) const { return !failed() && peek().kind == kind; }
    [[nodiscard]] bool is(Token::Kind kind, std::string_view text) const {
        return is(kind) && peek().text == text;
    }

    bool acceptSign(char sign) { return accept(Token::Kind::Sign, std::string_view{&sign, 1}); }
    bool acceptWord(std::string_view word) { return accept(Token::Kind::Word, word); }
    void expectSign(char sign);
    void expectWord(std::string_view word);
    std::string word(std::string_view what);
    /// A number from 0 to `most`, decimal or hexadecimal.
    std::uint64_t number(std::string_view what, std::uint64_t most);
    template <class Number>
    Number number(std::string_view what) {
        return static_cast<Number>(number(what, static_cast<Number>(-1)));
    }
    /// Drops tokens up to and with this sign, or to the end.
    void skipPast(char sign);
    /// Drops what is left of this line.
    void skipLine();

    /// "expected WHAT, got ..."
    void expected(std::string_view what);
    void fail(Place where, std::string what);
    [[nodiscard]] bool failed() const { return failure_.has_value(); }
    [[nodiscard]] const std::optional<ScriptError>& failure() const { return failure_; }

    /// The source from the token at `first` to what was read last, blanks made one.
    [[nodiscard]] std::string textFrom(std::size_t first) const;
    [[nodiscard]] std::size_t position() const { return at_; }

private:
    bool accept(Token::Kind kind, std::string_view text);

    std::string_view source_;
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    std::optional<ScriptError> failure_{};
};

/// "[ect0]", "(tos 0x20, ttl 3)", or nothing
[[nodiscard]] IpPattern parseIp(Parser& parser);
/// Headers around the packet, "ipv4 A > B: gre:". They are read and not run: `needs` names them.
void parseTunnels(Parser& parser, std::string& needs);

/// What follows "<" or ">" of a packet. `needs` is set where the runner lacks what it asks for.
[[nodiscard]] PacketStatement parsePacket(Parser& parser, Direction direction, std::string& needs);

/// "name(arguments) = result ERRNO (note)"
[[nodiscard]] CallStatement parseCall(Parser& parser);

}  // namespace tcplab::drill
