#include "cli/report.h"

#include "capture/verdict.h"
#include "cli/analyze_fields.h"
#include "cli/behind.h"
#include "cli/ladder.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace tcplab::cli {
namespace {

using capture::Flow;

/// The columns of a kind of row, with the file's name before them where there are several.
template <class Row>
class Rows {
public:
    Rows(const std::vector<Field<Row>>& fields, const AnalyzeRequest& request, std::ostream& out)
        : fields_{fieldsFor(fields, request)},
          printer_{out, request.format, columns(), request.colour} {}

    void print(const Row& row) {
        for (const Field<Row>& field : fields_) field.print(row, printer_);
    }
    void finish() { printer_.finish(); }

private:
    static std::vector<Field<Row>> fieldsFor(std::vector<Field<Row>> fields,
                                             const AnalyzeRequest& request) {
        if (request.files.size() < 2) return fields;
        fields.insert(fields.begin(), {{"file", "File"}, [](const Row& row, RowPrinter& out) {
                                           out.text(row.file);
                                       }});
        return fields;
    }
    [[nodiscard]] std::vector<Column> columns() const {
        std::vector<Column> all;
        for (const Field<Row>& field : fields_) all.push_back(field.column);
        return all;
    }

    std::vector<Field<Row>> fields_;
    RowPrinter printer_;
};

class FlowReport final : public Report, private capture::FlowSink {
public:
    FlowReport(const AnalyzeRequest& request, std::ostream& out)
        : request_{request}, out_{out}, rows_{flowFields(), request, out} {}

    void finish() override {
        printByTrouble();
        printing_.finish();
        rows_.finish();
    }
    void flush() override {
        printing_.finish();
        out_.flush();
    }
    capture::FlowSink& begin(const std::string& file) override {
        file_ = &file;
        return *this;
    }

private:
    struct Held {
        const std::string* file = nullptr;
        Flow flow{};
    };

    void connection(const Connection& /*connection*/) override {}
    void packet(const Packet& /*packet*/, Octets /*octets*/) override {}
    void entry(const Entry& /*entry*/) override {}
    void flow(const Flow& flow) override {
        if (request_.flow && *request_.flow != flow.connection.id) return;
        if (request_.state && std::ranges::count(flow.states.values, *request_.state) == 0) return;
        if (request_.finding && flow.findings.of(*request_.finding) == 0) return;
        if (request_.byTrouble) {
            held_.push_back({file_, flow});
        } else {
            printing_.push([&](Held& place) {
                place.file = file_;
                place.flow = flow;
            });
        }
    }
    void printByTrouble() {
        std::ranges::stable_sort(
            held_, std::ranges::greater{}, [](const Held& one) { return trouble(one.flow); });
        for (const Held& one : held_) printing_.push(one);
    }

    const AnalyzeRequest& request_;
    std::ostream& out_;
    const std::string* file_ = nullptr;
    Rows<FlowRow> rows_;
    std::vector<Held> held_{};  ///< Where they are wanted in another order.
    /// Rows are as much work as packets, and the next packets need not wait for them.
    Behind<Held> printing_{[this](const Held& one) {
        rows_.print({*one.file, one.flow, request_.language});
    }};
};

class PacketReport final : public Report, private capture::FlowSink {
public:
    PacketReport(const AnalyzeRequest& request, std::ostream& out)
        : request_{request}, out_{out}, rows_{packetFields(), request, out} {}

    void finish() override { rows_.finish(); }
    void flush() override { out_.flush(); }
    capture::FlowSink& begin(const std::string& file) override {
        file_ = &file;
        start_.reset();
        return *this;
    }

private:
    void connection(const Connection& /*connection*/) override {}
    void packet(const Packet& packet, Octets /*octets*/) override {
        if (!start_) start_ = packet.transit.seen->at;
        if (request_.flow && *request_.flow != packet.connection) return;
        if (request_.state && std::ranges::count(packet.states.values, *request_.state) == 0) {
            return;
        }
        if (request_.finding && !found_.has(*request_.finding)) return;
        rows_.print({*file_, packet, found_, *start_});
    }
    void findings(const capture::PacketFindings& found) override { found_ = found; }
    void entry(const Entry& /*entry*/) override {}
    void flow(const Flow& /*flow*/) override {}

