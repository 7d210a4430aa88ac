#include "sim/drill/lexer.h"

#include "sim/wire/address.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace tcplab::drill {

namespace {

using Kind = Token::Kind;

bool isDigit(char c) {
    return '0' <= c && c <= '9';
}
bool isWord(char c) {
    return isDigit(c) || ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || c == '_';
}
bool isHex(char c) {
    return isDigit(c) || ('a' <= c && c <= 'f') || ('A' <= c && c <= 'F');
}

class Lexer {
public:
    Lexer(std::string_view source, const Definitions& definitions)
        : source_{source}, definitions_{definitions} {}

    Expected<std::vector<Token>, ScriptError> run() {
        while (!failure_ && skipToToken()) token();
        if (!failure_ && !conditions_.empty())
            fail(conditions_.back().place, "#ifdef without #endif");
        if (failure_) return Unexpected{*failure_};
        tokens_.push_back({.kind = Kind::End, .place = place(), .from = at_, .to = at_});
        return std::move(tokens_);
    }

private:
    struct Condition {
        Place place{};
        bool holds = false;
        bool sawElse = false;
    };

    [[nodiscard]] Place place() const { return {line_, static_cast<int>(at_ - lineStart_) + 1}; }
    [[nodiscard]] std::string_view rest() const { return source_.substr(at_); }
    [[nodiscard]] bool taken() const { return std::ranges::all_of(conditions_, &Condition::holds); }
    void fail(Place where, std::string what) {
        if (!failure_) failure_ = ScriptError{where, std::move(what)};
    }
    void advance(std::size_t count) {
        for (; count > 0 && at_ < source_.size(); --count, ++at_) {
            if (source_[at_] != '\n') continue;
            ++line_;
            lineStart_ = at_ + 1;
            firstOfLine_ = true;
        }
    }
    void skipLine() { advance(std::min(rest().find('\n'), rest().size())); }

    // False at the end.
    bool skipToToken() {
        while (at_ < source_.size() && !failure_) {
            const char c = source_[at_];
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                advance(1);
            } else if (rest().starts_with("//")) {
                skipLine();
            } else if (rest().starts_with("/*")) {
                const std::size_t end = rest().find("*/", 2);
                if (end == std::string_view::npos) fail(place(), "comment without its end \"*/\"");
                advance(std::min(end, rest().size() - 2) + 2);
            } else if (c == '#' && firstOfLine_) {
                directive();
            } else if (!taken()) {
                skipLine();
            } else {
                return true;
            }
        }
        return false;
    }

    void directive() {
        const Place where = place();
        if (line_ == 1 && rest().starts_with("#!")) return skipLine();
        advance(1);
        const auto word = [this] {
            const std::string_view from = rest();
            const std::size_t blanks = std::min(from.find_first_not_of(" \t"), from.size());
            std::size_t end = blanks;
            while (end < from.size() && isWord(from[end])) ++end;
            advance(end);
            return std::string{from.substr(blanks, end - blanks)};
        };
        const std::string name = word();
        if (name == "ifdef" || name == "ifndef") {
            const bool defined = definitions_.contains(word());
            conditions_.push_back({where, defined == (name == "ifdef")});
        } else if (name == "else" || name == "endif") {
            if (conditions_.empty()) return fail(where, "#" + name + " without #ifdef");
            if (name == "endif") {
                conditions_.pop_back();
            } else {
                if (conditions_.back().sawElse) return fail(where, "a second #else");
                conditions_.back().sawElse = true;
                conditions_.back().holds = !conditions_.back().holds;
            }
        } else {
            return fail(where, "expected #ifdef, #ifndef, #else or #endif");
        }
        skipLine();
    }

    void push(Kind kind, std::size_t size, std::string text, std::int64_t value = 0) {
        tokens_.push_back({.kind = kind,
                           .place = place(),
                           .text = std::move(text),
                           .value = value,
                           .from = at_,
                           .to = at_ + size,
                           .firstOfLine = firstOfLine_});
        firstOfLine_ = false;
        advance(size);
    }

    // What stands between two signs, "\" before a sign taking its meaning away.
    void enclosed(Kind kind, std::string_view open, std::string_view close) {
        std::size_t end = open.size();
        while (end < rest().size() && !rest().substr(end).starts_with(close))
            end += kind == Kind::String && rest()[end] == '\\' ? 2U : 1U;
        if (end >= rest().size())
            return fail(
                place(),
                "expected " + std::string{close} + " to end what begins with " + std::string{open});
        push(kind, end + close.size(), std::string{rest().substr(open.size(), end - open.size())});
    }

