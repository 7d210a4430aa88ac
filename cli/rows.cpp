#include "cli/rows.h"

#include "cli/width.h"
#include "sim/base/check.h"
#include "sim/base/overloaded.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <unistd.h>
#include <utility>

namespace tcplab::cli {
namespace {

using Fields = std::vector<std::string>;

std::string jsonString(std::string_view text) {
    // Octets that are no UTF-8, from a file's name perhaps, are replaced rather than refused.
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string jsonOf(const Cell& cell) {
    return std::visit(Overloaded{
                          [](std::monostate) -> std::string { return "null"; },
                          [](bool value) -> std::string { return value ? "true" : "false"; },
                          [](std::int64_t value) -> std::string { return fmt::to_string(value); },
                          [](const Literal& value) -> std::string { return value.digits; },
                          [](const Json& value) -> std::string { return value.text; },
                          [](const std::string& value) -> std::string { return jsonString(value); },
                      },
                      cell);
}

std::string plain(const Cell& cell) {
    if (std::holds_alternative<std::monostate>(cell)) return {};
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    return jsonOf(cell);
}

std::string csvField(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string field = "\"";
    for (const char c : text) field.append(c == '"' ? 2 : 1, c);
    return field + '"';
}

bool isNumber(const Cell& cell) {
    return std::holds_alternative<std::int64_t>(cell) || std::holds_alternative<Literal>(cell);
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
    if (format_ != Format::Csv) return;
    Fields keys;
    for (const Column& column : columns_) keys.emplace_back(column.key);
    printCsv(keys);
}

void RowPrinter::row(std::vector<Cell> cells) {
    TCPLAB_CHECK(cells.size() == columns_.size());
    switch (format_) {
        case Format::Table:
        case Format::Json: held_.push_back(std::move(cells)); return;
        case Format::Jsonl: out_ << jsonOf(cells) << '\n'; return;
        case Format::Csv: {
            Fields fields;
            for (const Cell& cell : cells) fields.push_back(csvField(plain(cell)));
            return printCsv(fields);
        }
    }
    TCPLAB_UNREACHABLE();
}

void RowPrinter::finish() {
    if (format_ == Format::Table) printTable();
    if (format_ != Format::Json) return;
    out_ << '[';
    for (std::size_t i = 0; i < held_.size(); ++i) {
        out_ << (i == 0 ? "\n" : ",\n") << jsonOf(held_[i]);
    }
    out_ << (held_.empty() ? "]\n" : "\n]\n");
}

void RowPrinter::printCsv(const Fields& fields) {
    std::string_view separator;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (columns_[i].key.empty()) continue;
        out_ << separator << fields[i];
        separator = ",";
    }
    out_ << "\r\n";
}

std::string RowPrinter::jsonOf(const std::vector<Cell>& cells) const {
    std::string json = "{";
    std::string_view object;  // The one that is being written.
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string_view key = columns_[i].key;
        const bool unknown = std::holds_alternative<std::monostate>(cells[i]);
        if (key.empty() || (columns_[i].optional && unknown)) continue;
        const std::size_t dot = key.find('.');
        const std::string_view parent = dot == std::string_view::npos ? "" : key.substr(0, dot);
        if (parent != object && !object.empty()) json += '}';
        if (json.size() > 1) json += ',';
        if (parent != object && !parent.empty()) json += jsonString(parent) + ":{";
        object = parent;
        json +=
            jsonString(parent.empty() ? key : key.substr(dot + 1)) + ':' + cli::jsonOf(cells[i]);
    }
    return json + (object.empty() ? "}" : "}}");
}

void RowPrinter::printTable() {
    if (held_.empty()) return;
    std::vector<std::size_t> widths(columns_.size());
    std::vector<bool> right(columns_.size());
    std::vector<Fields> lines;
    for (std::size_t i = 0; i < columns_.size(); ++i) widths[i] = widthOf(columns_[i].heading);
    for (const std::vector<Cell>& cells : held_) {
        Fields line;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const auto* json = std::get_if<Json>(&cells[i]);
            line.push_back(json != nullptr ? json->plain : plain(cells[i]));
            widths[i] = std::max(widths[i], widthOf(line.back()));
            right[i] = right[i] || isNumber(cells[i]);
        }
        lines.push_back(std::move(line));
    }
    const auto print = [&](const auto& textOf) {
        std::string line;
        std::string_view separator;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (columns_[i].heading.empty()) continue;
            line += separator;
            separator = "  ";
            const std::string_view text = textOf(i);
            const std::string padding(widths[i] - widthOf(text), ' ');
            line.append(right[i] ? padding : text).append(right[i] ? text : padding);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        return line;
    };
    const std::string heading = print([&](std::size_t i) { return columns_[i].heading; });
    out_ << (colour_ ? "\x1b[1m" + heading + "\x1b[0m" : heading) << '\n';
    for (const Fields& line : lines) {
        out_ << print([&](std::size_t i) { return std::string_view{line[i]}; }) << '\n';
    }
}

}  // namespace tcplab::cli
