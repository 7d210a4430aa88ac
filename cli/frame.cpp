#include "cli/frame.h"

#include "capture/frame_source.h"
#include "capture/framing_survey.h"
#include "capture/stream.h"
#include "cli/frame_rows.h"
#include "cli/verbs.h"
#include "cli/words.h"
#include "sim/base/overloaded.h"
#include "sim/framing/http.h"
#include "sim/framing/parse_framing.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>

namespace tcplab::cli {
namespace {

using capture::Conversation;
using framing::Framing;

/// What a file holds: the conversations of a capture, or one stream of plain octets.
struct Contents {
    std::vector<Conversation> conversations{};
    std::optional<capture::Stream> plain{};
    std::optional<Error> stopped{};
};

Expected<Contents, Error> read(const std::string& file) {
    auto opened = capture::openCaptureOrOctets(file);
    if (!opened) return Unexpected{opened.error()};
    Contents contents;
    if (auto* frames = std::get_if<std::unique_ptr<capture::FrameSource>>(&*opened)) {
        auto summary = capture::readConversations(**frames, [&](Conversation conversation) {
            contents.conversations.push_back(std::move(conversation));
        });
        contents.stopped = std::move(summary.stopped);
        std::ranges::sort(contents.conversations, {}, [](const Conversation& one) {
            return one.flow.connection.id;
        });
        return contents;
    }
    auto& input = std::get<capture::Input>(*opened);
    capture::Stream stream{.ended = true};
    while (!input.atEnd()) {
        const Octets there = input.ahead(1);
        if (there.empty()) break;
        stream.octets.insert(stream.octets.end(), there.begin(), there.end());
        input.skip(there.size());
    }
    if (input.failure())
        contents.stopped = Error{Error::Code::Incomplete,
                                 input.name() + ": at octet " + std::to_string(input.offset()) +
                                     ": " + *input.failure()};
    contents.plain = std::move(stream);
    return contents;
}

// The server's answers to HEAD have no body: its requests tell which they are.
Framing framingOf(const Framing& framing, const Conversation& conversation, Side side) {
    const auto* http = std::get_if<framing::Http>(&framing);
    if (http == nullptr || side == Side::Client) return framing;
    framing::Http responses = *http;
    std::uint64_t request = 0;
    for (const framing::Piece& piece :
         framing::decodeAll(framing, conversation.streams[Side::Client].octets)) {
        const auto* message = std::get_if<framing::Message>(&piece);
        if (message == nullptr) break;
        if (framing::isHeadRequest(message->whole)) responses.answersToHead.push_back(request);
        ++request;
    }
    return responses;
}

/// What was inferred for each conversation: those with one server are looked at together.
std::vector<framing::InferredPair> inferAll(const std::vector<Conversation>& conversations) {
    std::map<wire::SocketAddress, std::vector<std::size_t>> services;
    for (std::size_t i = 0; i < conversations.size(); ++i)
        services[conversations[i].flow.connection.ends[Side::Server]].push_back(i);
    std::vector<framing::InferredPair> all(conversations.size());
    for (const auto& [server, members] : services) {
        std::vector<framing::Sample> clients;
        std::vector<framing::Sample> servers;
        for (const std::size_t i : members) {
            clients.push_back(capture::sampleOf(conversations[i].streams[Side::Client]));
            servers.push_back(capture::sampleOf(conversations[i].streams[Side::Server]));
        }
        const framing::InferredPair pair = framing::infer(clients, servers);
        for (const std::size_t i : members) all[i] = pair;
    }
    return all;
}

bool isWanted(const FrameRequest& request, const Conversation& conversation, Side side) {
    if (request.flow && *request.flow != conversation.flow.connection.id) return false;
    return (!request.from || *request.from == side) && !conversation.streams[side].octets.empty();
}

class Framer {
public:
    Framer(const FrameRequest& request, std::ostream& out) : request_{request} {
        if (request.prove)
            proofs_.emplace(request, out);
        else if (request.framing || request.messages)
            messages_.emplace(styleOf(request), out);
        else
            inferences_.emplace(request, out);
    }

    void take(const std::string& file, const Contents& contents) {
        if (contents.plain) return takePlain(file, *contents.plain);
        const auto inferred = request_.framing ? std::vector<framing::InferredPair>{}
                                               : inferAll(contents.conversations);
        for (std::size_t i = 0; i < contents.conversations.size(); ++i) {
            const Conversation& conversation = contents.conversations[i];
            for (const Side side : kSides) {
                if (!isWanted(request_, conversation, side)) continue;
                const StreamName name{file, conversation.flow.connection.id, side};
                const capture::Stream& stream = conversation.streams[side];
                if (request_.framing && proofs_) {
                    proofs_->print(
                        name, stream.octets, framingOf(*request_.framing, conversation, side));
                    continue;
                }
                if (request_.framing) {
                    messages_->print(
                        FollowedStream{name, framingOf(*request_.framing, conversation, side)},
                        stream);
                    continue;
                }
                const auto& found = side == Side::Client ? inferred[i].client : inferred[i].server;
                if (!messages_)
                    inferences_->print(name, found);
                else if (found.best)
                    messages_->print(
                        FollowedStream{
                            name, framingOf(found.best->framing, conversation, side), &*found.best},
                        stream);
                else
                    messages_->unknown(name, stream.octets.size());
            }
        }
    }
    void finish() {
        if (proofs_) proofs_->finish();
        if (messages_) messages_->finish();
        if (inferences_) inferences_->finish();
    }

private:
    void takePlain(const std::string& file, const capture::Stream& stream) {
        const StreamName name{.file = file};
        if (proofs_) return proofs_->print(name, stream.octets, *request_.framing);
        if (request_.framing)
            return messages_->print(FollowedStream{name, *request_.framing}, stream);
        const framing::Sample sample = capture::sampleOf(stream);
        const framing::Inference found = framing::infer({&sample, 1}, {}).client;
        if (!messages_) return inferences_->print(name, found);
        if (!found.best) return messages_->unknown(name, stream.octets.size());
        messages_->print(FollowedStream{name, found.best->framing, &*found.best}, stream);
    }