    void token() {
        const char c = source_[at_];
        if (c == '"') return enclosed(Kind::String, "\"", "\"");
        if (c == '`') return enclosed(Kind::Command, "`", "`");
        if (rest().starts_with("%{")) return enclosed(Kind::Code, "%{", "}%");
        if (rest().starts_with("...")) return push(Kind::Ellipsis, 3, "...");
        if (rest().starts_with("--") && firstOfLine_) return option();
        if ((isHex(c) || c == ':') && address()) return;
        if (isDigit(c) || c == '.' || c == '-') {
            if (number()) return;
        }
        if (isWord(c)) return word();
        push(Kind::Sign, 1, std::string{c});
    }

    void option() {
        const std::size_t end = std::min(rest().find_first_of(" \t\r\n"), rest().size());
        push(Kind::Option, end, std::string{rest().substr(0, end)});
    }

    // 1:1001 is no address: one has "::", seven colons or three points.
    bool address() {
        std::size_t end = 0;
        while (end < rest().size() &&
               (isHex(rest()[end]) || rest()[end] == ':' || rest()[end] == '.'))
            ++end;
        // The colon that ends "ipv4 A > B:" belongs to the statement.
        for (std::string_view run = rest().substr(0, end); !run.empty(); run.remove_suffix(1)) {
            const auto colons = std::ranges::count(run, ':');
            const bool v6 = colons == 7 || run.find("::") != std::string_view::npos;
            const bool v4 = colons == 0 && std::ranges::count(run, '.') == 3;
            if ((v4 || v6) && wire::parseIpAddress(run)) {
                push(Kind::Address, run.size(), std::string{run});
                return true;
            }
            if (!run.ends_with(':')) break;
        }
        return false;
    }

    bool number() {
        const std::string_view from = rest();
        std::size_t end = from[0] == '-' ? 1 : 0;
        const std::size_t first = end;
        if (from.substr(end).starts_with("0x")) {
            end += 2;
            while (end < from.size() && isHex(from[end])) ++end;
            return integer(Kind::Hex, first, end);
        }
        while (end < from.size() && isDigit(from[end])) ++end;
        const std::size_t whole = end;
        if (end + 1 < from.size() && from[end] == '.' && isDigit(from[end + 1])) {
            ++end;
            while (end < from.size() && isDigit(from[end])) ++end;
            push(Kind::Fraction, end, std::string{from.substr(0, end)});
            return true;
        }
        if (whole == first || (whole < from.size() && isWord(from[whole]))) return false;
        return integer(Kind::Integer, first, whole);
    }

    bool integer(Kind kind, std::size_t first, std::size_t end) {
        const std::string_view digits =
            rest().substr(0, end).substr(first + (kind == Kind::Hex ? 2 : 0));
        std::uint64_t value = 0;
        const auto read = std::from_chars(
            digits.data(), digits.data() + digits.size(), value, kind == Kind::Hex ? 16 : 10);
        if (digits.empty()) return false;
        if (read.ec != std::errc{} || value > INT64_MAX) {
            fail(place(), "the number is too large");
            return true;
        }
        const auto magnitude = static_cast<std::int64_t>(value);
        push(kind, end, std::string{rest().substr(0, end)}, first == 1 ? -magnitude : magnitude);
        return true;
    }

    void word() {
        std::size_t end = 0;
        while (end < rest().size() && isWord(rest()[end])) ++end;
        const std::string_view text = rest().substr(0, end);
        const auto defined = definitions_.find(text);
        if (defined == definitions_.end() || defined->second.empty())
            return push(Kind::Word, end, std::string{text});
        replaced(end, defined->second);
    }

    // NAME="text" gives a string, NAME=`text` a command, and any other value stands for itself.
    void replaced(std::size_t size, const std::string& value) {
        const bool quoted = value.size() >= 2 && value.front() == value.back();
        if (quoted && (value.front() == '"' || value.front() == '`')) {
            const Kind kind = value.front() == '"' ? Kind::String : Kind::Command;
            return push(kind, size, value.substr(1, value.size() - 2));
        }
        const Definitions none;
        const auto tokens = Lexer{value, none}.run();
        if (!tokens) return fail(place(), "the value of a defined word cannot be read");
        const Place where = place();
        for (const Token& token : *tokens) {
            if (token.kind == Kind::End) break;
            tokens_.push_back(token);
            tokens_.back().place = where;
            tokens_.back().from = at_;
            tokens_.back().to = at_ + size;
            tokens_.back().firstOfLine = firstOfLine_;
            firstOfLine_ = false;
        }
        advance(size);
    }

    std::string_view source_;
    const Definitions& definitions_;
    std::size_t at_ = 0;
    std::size_t lineStart_ = 0;
    int line_ = 1;
    bool firstOfLine_ = true;
    std::vector<Condition> conditions_{};
    std::vector<Token> tokens_{};
    std::optional<ScriptError> failure_{};
};

}  // namespace

Expected<std::vector<Token>, ScriptError> tokenize(std::string_view source,
                                                   const Definitions& definitions) {
    return Lexer{source, definitions}.run();
}

}  // namespace tcplab::drill