    const AnalyzeRequest& request_;
    std::ostream& out_;
    const std::string* file_ = nullptr;
    capture::PacketFindings found_{};  ///< Of the packet that comes next.
    std::optional<Instant> start_{};
    Rows<PacketRow> rows_;
};

/// Keeps the packets of the flows that are wanted, and draws each flow when it has ended.
class LadderReport final : public Report, private capture::FlowSink {
public:
    LadderReport(const AnalyzeRequest& request, std::ostream& out) : request_{request}, out_{out} {}

    void finish() override {}
    void flush() override { out_.flush(); }
    capture::FlowSink& begin(const std::string& file) override {
        file_ = &file;
        open_.clear();
        return *this;
    }

private:
    void connection(const Connection& connection) override {
        if (request_.flow && *request_.flow != connection.id) return;
        open_[connection.id].connection(connection);
    }
    void packet(const Packet& packet, Octets octets) override {
        const auto found = open_.find(packet.connection);
        if (found != open_.end()) found->second.packet(packet, octets);
    }
    void entry(const Entry& entry) override {
        const auto found = open_.find(entry.connection);
        if (found != open_.end()) found->second.entry(entry);
    }
    void flow(const Flow& flow) override {
        const ConnectionId id = flow.connection.id;
        const auto found = open_.find(id);
        if (found == open_.end()) return;
        if (!request_.state || std::ranges::count(flow.states.values, *request_.state) > 0) {
            if (request_.files.size() > 1) out_ << *file_ << ", ";
            out_ << "flow " << id << '\n';
            printLadder(found->second,
                        id,
                        {.notation = request_.notation, .colour = request_.colour},
                        out_);
            out_ << '\n';
        }
        open_.erase(found);
    }

    const AnalyzeRequest& request_;
    std::ostream& out_;
    const std::string* file_ = nullptr;
    std::map<ConnectionId, Trace> open_{};
};

/// Whether standard input is a pipe, and all that was written to it has been read.
bool inputPauses() {
    struct stat about {};
    if (fstat(STDIN_FILENO, &about) != 0 || S_ISREG(about.st_mode)) return false;
    int waiting = 0;
    return ioctl(STDIN_FILENO, FIONREAD, &waiting) == 0 && waiting == 0;
}

/// Between a live capture and its report.
class Promptly final : public capture::FlowSink {
public:
    Promptly(Report& report, capture::FlowSink& sink) : report_{report}, sink_{sink} {}

private:
    void connection(const Connection& connection) override { sink_.connection(connection); }
    void findings(const capture::PacketFindings& found) override { sink_.findings(found); }
    void entry(const Entry& entry) override { sink_.entry(entry); }
    void packet(const Packet& packet, Octets octets) override {
        sink_.packet(packet, octets);
        if (inputPauses()) report_.flush();
    }
    void flow(const Flow& flow) override {
        sink_.flow(flow);
        if (inputPauses()) report_.flush();
    }

    Report& report_;
    capture::FlowSink& sink_;
};

}  // namespace

Report::~Report() = default;

capture::FlowSink& Report::sinkFor(const std::string& file) {
    capture::FlowSink& sink = begin(file);
    if (file != "-") return sink;
    promptly_ = std::make_unique<Promptly>(*this, sink);
    return *promptly_;
}

std::unique_ptr<Report> reportFor(const AnalyzeRequest& request, std::ostream& out) {
    switch (request.shape) {
        case AnalyzeRequest::Shape::Flows: return std::make_unique<FlowReport>(request, out);
        case AnalyzeRequest::Shape::Packets: return std::make_unique<PacketReport>(request, out);
        case AnalyzeRequest::Shape::Ladder: return std::make_unique<LadderReport>(request, out);
    }
    TCPLAB_UNREACHABLE();
}

}  // namespace tcplab::cli
