#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
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

/// What stands in one place of a row; nothing where it is not known.
using Cell = std::variant<std::monostate, bool, std::int64_t, Literal, std::string>;

/// A text that grows at its end, piece by piece: a std::string that makes no call for each of them.
class LongText {
public:
    [[gnu::always_inline]] inline void append(std::string_view piece) {
        if (room_.size() - size_ < piece.size()) room_.resize(2 * (size_ + piece.size()));
        std::memcpy(room_.data() + size_, piece.data(), piece.size());
        size_ += piece.size();
    }
    void append(char c) { append({&c, 1}); }
    void clear() { size_ = 0; }
    [[nodiscard]] std::string_view view() const { return {room_.data(), size_}; }

private:
    std::string room_ = std::string(4096, '\0');
    std::size_t size_ = 0;
};

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

    /// A row is as many cells as there are columns, in their order; the last one ends it.
    void unknown();
    void boolean(bool value);
    void number(std::int64_t value);
    void literal(std::string_view digits);
    /// A number of which `units` is 10^`decimals` times as much.
    void decimal(std::int64_t units, int decimals);
    void text(std::string_view value);
    /// JSON that is printed as it is, and what stands for it in a table.
    void json(std::string_view value, std::string_view plain = {});
    void cell(const Cell& cell);

    /// The same, a row at once.
    void row(const std::vector<Cell>& cells);
    /// To be called once, after the last row.
    void finish();

private:
    struct Place {
        std::string member{};    ///< "\"min\":"
        std::string opening{};   ///< "\"rtt_ms\":{", where it is in one.
        std::string next{};      ///< ",\"min\":", for where the object is open already.
        std::size_t object = 0;  ///< Which one: the same number in all of its members; 0 is none.
        bool inTable = false;
    };
    struct Printed {
        std::string text{};
        bool right = false;
    };

    [[nodiscard]] bool isJson() const {
        return format_ == Format::Json || format_ == Format::Jsonl;
    }
    /// Begins the next cell. Whether anything is to be written of it.
    bool begin(bool known = true);
    void end();
    void endRow();
    void put(std::string_view text, bool right);
    /// The row as it is printed, with what ends it.
    void endLine(std::string_view ending);
    void printTable();

    std::ostream& out_;
    Format format_;
    std::vector<Column> columns_;
    std::vector<Place> places_{};
    bool colour_;
    std::size_t next_ = 0;            ///< The column of the next cell.
    std::size_t written_ = 0;         ///< Cells of the row so far; not of a table.
    std::size_t object_ = 0;          ///< The one that is open.
    LongText line_{};                 ///< The row so far.
    std::vector<Printed> printed_{};  ///< The same of a table.
    std::vector<std::string> held_{};
    std::vector<std::vector<Printed>> heldTable_{};
};

/// Whether a table on standard output should have colour: it is a terminal, and NO_COLOR is unset.
[[nodiscard]] bool colourWanted();

}  // namespace tcplab::cli
