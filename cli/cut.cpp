#include "cli/cut.h"

#include "capture/anonymizer.h"
#include "capture/pcapng_writer.h"
#include "capture/session.h"
#include "cli/text_file.h"
#include "cli/verbs.h"
#include "cli/words.h"
#include "sim/base/parse_duration.h"
#include "sim/base/words.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <utility>

namespace tcplab::cli {
namespace {

/// The packets of one connection.
class PacketsOfFlow final : public capture::FlowSink {
public:
    explicit PacketsOfFlow(ConnectionId flow) : flow_{flow} {}
    void connection(const Connection& connection) override {
        if (connection.id == flow_) found_ = true;
    }
    void packet(const Packet& packet, Octets /*octets*/) override {
        if (packet.connection == flow_) numbers_.insert(packet.number);
    }
    void entry(const Entry& /*entry*/) override {}
    void flow(const capture::Flow& /*flow*/) override {}

    [[nodiscard]] bool found() const { return found_; }
    [[nodiscard]] bool has(PacketId number) const { return numbers_.contains(number); }

private:
    ConnectionId flow_;
    bool found_ = false;
    std::set<PacketId> numbers_{};
};

/// Copies what a request asks for, frame by frame.
class Cutting {
public:
    Cutting(const CutRequest& request, const PacketsOfFlow* flow, std::ostream& out)
        : request_{request},
          flow_{flow},
          out_{out},
          anonymizer_{{.addresses = request.addresses, .payload = request.payload}} {}

    void take(const capture::Frame& frame);
    /// An error where the file could not be written whole.
    [[nodiscard]] std::optional<Error> finish();
    void report(std::ostream& err) const;

private:
    [[nodiscard]] bool isWanted(const capture::Frame& frame) const;

