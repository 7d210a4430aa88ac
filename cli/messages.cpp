#include "cli/messages.h"

#include "capture/framing_survey.h"
#include "cli/ending.h"
#include "cli/frame_rows.h"
#include "sim/framing/http.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <utility>

namespace tcplab::cli {
namespace {

using Services = std::map<wire::SocketAddress, framing::InferredPair>;

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

/// Standard input, kept in a file without a name, so that it can be read twice.
class KeptInput {
public:
    /// Nothing where it could not be kept.
    static std::optional<KeptInput> of(capture::Input input) {
        KeptInput kept;
        while (kept.file_ != nullptr && !input.atEnd()) {
            const Octets there = input.ahead(1);
            if (there.empty()) break;
            if (std::fwrite(there.data(), 1, there.size(), kept.file_.get()) != there.size())
                return std::nullopt;
            input.skip(there.size());
        }
        kept.name_ = input.name();
        return kept.file_ != nullptr ? std::optional{std::move(kept)} : std::nullopt;
    }
    /// From its first octet on; only one at a time.
    [[nodiscard]] capture::Input read() const {
        std::rewind(file_.get());
        return {std::make_unique<Source>(*file_), name_};
    }

private:
    class Source final : public capture::OctetSource {
    public:
        explicit Source(std::FILE& file) : file_{file} {}
        Expected<std::size_t, std::string> read(std::span<std::uint8_t> into) override {
            return std::fread(into.data(), 1, into.size(), &file_);
        }

    private:
        std::FILE& file_;
    };

    File file_{std::tmpfile(), [](std::FILE* file) { return std::fclose(file); }};
    std::string name_{};
};

/// Follows the streams of a capture's flows and prints their messages.
class MessageSink final : public capture::FlowSink {
public:
    MessageSink(const MessagesRequest& request,
                const std::string& file,
                const Services& services,
                MessageRows& rows)
        : request_{request}, file_{file}, services_{services}, rows_{rows} {}

    void connection(const Connection& connection) override;
    void packet(const Packet& packet, Octets octets) override;
    void entry(const Entry& /*entry*/) override {}
    void flow(const capture::Flow& flow) override;

    /// Whether any flow was the one that is wanted.
    [[nodiscard]] bool sawFlow() const { return sawFlow_; }

private:
    struct Open {
        capture::StreamOrder order{};
        PerSide<std::optional<FollowedStream>> streams{};  ///< Empty: of no framing that is known.
    };
    void take(Open& open, Side from, const capture::StreamPart& part, Octets octets);

    const MessagesRequest& request_;
    const std::string& file_;
    const Services& services_;
    MessageRows& rows_;
    std::map<ConnectionId, Open> open_{};
    bool sawFlow_ = false;
};

void MessageSink::connection(const Connection& connection) {
    if (request_.flow && *request_.flow != connection.id) return;
    sawFlow_ = true;
    Open& open = open_[connection.id];
    const auto service = services_.find(connection.ends[Side::Server]);
    for (const Side side : kSides) {
        const StreamName name{file_, connection.id, side};
        if (request_.framing) open.streams[side].emplace(name, *request_.framing);
        if (service == services_.end()) continue;
        const framing::Inference& inference =
            side == Side::Client ? service->second.client : service->second.server;
        if (inference.best)
            open.streams[side].emplace(name, inference.best->framing, &*inference.best);
    }
}

void MessageSink::packet(const Packet& packet, Octets octets) {
    const auto found = open_.find(packet.connection);
    if (found == open_.end()) return;
    Open& open = found->second;
    open.order.take(packet,
                    capture::payloadOf(packet, octets),
                    [&](Side from, const capture::StreamPart& part, Octets more) {
                        take(open, from, part, more);
                    });
}

void MessageSink::take(Open& open, Side from, const capture::StreamPart& part, Octets octets) {
    std::optional<FollowedStream>& stream = open.streams[from];
    if (!stream) return;
    // A request says whether its answer has a body.
    std::optional<FollowedStream>& answers = open.streams[Side::Server];
    auto number = static_cast<std::uint64_t>(stream->messages);
    rows_.take(*stream, part, octets, [&](const framing::Message& message) {
        if (from == Side::Client && answers && framing::isHeadRequest(message.whole))
            answers->decoder.addAnswerToHead(number);
        ++number;
    });
}

void MessageSink::flow(const capture::Flow& flow) {
    const auto found = open_.find(flow.connection.id);
    if (found == open_.end()) return;
    for (const Side side : kSides) {
        const capture::StreamEnd end = found->second.order.endOf(side);
        if (std::optional<FollowedStream>& stream = found->second.streams[side])
            rows_.end(*stream, end);
        else if (end.size > 0)
            rows_.unknown({file_, flow.connection.id, side}, end.size);
    }
    open_.erase(found);
}

}  // namespace

int printMessages(const MessagesRequest& request, std::ostream& out, std::ostream& err) {
    int code = exit_code::kDone;
    const auto fail = [&](const Error& error) { code = std::max(code, complain(err, error)); };
    MessageRows rows{{.format = request.format,
                      .colour = request.colour,
                      .language = request.language,
                      .withFile = request.files.size() > 1,
                      .withFraming = !request.framing},
                     out};
    for (const std::string& file : request.files) {
        std::optional<KeptInput> kept;
        if (file == "-" && !request.framing) {
            auto input = capture::openInput(file);
            if (input) kept = KeptInput::of(*std::move(input));
            if (!kept) {
                fail({Error::Code::NotReadable,
                      "standard input could not be kept to be read twice: name a framing"});
                continue;
            }
        }
        // Why the file could not be opened, or not read to its end.
        const auto analyze = [&](capture::FlowSink& sink) -> std::optional<Error> {
            const auto source =
                kept ? capture::openCapture(kept->read()) : capture::openCapture(file);
            if (!source) return source.error();
            return capture::analyze(**source, sink, {.filter = request.filter}).stopped;
        };
        Services services;
        if (!request.framing) {
            capture::FramingSurvey survey;
            static_cast<void>(analyze(survey));  // What is wrong comes again, and is told then.
            services = survey.finish();
        }
        MessageSink sink{request, file, services, rows};
        const auto wrong = analyze(sink);
        if (wrong) fail(*wrong);
        if (request.flow && !sink.sawFlow() && !wrong)
            fail({Error::Code::Usage, fmt::format("{}: there is no flow {}", file, *request.flow)});
    }
    rows.finish();
    return code;
}

}  // namespace tcplab::cli
