#include "cli/analyze.h"

#include "capture/filter.h"
#include "capture/session.h"
#include "capture/verdict.h"
#include "cli/analyze_fields.h"
#include "cli/behind.h"
#include "cli/draw.h"
#include "cli/ladder.h"
#include "cli/messages.h"
#include "cli/stream_dump.h"
#include "cli/verbs.h"
#include "cli/words.h"
#include "sim/framing/parse_framing.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
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

/// Prints what a record holds of one file after the other.
class Report {
public:
    virtual ~Report() = default;
    virtual void finish() = 0;
    /// Valid until the next one is asked for.
    virtual capture::FlowSink& sinkFor(const std::string& file) = 0;

protected:
    Report() = default;
    Report(const Report&) = default;
    Report& operator=(const Report&) = default;
};

class FlowReport final : public Report, private capture::FlowSink {
public:
    FlowReport(const AnalyzeRequest& request, std::ostream& out)
        : request_{request}, rows_{flowFields(), request, out} {}

    void finish() override {
        printByTrouble();
        printing_.finish();
        rows_.finish();
    }
    capture::FlowSink& sinkFor(const std::string& file) override {
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
            printing_.push({file_, flow});
        }
    }
    void printByTrouble() {
        std::ranges::stable_sort(
            held_, std::ranges::greater{}, [](const Held& one) { return trouble(one.flow); });
        for (Held& one : held_) printing_.push(std::move(one));
    }

    const AnalyzeRequest& request_;
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
        : request_{request}, rows_{packetFields(), request, out} {}

    void finish() override { rows_.finish(); }
    capture::FlowSink& sinkFor(const std::string& file) override {
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
    capture::FlowSink& sinkFor(const std::string& file) override {
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

std::vector<std::string_view> findingNames() {
    std::vector<std::string_view> all;
    for (std::size_t n = 0; n < capture::kFindingCount; ++n) {
        all.push_back(toString(static_cast<capture::Finding>(n)));
    }
    return all;
}

const CLI::Validator kFilter{
    [](const std::string& expression) {
        const auto wrong = capture::Filter::wrong(expression);
        return wrong ? fmt::format("'{}' is no filter: {}", expression, *wrong) : "";
    },
    ""};

std::unique_ptr<Report> reportFor(const AnalyzeRequest& request, std::ostream& out) {
    switch (request.shape) {
        case AnalyzeRequest::Shape::Flows: return std::make_unique<FlowReport>(request, out);
        case AnalyzeRequest::Shape::Packets: return std::make_unique<PacketReport>(request, out);
        case AnalyzeRequest::Shape::Ladder: return std::make_unique<LadderReport>(request, out);
    }
    TCPLAB_UNREACHABLE();
}

}  // namespace

int analyze(const AnalyzeRequest& request, std::ostream& out, std::ostream& err) {
    int code = exit_code::kDone;
    const auto complain = [&](const std::string& what) { code = cli::complain(err, what); };
    const auto report = reportFor(request, out);
    for (const std::string& file : request.files) {
        const auto summary =
            capture::analyze(file,
                             report->sinkFor(file),
                             {.checksums = request.checksums, .filter = request.filter});
        if (!summary) {
            complain(summary.error().what);
        } else if (summary->stopped) {
            complain(summary->stopped->what);
        }
        if (summary && request.format == Format::Table) {
            err << fmt::format(
                "{}: {} packets, {} of TCP\n", file, summary->packets, summary->tcpPackets);
        }
    }
    report->finish();
    return code;
}

void addAnalyze(CLI::App& app, int& exitCode) {
    struct Words {
        AnalyzeRequest request{};
        bool flows = false;
        bool packets = false;
        bool ladder = false;
        std::string notation = "tcpdump";
        std::string format = "table";
        std::string state{};
        std::string finding{};
        std::string raw{};
        bool messages = false;
        std::string as = "auto";
        std::optional<ConnectionId> stream{};
        std::string language{};
        DrawWords drawing{};
    };
    const auto words = std::make_shared<Words>();
    CLI::App* verb =
        app.add_subcommand("analyze", "Say what happened in the TCP of a capture file");
    verb->add_option("FILE", words->request.files, "pcap or pcapng; - is standard input")
        ->required();
    CLI::Option* flows = verb->add_flag("--flows", words->flows, "A row a flow; the default");
    CLI::Option* packets =
        verb->add_flag("--packets", words->packets, "A row a TCP packet")->excludes(flows);
    CLI::Option* ladder = verb->add_flag("--ladder", words->ladder, "A ladder a flow");
    ladder->excludes(flows)->excludes(packets);
    verb->add_option("--notation", words->notation, "Of a ladder: tcpdump, names or textbook")
        ->check(oneOf(notationNames()))
        ->needs(ladder);
    verb->add_option("--format", words->format, "table, json, jsonl or csv")
        ->check(oneOf(formatNames()))
        ->excludes(ladder);
    verb->add_option("--flow", words->request.flow, "Only the flow with this number")
        ->transform(wholeNumber());
    verb->add_option("--state",
                     words->state,
                     "Only packets at which an end is in this state, or flows that end in it")
        ->check(oneOf(stateNames()));
    verb->add_option("--finding", words->finding, "Only packets, or flows, in which this is found")
        ->check(oneOf(findingNames()));
    verb->add_option("--filter", words->request.filter, "Only packets that pass a libpcap filter")
        ->check(kFilter);
    verb->add_flag("--checksums", words->request.checksums, "Verify the checksums of TCP");
    verb->add_flag("--by-trouble", words->request.byTrouble, "Flows with more trouble first")
        ->excludes(packets)
        ->excludes(ladder);
    CLI::Option* stream =
        verb->add_option("--stream", words->stream, "The octets of the flow with this number")
            ->transform(wholeNumber());
    stream->excludes(flows)->excludes(packets)->excludes(ladder);
    verb->add_option(
            "--raw", words->raw, "Of --stream: what the client or the server sent, as it is")
        ->check(oneOf({"client", "server"}))
        ->needs(stream);
    CLI::Option* messages = verb->add_flag(
        "--messages", words->messages, "A row a message of each direction of each flow");
    messages->excludes(flows)->excludes(packets)->excludes(ladder)->excludes(stream);
    verb->add_option("--as",
                     words->as,
                     "Of --messages: the framing, as tcplab frame has it; auto, if not given")
        ->check(validFraming())
        ->needs(messages);
    for (const char* of : {"--state", "--finding", "--checksums", "--by-trouble"})
        messages->excludes(verb->get_option(of));
    words->drawing.addTo(*verb);
    ladder->excludes(verb->get_option("--finding"));
    for (const char* rows :
         {"--flow", "--format", "--state", "--finding", "--filter", "--checksums", "--by-trouble"})
        stream->excludes(verb->get_option(rows));
    verb->add_option("--language", words->language, "en or zh_CN; else that of the locale")
        ->check(oneOf({"en", "zh_CN"}));
    verb->callback([words, &exitCode] {
        using Shape = AnalyzeRequest::Shape;
        AnalyzeRequest& request = words->request;
        const DrawOptions drawing = words->drawing.chosen(languageNamed(words->language));
        if (drawing.wanted()) {
            exitCode = drawFlow(request.files, request.flow, drawing, std::cerr);
            return;
        }
        if (words->stream) {
            StreamRequest wanted{.flow = *words->stream};
            if (!words->raw.empty()) {
                wanted.raw = words->raw == "client" ? Side::Client : Side::Server;
            }
            exitCode = printStream(request.files, wanted, std::cout, std::cerr);
            return;
        }
        if (words->messages) {
            MessagesRequest wanted{.files = request.files,
                                   .flow = request.flow,
                                   .filter = request.filter,
                                   .format = formatNamed(words->format).value_or(Format::Table),
                                   .colour = colourWanted(),
                                   .language = languageNamed(words->language)};
            if (words->as != "auto") wanted.framing = *framing::parseFraming(words->as);
            exitCode = printMessages(wanted, std::cout, std::cerr);
            return;
        }
        request.shape = words->packets  ? Shape::Packets
                        : words->ladder ? Shape::Ladder
                                        : Shape::Flows;
        request.notation = notationNamed(words->notation);
        request.format = formatNamed(words->format).value_or(Format::Table);
        request.state = tcp::stateNamed(words->state);
        request.finding = capture::findingNamed(words->finding);
        request.language = languageNamed(words->language);
        request.colour = colourWanted();
        exitCode = analyze(request, std::cout, std::cerr);
    });
}

}  // namespace tcplab::cli
