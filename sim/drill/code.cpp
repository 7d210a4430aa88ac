#include "sim/drill/code.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

namespace tcplab::drill {

namespace {

bool isNameLetter(char c) {
    return ('0' <= c && c <= '9') || ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || c == '_';
}

/// Reads and computes one expression. Numbers are what Python's are here: exact up to 2^53.
class Evaluator {
public:
    Evaluator(std::string_view text, const Lookup& lookup) : text_{text}, lookup_{lookup} {}

    double expression() { return disjunction(); }
    /// Where the expression ends.
    [[nodiscard]] std::size_t end() {
        skipBlanks();
        return at_;
    }
    [[nodiscard]] const std::string& failure() const { return failure_; }
    [[nodiscard]] const std::string& values() const { return values_; }

private:
    void skipBlanks() {
        while (at_ < text_.size() &&
               (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\\'))
            ++at_;
    }
    void fail(std::string what) {
        if (failure_.empty()) failure_ = std::move(what);
        at_ = text_.size();
    }
    bool accept(std::string_view sign) {
        skipBlanks();
        if (!text_.substr(at_).starts_with(sign)) return false;
        const bool word = isNameLetter(sign[0]);
        const std::size_t after = at_ + sign.size();
        if (word && after < text_.size() && isNameLetter(text_[after])) return false;
        at_ = after;
        return true;
    }

    double disjunction() {
        double left = conjunction();
        while (accept("or")) {
            const double right = conjunction();
            left = left != 0 ? left : right;
        }
        return left;
    }
    double conjunction() {
        double left = negation();
        while (accept("and")) {
            const double right = negation();
            left = left == 0 ? left : right;
        }
        return left;
    }
    double negation() { return accept("not") ? (negation() == 0 ? 1 : 0) : comparison(); }

    // a <= b < c holds where each pair does.
    double comparison() {
        double left = sum();
        bool chained = false;
        bool holds = true;
        while (true) {
            const auto compare = comparator();
            if (!compare) return chained ? (holds ? 1 : 0) : left;
            const double right = sum();
            holds = holds && (*compare)(left, right);
            chained = true;
            left = right;
        }
    }
    using Compare = bool (*)(double, double);
    std::optional<Compare> comparator() {
        struct Sign {
            std::string_view sign;
            Compare compare;
        };
        static constexpr std::array<Sign, 6> kSigns{{
            {"==", [](double a, double b) { return a == b; }},
            {"!=", [](double a, double b) { return a != b; }},
            {"<=", [](double a, double b) { return a <= b; }},
            {">=", [](double a, double b) { return a >= b; }},
            {"<", [](double a, double b) { return a < b; }},
            {">", [](double a, double b) { return a > b; }},
        }};
        for (const Sign& sign : kSigns)
            if (accept(sign.sign)) return sign.compare;
        return {};
    }

    double sum() {
        double left = product();
        while (true) {
            if (accept("+"))
                left += product();
            else if (accept("-"))
                left -= product();
            else if (accept("|"))
                left = bits(left, product(), '|');
            else
                return left;
        }
    }
    double product() {
        double left = operand();
        while (true) {
            if (accept("*"))
                left *= operand();
            else if (accept("//"))
                left = std::floor(left / operand());
            else if (accept("/"))
                left /= operand();
            else if (accept("%"))
                left = remainder(left, operand());
            else if (accept("&"))
                left = bits(left, operand(), '&');
            else
                return left;
        }
    }
    static double remainder(double left, double right) {
        return left - std::floor(left / right) * right;
    }
    static double bits(double left, double right, char sign) {
        const auto a = static_cast<std::int64_t>(left);
        const auto b = static_cast<std::int64_t>(right);
        return static_cast<double>(sign == '&' ? a & b : a | b);
    }

    double operand() {
        if (accept("-")) return -operand();
        if (accept("(")) {
            const double inner = expression();
            if (!accept(")")) fail("an expression without its \")\"");
            return inner;
        }
        skipBlanks();
        if (at_ == text_.size()) {
            fail("an expression that ends too early");
            return 0;
        }
        if (text_[at_] == '.' || ('0' <= text_[at_] && text_[at_] <= '9')) return number();
        return name();
    }
    double number() {
        double value = 0;
        const char* from = text_.data() + at_;
        const char* last = text_.data() + text_.size();
        if (text_.substr(at_).starts_with("0x")) {
            std::uint64_t whole = 0;
            const auto read = std::from_chars(from + 2, last, whole, 16);
            at_ = static_cast<std::size_t>(read.ptr - text_.data());
            return static_cast<double>(whole);
        }
        const auto read = std::from_chars(from, last, value);
        if (read.ec != std::errc{}) fail("a number that cannot be read");
        at_ = std::max(at_ + 1, static_cast<std::size_t>(read.ptr - text_.data()));
        return value;
    }
    double name() {
        std::size_t last = at_;
        while (last < text_.size() && isNameLetter(text_[last])) ++last;
        const std::string_view word = text_.substr(at_, last - at_);
        if (word == "True" || word == "False") {
            at_ = last;
            return word == "True" ? 1 : 0;
        }
        const auto value = word.empty() ? std::nullopt : lookup_(word);
        if (!value) {
            fail(word.empty() ? "the sign '" + std::string{text_[at_]} + "' in code"
                              : "the name " + std::string{word} + " in code");
            return 0;
        }
        at_ = last;
        const std::string told = std::string{word} + " = " + std::to_string(*value);
        if (word.starts_with("tcpi_") && values_.find(told) == std::string::npos)
            values_ += (values_.empty() ? "" : ", ") + told;
        return static_cast<double>(*value);
    }

    std::string_view text_;
    const Lookup& lookup_;
    std::size_t at_ = 0;
    std::string failure_{};
    std::string values_{};
};

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n\\";  // A "\\" only joins lines.
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// Lines, and parts of lines at ";". A line that ends in "\" goes on.
std::vector<std::string> statementsOf(std::string_view code) {
    std::vector<std::string> statements(1);
    int open = 0;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char c = code[i];
        if (c == '#') {
            while (i + 1 < code.size() && code[i + 1] != '\n') ++i;
            continue;
        }
        if (c == '(') ++open;
        if (c == ')') --open;
        const bool goesOn =
            open > 0 || (!statements.back().empty() && statements.back().back() == '\\');
        if (c == ';' || (c == '\n' && !goesOn))
            statements.emplace_back();
        else
            statements.back() += c == '\n' ? ' ' : c;
    }
    return statements;
}

}  // namespace

namespace {

// "cwnd = 10", "cwnd += 1": the name, the sign before "=" or a blank, and the expression.
struct Assignment {
    std::string_view name{};
    char sign = ' ';
    std::string_view value{};
};
std::optional<Assignment> assignmentIn(std::string_view statement) {
    Assignment assignment;
    std::size_t end = 0;
    while (end < statement.size() && isNameLetter(statement[end])) ++end;
    assignment.name = statement.substr(0, end);
    std::string_view rest = trimmed(statement.substr(end));
    if (rest.starts_with("+=") || rest.starts_with("-=")) {
        assignment.sign = rest[0];
        rest.remove_prefix(1);
    }
    if (assignment.name.empty() || !rest.starts_with('=') || rest.starts_with("==")) return {};
    assignment.value = rest.substr(1);
    return assignment;
}

}  // namespace

Expected<std::optional<FalseAssertion>, std::string> checkCode(std::string_view code,
                                                               const Lookup& known,
                                                               CodeVariables& variables) {
    constexpr std::string_view kAssert = "assert";
    const Lookup lookup = [&](std::string_view name) {
        const auto found = variables.find(name);
        return found == variables.end() ? known(name) : std::optional{found->second};
    };
    for (const std::string& line : statementsOf(code)) {
        std::string_view statement = trimmed(line);
        if (statement.empty() || statement.starts_with("print")) continue;
        const bool asserts = statement.starts_with(kAssert) && statement.size() > kAssert.size() &&
                             !isNameLetter(statement[kAssert.size()]);
        if (const auto assignment = asserts ? std::nullopt : assignmentIn(statement)) {
            Evaluator evaluator{assignment->value, lookup};
            const auto value = static_cast<std::int64_t>(evaluator.expression());
            if (evaluator.end() != assignment->value.size() || !evaluator.failure().empty())
                return Unexpected{"the code \"" + std::string{statement} + "\""};
            std::int64_t& variable = variables[std::string{assignment->name}];
            variable = assignment->sign == '+'   ? variable + value
                       : assignment->sign == '-' ? variable - value
                                                 : value;
            continue;
        }
        if (!asserts) return Unexpected{"the code \"" + std::string{statement} + "\""};
        statement.remove_prefix(kAssert.size());
        Evaluator evaluator{statement, lookup};
        const double value = evaluator.expression();
        const std::size_t end = evaluator.end();
        if (!evaluator.failure().empty()) return Unexpected{evaluator.failure()};
        // A comma begins what Python would say of a failure.
        if (end < statement.size() && statement[end] != ',')
            return Unexpected{"the code \"" + std::string{trimmed(statement.substr(end))} + "\""};
        if (value == 0)
            return std::optional{
                FalseAssertion{std::string{trimmed(statement.substr(0, end))}, evaluator.values()}};
    }
    return std::optional<FalseAssertion>{};
}

}  // namespace tcplab::drill
