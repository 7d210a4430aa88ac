#include "cli/rows.h"

#include "cli/figures.h"
#include "cli/width.h"
#include "sim/base/check.h"
#include "sim/base/overloaded.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <unistd.h>
#include <utility>

namespace tcplab::cli {
namespace {

/// Printed as they are in a JSON string.
constexpr std::array<bool, 256> kPlain = [] {
    std::array<bool, 256> plain{};
    for (std::size_t c = ' '; c <= '~'; ++c) plain.at(c) = c != '"' && c != '\\';
    return plain;
}();

bool needsNoEscape(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return kPlain[static_cast<unsigned char>(c)]; });
}

// Octets that are no UTF-8, from a file's name perhaps, are replaced rather than refused.
std::string jsonString(std::string_view text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void appendJson(LongText& line, std::string_view text) {
    if (!needsNoEscape(text)) return line.append(jsonString(text));
    line.append('"');
    line.append(text);
    line.append('"');
}

void appendCsv(LongText& line, std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return line.append(text);
    line.append('"');
    for (const char c : text) {
        if (c == '"') line.append('"');
        line.append(c);
    }
    line.append('"');
}

}  // namespace

const std::vector<std::string_view>& formatNames() {
    static const std::vector<std::string_view> names{"table", "json", "jsonl", "csv"};
    return names;
}

std::optional<Format> formatNamed(std::string_view name) {
    const auto found = std::ranges::find(formatNames(), name);
    if (found == formatNames().end()) return std::nullopt;
    return static_cast<Format>(found - formatNames().begin());
}

bool colourWanted() {
    const char* refused = std::getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) != 0 && (refused == nullptr || *refused == '\0');
}

RowPrinter::RowPrinter(std::ostream& out, Format format, std::vector<Column> columns, bool colour)
    : out_{out}, format_{format}, columns_{std::move(columns)}, colour_{colour} {
    std::string_view separator;
    std::string_view object;
    std::size_t objects = 0;
    for (const Column& column : columns_) {
        const std::size_t dot = column.key.find('.');
        Place& place = places_.emplace_back();
        place.inTable = !column.heading.empty();
        if (dot != std::string_view::npos) {
            const std::string_view name = column.key.substr(0, dot);
            if (std::exchange(object, name) != name) ++objects;
            place.object = objects;
            place.opening = jsonString(name) + ":{";
        }
        place.member =
            jsonString(dot == std::string_view::npos ? column.key : column.key.substr(dot + 1)) +
            ':';
        place.next = "," + place.member;
        if (format_ != Format::Csv || column.key.empty()) continue;
        LongText head;
        appendCsv(head, column.key);
        out_ << separator << head.view();
        separator = ",";
    }
    if (format_ == Format::Csv) out_ << "\r\n";
}

bool RowPrinter::begin(bool known) {
    TCPLAB_CHECK(next_ < columns_.size());
    const Column& column = columns_[next_];
    if (format_ == Format::Table) return true;
    if (column.key.empty()) return false;
    if (format_ == Format::Csv) {
        if (written_++ > 0) line_.append(',');
        return known;
    }
    if (column.optional && !known) return false;
    const Place& place = places_[next_];
    const std::size_t before = std::exchange(object_, place.object);
    if (before == place.object && written_ > 0) {
        ++written_;
        line_.append(place.next);
        return true;
    }
    if (before != place.object && before != 0) line_.append('}');
    line_.append(written_++ == 0 ? '{' : ',');
    if (before != place.object) line_.append(place.opening);
    line_.append(place.member);
    return true;
}

void RowPrinter::put(std::string_view text, bool right) {
    if (format_ == Format::Table) {
        if (places_[next_].inTable) printed_.push_back({std::string{text}, right});
    } else if (format_ == Format::Csv) {
        appendCsv(line_, text);
    } else {
        line_.append(text);
    }
}

void RowPrinter::end() {
    if (++next_ == columns_.size()) endRow();
}

