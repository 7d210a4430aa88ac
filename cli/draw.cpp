#include "cli/draw.h"

#include "capture/verdict.h"
#include "cli/one_flow.h"
#include "cli/text_file.h"
#include "cli/verbs.h"
#include "cli/words.h"

#include "picture/svg.h"
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tcplab::cli {
namespace {

constexpr int kLeastSize = 320;
constexpr int kMostSize = 8000;
constexpr std::string_view kHtml = "html";
constexpr std::string_view kPacketdrill = "packetdrill";
constexpr std::string_view kGoogleTest = "googletest";
constexpr std::string_view kPytest = "pytest";

/// "960x560"
std::optional<std::pair<int, int>> sizeOf(std::string_view word) {
    const auto number = [](std::string_view digits) -> std::optional<int> {
        int value = 0;
        const char* end = digits.data() + digits.size();
        const auto read = std::from_chars(digits.data(), end, value);
        const bool fits = kLeastSize <= value && value <= kMostSize;
        return read.ec == std::errc{} && read.ptr == end && fits ? std::optional{value}
                                                                 : std::nullopt;
    };
    const auto cross = word.find('x');
    if (cross == std::string_view::npos) return std::nullopt;
    const auto width = number(word.substr(0, cross));
    const auto height = number(word.substr(cross + 1));
    if (!width || !height) return std::nullopt;
    return std::pair{*width, *height};
}

std::vector<std::string_view> graphNames() {
    std::vector<std::string_view> names;
    for (const picture::Graph graph : picture::kGraphs) names.push_back(toString(graph));
    return names;
}

CLI::Validator validSize() {
    return CLI::Validator{[](const std::string& word) -> std::string {
                              if (sizeOf(word)) return {};
                              return fmt::format(
                                  "'{}' is no size; write WIDTHxHEIGHT with numbers from {} to {}",
                                  word,
                                  kLeastSize,
                                  kMostSize);
                          },
                          ""};
}

Error notWritten(const std::string& path, const std::string& why) {
    return {Error::Code::NotWritable, path + ": " + why};
}

/// Has librsvg's program make pixels of it. As a program it weighs nothing on those who draw none.
std::optional<Error> writePng(const std::string& path, const std::string& svg) {
    std::FILE* input = std::tmpfile();
    if (input == nullptr) return notWritten(path, std::strerror(errno));
    std::fwrite(svg.data(), 1, svg.size(), input);
    std::rewind(input);
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, fileno(input), STDIN_FILENO);
    std::string program = "rsvg-convert";
    std::string output = "--output=" + path;
    char* const arguments[]{program.data(), output.data(), nullptr};
    pid_t child = 0;
    const int failed = posix_spawnp(&child, program.c_str(), &actions, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    std::fclose(input);
    if (failed != 0)
        return notWritten(path,
                          "a PNG needs the program rsvg-convert (on Debian: apt-get install "
                          "librsvg2-bin); an .svg needs nothing");
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return std::nullopt;
    return notWritten(path, "rsvg-convert could not write it");
}

}  // namespace

void DrawWords::addTo(CLI::App& verb, bool ofCaptures) {
    std::vector<std::string_view> exports{kHtml, kPacketdrill};
    std::string what = "html: a page that steps, for any browser; packetdrill: a script";
    if (ofCaptures) {
        exports.insert(exports.end(), {kGoogleTest, kPytest});
        what += "; googletest, pytest: a test of what holds now";
    }
    CLI::Option* graph =
        verb.add_option("--graph", graph_, fmt::format("Draw {}", fmt::join(graphNames(), ", ")))
            ->check(oneOf(graphNames()));
    CLI::Option* page =
        verb.add_option("--export", export_, what)->check(oneOf(exports))->excludes(graph);
    CLI::Option* path = verb.add_option("-o", path_, "Of --graph or --export: the file to write");
    graph->needs(path);
    page->needs(path);
    for (const char* rows : {"--flows",
                             "--packets",
                             "--messages",
                             "--stream",
                             "--by-trouble",
                             "--checksums",
                             "--filter",
                             "--finding",
                             "--format",
                             "--notation",
                             "--state",
                             "--step"}) {
        CLI::Option* option = verb.get_option_no_throw(rows);
        if (option == nullptr) continue;
        graph->excludes(option);
        page->excludes(option);
    }
    verb.add_option("--from", sender_, "Of a graph: whose data, client or server")
        ->check(oneOf({"client", "server"}))
        ->needs(graph);
    verb.add_option(
            "--host", host_, "Of packetdrill: whose machine is tested; the server's, if not given")
        ->check(oneOf({"client", "server"}))
        ->needs(page);
    verb.add_option("--theme", theme_, "Of a graph: light or dark")
        ->check(oneOf({"light", "dark"}))
        ->needs(graph);
    verb.add_option("--size", size_, "Of a graph: WIDTHxHEIGHT in pixels; 960x560 if not given")
        ->check(validSize())
        ->needs(graph);
}

DrawOptions DrawWords::chosen(Language language) const {
    DrawOptions options{.path = path_, .language = language};
    if (export_ == kHtml) options.exported = Export::Html;
    if (export_ == kPacketdrill) options.exported = Export::Packetdrill;
    if (export_ == kGoogleTest) options.exported = Export::GoogleTest;
    if (export_ == kPytest) options.exported = Export::Pytest;
    if (host_ == toString(Side::Client)) options.host = Side::Client;
    if (!host_.empty() && options.exported != Export::Packetdrill)
        throw CLI::ValidationError("--host belongs to --export packetdrill");
    for (const picture::Graph graph : picture::kGraphs)
        if (toString(graph) == graph_) options.graph = graph;
    if (!path_.empty() && !options.wanted())
        throw CLI::ValidationError("-o belongs to --graph or --export");
    if (options.graph && !path_.ends_with(".svg") && !path_.ends_with(".png"))
        throw CLI::ValidationError("'" + path_ + "' ends in neither .svg nor .png");
    if (theme_ == "dark") options.theme = picture::Theme::Dark;
    for (const Side side : kSides)
        if (toString(side) == sender_) options.sender = side;
    if (const auto size = sizeOf(size_)) {
        options.width = size->first;
        options.height = size->second;
    }
    return options;
}

std::optional<Error> writeDrawing(const Trace& trace,
                                  ConnectionId connection,
                                  PageAbout about,
                                  const DrawOptions& options) {
    about.language = options.language;
    if (options.exported) return writeText(options.path, toHtml(trace, connection, about));
    const std::string subject =
        about.subject.empty() ? std::string{about.title.in(options.language)} : about.subject;
    const picture::Figure figure = picture::drawGraph(trace,
                                                      {.graph = *options.graph,
                                                       .connection = connection,
                                                       .sender = options.sender,
                                                       .language = options.language,
                                                       .subject = subject,
                                                       .width = options.width,
                                                       .height = options.height});
    const std::string svg = picture::toSvg(figure, options.theme, options.language);
    return options.path.ends_with(".png") ? writePng(options.path, svg)
                                          : writeText(options.path, svg);
}

int drawFlow(const std::vector<std::string>& files,
             std::optional<ConnectionId> flow,
             const DrawOptions& options,
             std::ostream& err) {
    if (files.size() != 1)
        return complain(
            err, Error{Error::Code::Usage, "--graph and --export draw one flow of one file"});
    // A graph reads TCP's options only, and a page shows no more than it can.
    const std::size_t octets = options.exported ? 2048 : 256;
    const auto read = readFlow(files.front(), flow, octets);
    if (!read) return complain(err, read.error());
    const ConnectionId id = read->flow.connection.id;
    const std::string name = std::filesystem::path{files.front()}.filename().string();
    constexpr Text kSubject{"{}, flow {}", "{}，流 {}"};
    const auto& ends = read->flow.connection.ends;
    const std::string title = toString(ends[Side::Client]) + " → " + toString(ends[Side::Server]);
    PageAbout about{.title = {title, title},
                    .notes = {capture::verdict(read->flow, Language::English),
                              capture::verdict(read->flow, Language::Chinese)},
                    .subject = fmt::format(fmt::runtime(kSubject.in(options.language)), name, id)};
    for (const capture::PacketFindings& found : read->findings)
        for (const capture::Proof& proof : found)
            about.remarks[found.packet()].push_back(
                {toString(proof.finding), meaningOf(proof.finding)});
    if (const auto failed = writeDrawing(read->trace, id, about, options))
        return complain(err, *failed);
    return read->stopped ? complain(err, *read->stopped) : exit_code::kDone;
}

}  // namespace tcplab::cli