    const FrameRequest& request_;
    std::optional<ProofRows> proofs_{};
    std::optional<MessageRows> messages_{};
    std::optional<InferenceRows> inferences_{};
};

}  // namespace

int frame(const FrameRequest& request, std::ostream& out, std::ostream& err) {
    int code = exit_code::kDone;
    const auto complain = [&](const std::string& what) { code = cli::complain(err, what); };
    Framer framer{request, out};
    for (const std::string& file : request.files) {
        const auto contents = read(file);
        if (!contents) {
            complain(contents.error().what);
            continue;
        }
        framer.take(file, *contents);
        if (contents->stopped) complain(contents->stopped->what);
    }
    framer.finish();
    return code;
}

namespace {

struct FrameWords {
    FrameRequest request{};
    StreamRequest scenario{};
    std::vector<std::string> settings{};
    std::string as{};
    std::string from{};
    std::string format = "table";
    std::string language{};
};

// A scenario file, or a built-in's name that is no file's.
bool isScenario(const FrameWords& words) {
    if (words.request.files.size() != 1) return false;
    const std::string& word = words.request.files.front();
    if (word.ends_with(".toml")) return true;
    return !std::filesystem::exists(word) && word != "-" && words.as.empty() &&
           word.find('/') == word.npos && word.find('.') == word.npos;
}

CLI::Validator validSetting() {
    return CLI::Validator{[](const std::string& text) -> std::string {
                              const auto setting = net::parseSetting(text);
                              return setting ? std::string{} : setting.error().what;
                          },
                          ""};
}

int run(FrameWords& words) {
    const std::optional<Side> from = words.from.empty()       ? std::nullopt
                                     : words.from == "client" ? std::optional{Side::Client}
                                                              : std::optional{Side::Server};
    const Format format = formatNamed(words.format).value_or(Format::Table);
    const Language language = languageNamed(words.language);
    if (isScenario(words)) {
        StreamRequest& request = words.scenario;
        request.scenario = words.request.files.front();
        for (const std::string& setting : words.settings)
            request.settings.push_back(*net::parseSetting(setting));
        request.from = from;
        request.format = format;
        request.language = language;
        request.colour = colourWanted();
        return frameScenario(request, std::cout, std::cerr);
    }
    FrameRequest& request = words.request;
    if (words.as.empty()) throw CLI::RequiredError("--as");
    if (words.as != "auto") request.framing = *framing::parseFraming(words.as);
    if (request.prove && !request.framing)
        throw CLI::ValidationError("--prove", "needs a framing, not auto");
    request.from = from;
    request.format = format;
    request.language = language;
    request.colour = colourWanted();
    return frame(request, std::cout, std::cerr);
}

}  // namespace

void addFrame(CLI::App& app, int& exitCode) {
    const auto words = std::make_shared<FrameWords>();
    CLI::App* verb =
        app.add_subcommand("frame", "Split streams into messages, or say how they are framed");
    verb->add_option("FILE",
                     words->request.files,
                     "A capture, plain octets, or a scenario; - is standard input")
        ->required();
    verb->add_option("--as",
                     words->as,
                     "fixed:N, delimiter:HEX|TEXT[,keep], line, varint, json, header-json, tls, "
                     "http, resp, ber, websocket, "
                     "length:offset=,width=,adjust=,strip=,endian=,max=, or auto")
        ->check(validFraming());
    verb->add_flag("--messages", words->request.messages, "With --as auto: a row a message");
    verb->add_flag("--prove",
                   words->request.prove,
                   "The smallest cut into reads that breaks a decoder, right ones and wrong ones");
    verb->add_option("--flow", words->request.flow, "Only the flow with this number")
        ->transform(wholeNumber());
    verb->add_option("--from", words->from, "Only what client or server sent")
        ->check(oneOf({"client", "server"}));
    verb->add_flag("--udp", words->scenario.udp, "Of a scenario: the same programs over UDP");
    verb->add_option("--set", words->settings, "Of a scenario: KEY=VALUE, as client.nagle=false")
        ->check(validSetting());
    verb->add_option("--seed", words->scenario.seed, "Of a scenario; 1 if not given")
        ->transform(wholeNumber(0, UINT64_MAX));
    verb->add_option("-o", words->scenario.path, "Of a scenario: the .svg file to write");
    verb->add_option("--format", words->format, "table, json, jsonl or csv")
        ->check(oneOf(formatNames()));
    verb->add_option("--language", words->language, "en or zh_CN; else that of the locale")
        ->check(oneOf({"en", "zh_CN"}));
    verb->callback([words, &exitCode] { exitCode = run(*words); });
}

}  // namespace tcplab::cli
