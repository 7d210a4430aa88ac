#include "cli/analyze.h"

#include "capture/filter.h"
#include "cli/draw.h"
#include "cli/messages.h"
#include "cli/report.h"
#include "cli/stream_dump.h"
#include "cli/test_export.h"
#include "cli/verbs.h"
#include "cli/words.h"
#include "sim/framing/parse_framing.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace tcplab::cli {
namespace {

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

}  // namespace

int analyze(const AnalyzeRequest& request, std::ostream& out, std::ostream& err) {
    int code = exit_code::kDone;
    const auto complain = [&](const std::string& what) { code = cli::complain(err, what); };
    const auto report = reportFor(request, out);
    for (const std::string& file : request.files) {
        const capture::AnalyzeOptions options{.checksums = request.checksums,
                                              .filter = request.filter};
        const auto summary = capture::analyze(file, report->sinkFor(file), options);
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
    words->drawing.addTo(*verb, true);
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
            const bool test = drawing.exported && drawing.exported != Export::Html;
            exitCode =
                (test ? exportTest : drawFlow)(request.files, request.flow, drawing, std::cerr);
            return;
        }
        if (words->stream) {
            StreamRequest wanted{.flow = *words->stream,
                                 .language = languageNamed(words->language)};
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
