// docs/state-matrix.md, cell by cell. The table there says what RFC 9293 3.10.7 asks for.

#include "tests/support/endpoint.h"

#include <fstream>
#include <map>
#include <sstream>

namespace tcplab::test {
namespace {

using tcp::State;
using Cells = std::vector<std::string>;

constexpr std::uint32_t kWindow = 100;

/// A table of the document: its heading, and its rows, the first being the names of the columns.
struct Table {
    std::string heading{};
    std::vector<Cells> rows{};
};

Cells cellsOf(const std::string& line) {
    Cells cells;
    std::istringstream parts{line.substr(1)};
    for (std::string cell; std::getline(parts, cell, '|');)
        if (cell.size() > 1) cells.push_back(cell.substr(1, cell.size() - 2));
    return cells;
}

std::vector<Table> tables() {
    std::ifstream file{TCPLAB_SOURCE_DIR "/docs/state-matrix.md"};
    std::vector<Table> tables;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("## ")) tables.push_back({line.substr(3)});
        if (!tables.empty() && line.starts_with("| ")) tables.back().rows.push_back(cellsOf(line));
    }
    return tables;
}

class StateMatrix : public EndpointTest {
protected:
    void SetUp() override { config.receiveBuffer = kWindow; }

    /// What arrives: "FIN-ACK" with an "unacceptable" ACK, "inside".
    [[nodiscard]] Segment segmentOf(const std::string& kind,
                                    const std::string& ack,
                                    const std::string& position) const {
        Segment segment{.ctl = {.fin = kind.find("FIN") != kind.npos,
                                .syn = kind.find("SYN") != kind.npos,
                                .rst = kind.find("RST") != kind.npos,
                                .ack = ack != "none"},
                        .wnd = 8192};
        if (kind == "data") segment.payload = Bytes{std::string_view{"abcde"}};
        const tcp::Tcb& tcb = endpoint.tcb();
        segment.ack = tcb.snd.nxt + (ack == "unacceptable" ? 1U : 0U);
        const std::map<std::string, std::uint32_t> ahead{
            {"left edge", 0}, {"inside", 10}, {"right edge", kWindow - 1}, {"beyond", kWindow}};
        if (position == "before")
            segment.seq = tcb.rcv.nxt - std::max(segment.len(), 1U);
        else
            segment.seq = ahead.contains(position) ? tcb.rcv.nxt + ahead.at(position) : Seq{300};
        return segment;
    }

    /// As a cell says it: "CLOSE-WAIT ACK", "–".
    std::string outcomeOf(const Segment& segment) {
        const State before = state();
        std::string answer = "–";
        for (const tcp::Action& action : on(tcp::SegmentArrives{segment}))
            if (const auto* sent = std::get_if<tcp::Transmit>(&action)) {
                const Flags& flags = sent->segment.ctl;
                answer = flags.rst ? "RST" : flags.syn ? "SYN-ACK" : "ACK";
            }
        return state() == before ? answer : std::string{toString(state())} + " " + answer;
    }

    void play(State from, const Cells& row, const std::string& position, const std::string& cell) {
        endpoint = {};
        reach(from);
        const Segment segment = segmentOf(row[0], row[1], position);
        EXPECT_EQ(outcomeOf(segment), cell)
            << toString(segment) << " in " << toString(from) << ", " << position;
        ++played;
    }
    int played = 0;
};

TEST_F(StateMatrix, HoldsInEachCell) {
    for (const Table& table : tables()) {
        const Cells& columns = table.rows.at(0);
        for (std::size_t row = 1; row < table.rows.size(); ++row)
            for (std::size_t column = 2; column < columns.size(); ++column) {
                const auto inHeading = tcp::stateNamed(table.heading);
                const auto inColumn = tcp::stateNamed(columns[column]);
                play(inHeading ? *inHeading : inColumn.value(),
                     table.rows[row],
                     columns[column],
                     table.rows[row].at(column));
            }
    }
    // 14 rows; three states without a window, and eight with five positions.
    EXPECT_EQ(played, 14 * 3 + 14 * 8 * 5);
}

}  // namespace
}  // namespace tcplab::test