void RowPrinter::unknown() {
    if (begin(false)) put(isJson() ? "null" : "", false);
    end();
}

void RowPrinter::boolean(bool value) {
    if (begin()) put(value ? "true" : "false", false);
    end();
}

void RowPrinter::number(std::int64_t value) {
    const fmt::format_int digits{value};
    if (begin()) put({digits.data(), digits.size()}, true);
    end();
}

void RowPrinter::literal(std::string_view digits) {
    if (begin()) put(digits, true);
    end();
}

void RowPrinter::decimal(std::int64_t units, int decimals) {
    const Decimal digits{units, decimals};
    if (begin()) put(digits.view(), true);
    end();
}

void RowPrinter::text(std::string_view value) {
    if (begin()) {
        if (isJson()) {
            appendJson(line_, value);
        } else {
            put(value, false);
        }
    }
    end();
}

void RowPrinter::json(std::string_view value, std::string_view plain) {
    if (begin()) put(format_ == Format::Table ? plain : value, false);
    end();
}

void RowPrinter::cell(const Cell& cell) {
    std::visit(Overloaded{
                   [this](std::monostate) { unknown(); },
                   [this](bool value) { boolean(value); },
                   [this](std::int64_t value) { number(value); },
                   [this](const Literal& value) { literal(value.digits); },
                   [this](const std::string& value) { text(value); },
               },
               cell);
}

void RowPrinter::row(const std::vector<Cell>& cells) {
    TCPLAB_CHECK(cells.size() == columns_.size());
    for (const Cell& one : cells) cell(one);
}

void RowPrinter::endRow() {
    if (isJson()) {
        if (written_ == 0) line_.append('{');
        line_.append(object_ == 0 ? "}" : "}}");
    }
    switch (format_) {
        case Format::Table: heldTable_.push_back(std::exchange(printed_, {})); break;
        case Format::Json: held_.emplace_back(line_.view()); break;
        case Format::Jsonl: endLine("\n"); break;
        case Format::Csv: endLine("\r\n"); break;
    }
    line_.clear();
    object_ = 0;
    next_ = 0;
    written_ = 0;
}

void RowPrinter::endLine(std::string_view ending) {
    line_.append(ending);
    out_.write(line_.view().data(), static_cast<std::streamsize>(line_.view().size()));
}

void RowPrinter::finish() {
    if (format_ == Format::Table) printTable();
    if (format_ != Format::Json) return;
    out_ << '[';
    for (std::size_t i = 0; i < held_.size(); ++i) out_ << (i == 0 ? "\n" : ",\n") << held_[i];
    out_ << (held_.empty() ? "]\n" : "\n]\n");
}

void RowPrinter::printTable() {
    if (heldTable_.empty()) return;
    std::vector<Printed> headings;
    for (const Column& column : columns_) {
        if (!column.heading.empty()) headings.push_back({std::string{column.heading}, false});
    }
    std::vector<std::size_t> widths(headings.size());
    for (std::size_t i = 0; i < headings.size(); ++i) widths[i] = widthOf(headings[i].text);
    for (const std::vector<Printed>& line : heldTable_) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            widths[i] = std::max(widths[i], widthOf(line[i].text));
            headings[i].right = headings[i].right || line[i].right;
        }
    }
    const auto print = [&](const std::vector<Printed>& cells) {
        std::string line;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i > 0) line += "  ";
            const std::string padding(widths[i] - widthOf(cells[i].text), ' ');
            line += headings[i].right ? padding + cells[i].text : cells[i].text + padding;
        }
        line.erase(line.find_last_not_of(' ') + 1);
        return line;
    };
    const std::string heading = print(headings);
    out_ << (colour_ ? "\x1b[1m" + heading + "\x1b[0m" : heading) << '\n';
    for (const std::vector<Printed>& line : heldTable_) out_ << print(line) << '\n';
}

}  // namespace tcplab::cli
