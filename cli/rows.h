#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tcplab::cli {

enum class Format : std::uint8_t { Table, Json, Jsonl, Csv };

/// The names of the formats, in the order of Format.
[[nodiscard]] const std::vector<std::string_view>& formatNames();
[[nodiscard]] std::optional<Format> formatNamed(std::string_view name);

/// A number that is printed as it is written here: "1700000000.000000001".
struct Literal {
    std::string digits{};
};

/// JSON that is printed as it is, and what stands for it in a table.
struct Json {
    std::string text{};
    std::string plain{};
};

/// What stands in one place of a row; nothing where it is not known.
using Cell = std::variant<std::monostate, bool, std::int64_t, Literal, Json, std::string>;

/// A column, declared once for all formats.
struct Column {
    /// In JSON and CSV; empty: only the table has it. "rtt_ms.min" is the member `min` of the
    /// object `rtt_ms`; columns of one object stand beside each other. Static storage.
    std::string_view key{};
    /// In the table; empty: the table does not have it.
    std::string_view heading{};
    /// Left out where nothing is known, rather than null.
    bool optional = false;
};

/// Prints rows of the same columns, for people as an aligned table, for programs as JSON, JSON
/// lines or CSV (RFC 4180). Table and JSON hold the rows until finish().
class RowPrinter {
public:
    /// `out` outlives the printer. `colour` is for a table on a terminal.
    RowPrinter(std::ostream& out, Format format, std::vector<Column> columns, bool colour = false);

    /// As many cells as there are columns, in their order.
    void row(std::vector<Cell> cells);
    /// To be called once, after the last row.
    void finish();

private:
    void printTable();
    void printCsv(const std::vector<std::string>& fields);
    [[nodiscard]] std::string jsonOf(const std::vector<Cell>& cells) const;

    std::ostream& out_;
    Format format_;
    std::vector<Column> columns_;
    bool colour_;
    std::vector<std::vector<Cell>> held_{};
};

/// Whether a table on standard output should have colour: it is a terminal, and NO_COLOR is unset.
[[nodiscard]] bool colourWanted();

}  // namespace tcplab::cli
