#include "cli/frame_rows.h"
#include "sim/framing/prove.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace tcplab::cli {
namespace {

using framing::Exhibit;
using framing::Proof;

constexpr std::size_t kMostOctets = 2048;

std::vector<Column> columns(const FrameRequest& request) {
    const bool chinese = request.language == Language::Chinese;
    std::vector<Column> all{
        {"flow", chinese ? "连接" : "Flow"},
        {"from", chinese ? "发送方" : "From"},
        {"decoder", chinese ? "解码器" : "Decoder"},
        {"mistake", chinese ? "做法" : "What it does"},
        {"holds"},
        {"", chinese ? "结果" : "Result"},
        {"tried", chinese ? "切法" : "Cuts tried"},
        {"all"},
        {"cuts"},
        {"reads", chinese ? "最小的反例" : "Smallest cut"},
        {"got", chinese ? "得到" : "What came out"},
    };
    if (request.files.size() > 1) all.insert(all.begin(), {"file", chinese ? "文件" : "File"});
    return all;
}

std::string resultOf(const Proof& proof, Language language) {
    const bool chinese = language == Language::Chinese;
    if (proof.cuts) return chinese ? "出错" : "breaks";
    if (proof.all) return chinese ? "怎么切都对" : "holds for every cut";
    return chinese ? "试过的都对" : "holds so far";
}

// The messages at the front of the stream that are short enough to be cut in many ways.
Octets beginningOf(Octets stream, const framing::Framing& framing) {
    std::uint64_t end = 0;
    for (const framing::Piece& piece : framing::decodeAll(framing, stream)) {
        const auto* message = std::get_if<framing::Message>(&piece);
        if (message == nullptr || (end > 0 && message->frame.end > kMostOctets)) break;
        end = message->frame.end;
    }
    return stream.first(static_cast<std::size_t>(end));
}

}  // namespace

ProofRows::ProofRows(const FrameRequest& request, std::ostream& out)
    : request_{request}, rows_{out, request.format, columns(request), request.colour} {}

void ProofRows::print(const StreamName& name, Octets stream, const framing::Framing& framing) {
    constexpr std::size_t kShown = 40;
    const Octets octets = beginningOf(stream, framing);
    for (const Exhibit exhibit : framing::kExhibits) {
        if (octets.empty() || !framing::suits(exhibit, framing)) continue;
        const Proof proof = framing::prove(exhibit, framing, octets);
        std::vector<std::string> reads;
        std::vector<std::string> got;
        if (proof.cuts)
            for (const Octets read : framing::readsOf(octets, *proof.cuts))
                reads.push_back(preview(read, kShown));
        for (const auto& message : proof.got) got.push_back(preview(message, kShown));
        const auto number = [](std::uint64_t n) -> Cell { return static_cast<std::int64_t>(n); };
        std::vector<Cell> cells{
            name.flow ? number(*name.flow) : Cell{},
            name.flow ? Cell{std::string{toString(name.from)}} : Cell{},
            std::string{toString(exhibit)},
            std::string{framing::mistakeOf(exhibit).in(request_.language)},
            !proof.cuts,
            resultOf(proof, request_.language),
            number(proof.tried),
            proof.all,
            proof.cuts ? Cell{Literal{nlohmann::json(*proof.cuts).dump()}} : Cell{},
            proof.cuts ? Cell{fmt::format("{}", fmt::join(reads, " | "))} : Cell{},
            proof.cuts ? Cell{fmt::format("{}", fmt::join(got, " | "))} : Cell{},
        };
        if (request_.files.size() > 1) cells.insert(cells.begin(), name.file);
        rows_.row(std::move(cells));
    }
}

}  // namespace tcplab::cli