    const CutRequest& request_;
    const PacketsOfFlow* flow_;
    std::ostream& out_;
    capture::Anonymizer anonymizer_;
    std::optional<capture::PcapngWriter> writer_{};
    std::optional<Instant> began_{};
    std::uint64_t kept_ = 0;
    std::map<std::string_view, std::uint64_t> leftOut_{};  ///< Why, and how many.
};

bool Cutting::isWanted(const capture::Frame& frame) const {
    const Duration since = frame.at - *began_;
    return (flow_ == nullptr || flow_->has(frame.number)) && request_.firstPacket <= frame.number &&
           frame.number <= request_.lastPacket && (!request_.from || *request_.from <= since) &&
           (!request_.to || since <= *request_.to);
}

void Cutting::take(const capture::Frame& frame) {
    if (!began_) began_ = frame.at;
    if (!isWanted(frame)) return;
    std::vector<std::uint8_t> changed;
    Octets octets = frame.octets;
    if (request_.addresses || request_.payload) {
        auto anonymous = anonymizer_.take(frame);
        if (!anonymous) {
            ++leftOut_[anonymous.error()];
            return;
        }
        changed = *std::move(anonymous);
        octets = changed;
    }
    if (writer_)
        writer_->switchTo(frame.link);
    else
        writer_.emplace(out_, frame.link);
    writer_->frame(frame.at, octets, frame.originalLength);
    ++kept_;
}

std::optional<Error> Cutting::finish() {
    if (!writer_) writer_.emplace(out_, wire::LinkType::Ethernet);  // An empty capture.
    return writer_->finish(request_.output);
}

void Cutting::report(std::ostream& err) const {
    err << fmt::format("tcplab: {}: {} packets\n", request_.output, kept_);
    for (const auto& [why, count] : leftOut_)
        err << fmt::format("tcplab: {} packets are left out, as {}\n", count, why);
}

}  // namespace

bool readPackets(const std::string& text, CutRequest& request) {
    const auto dash = text.find('-');
    const std::string first = text.substr(0, dash);
    const std::string last = dash == std::string::npos ? first : text.substr(dash + 1);
    if (first.empty() && last.empty()) return false;
    const auto from = first.empty() ? std::optional{1U} : numberIn(first);
    const auto to = last.empty() ? std::optional{UINT32_MAX} : numberIn(last);
    if (!from || !to || *from == 0 || *to < *from) return false;
    request.firstPacket = *from;
    request.lastPacket = *to;
    return true;
}

int cut(const CutRequest& request, std::ostream& out, std::ostream& err) {
    if (isSameFile(request.file, request.output))
        return complain(err,
                        request.output + ": is the capture itself; write to another file",
                        exit_code::kUsage);
    std::optional<PacketsOfFlow> flow;
    if (request.flow) {
        if (request.file == "-")
            return complain(err,
                            "--flow reads the capture twice, which standard input cannot be",
                            exit_code::kUsage);
        flow.emplace(*request.flow);
        const auto summary = capture::analyze(request.file, *flow);
        if (!summary) return complain(err, summary.error());
        if (!flow->found())
            return complain(err,
                            fmt::format("{}: there is no flow {}", request.file, *request.flow),
                            exit_code::kUsage);
    }
    const auto source = capture::openCapture(request.file);
    if (!source) return complain(err, source.error());
    std::ofstream file;
    const bool isPiped = request.output == "-";
    errno = 0;
    if (!isPiped) file.open(request.output, std::ios::binary | std::ios::trunc);
    if (!file)
        return complain(err, request.output + ": cannot be written: " + std::strerror(errno));

    int code = exit_code::kDone;
    Cutting cutting{request, flow ? &*flow : nullptr, isPiped ? out : file};
    for (;;) {
        const auto frame = (*source)->next();
        if (!frame) code = complain(err, frame.error());
        if (!frame || !*frame) break;
        cutting.take(**frame);
    }
    if (const auto failed = cutting.finish()) return complain(err, *failed);
    cutting.report(err);
    return code;
}

void addCut(CLI::App& app, int& exitCode) {
    struct Words {
        CutRequest request{};
        std::uint32_t flow = 0;
        std::string packets{};
        std::string from{};
        std::string to{};
        bool both = false;
    };
    const auto words = std::make_shared<Words>();
    const CLI::Validator isRange{
        [](const std::string& text) {
            CutRequest ignored;
            return readPackets(text, ignored)
                       ? std::string{}
                       : "'" + text + "' is no range of packets; write 3-17, 3-, -17 or 3";
        },
        ""};
    CLI::App* verb = app.add_subcommand("cut", "Copy part of a capture, so that it may be shown");
    verb->add_option("FILE", words->request.file, "A capture; - is standard input")->required();
    verb->add_option("-o", words->request.output, "The pcapng file to write; - is standard output")
        ->required();
    CLI::Option* flow = verb->add_option("--flow", words->flow, "Only this flow of analyze")
                            ->transform(wholeNumber());
    verb->add_option("--packets", words->packets, "Only these: 3-17, 3-, -17 or 3")->check(isRange);
    verb->add_option("--from", words->from, "From this time on, since the first packet")
        ->check(validTime());
    verb->add_option("--to", words->to, "Up to this time")->check(validTime());
    verb->add_flag("--anonymize", words->both, "Replace addresses and what programs say");
    verb->add_flag("--anonymize-addresses", words->request.addresses, "Replace addresses");
    verb->add_flag("--anonymize-payload", words->request.payload, "Replace what programs say");
    verb->callback([words, flow, &exitCode] {
        CutRequest& request = words->request;
        if (flow->count() > 0) request.flow = words->flow;
        if (!words->packets.empty()) (void)readPackets(words->packets, request);
        request.from = parseDuration(words->from);
        request.to = parseDuration(words->to);
        request.addresses = request.addresses || words->both;
        request.payload = request.payload || words->both;
        exitCode = cut(request, std::cout, std::cerr);
    });
}

}  // namespace tcplab::cli
