// Any stream, by any framing: how it is cut into reads changes nothing, no claim takes memory, and
// whatever is inferred of it can walk through it.

#include "sim/base/check.h"
#include "sim/framing/decoder.h"
#include "sim/framing/infer.h"

#include <algorithm>
#include <array>

namespace {

using namespace tcplab;
using namespace tcplab::framing;

constexpr std::uint64_t kMaximum = 256;

Framing framingOf(std::uint8_t choice) {
    const std::array<Framing, 16> all{
        Fixed{7},
        lines(),
        Delimited{.delimiters = {Bytes{std::string_view{"||"}}}, .failFast = false},
        LengthField{.width = 2},
        LengthField{.offset = 1, .adjust = -4, .strip = 5, .failFast = false},
        LengthField{.width = 8, .adjust = 3, .endian = Endian::Little},
        LengthField{.width = 3, .adjust = 1, .endian = Endian::Little},
        Varint{},
        Varint{.offset = 1},
        Json{},
        Json{.elements = true},
        HeaderJson{},
        TlsRecords{},
        Http{},
        Resp{},
        WebSocket{},
    };
    return choice % 17 == 16 ? Framing{Ber{}} : all.at(choice % 17);
}

struct Told {
    std::vector<std::uint64_t> ends{};
    std::vector<FramingError> errors{};
    friend bool operator==(const Told&, const Told&) = default;
};

Told told(const Framing& framing, Octets stream, std::size_t step) {
    Decoder decoder{framing};
    decoder.setMaximum(kMaximum);
    Told all;
    std::vector<Piece> pieces;
    const auto keep = [&] {
        for (const Piece& piece : pieces) {
            if (const auto* message = std::get_if<Message>(&piece)) {
                TCPLAB_CHECK(message->octets.size() == message->body.size());
                TCPLAB_CHECK(message->whole.size() == message->frame.size());
                all.ends.push_back(message->frame.end);
            } else {
                all.errors.push_back(std::get<FramingError>(piece));
            }
        }
        pieces.clear();
    };
    for (std::size_t at = 0; at < stream.size(); at += std::min(step, stream.size() - at)) {
        decoder.push(stream.subspan(at, std::min(step, stream.size() - at)), pieces);
        keep();
        TCPLAB_CHECK(decoder.memory() < std::size_t{1} << 17U);
    }
    decoder.finish(pieces);
    keep();
    return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const Framing framing = framingOf(data[0]);
    const Octets stream{data + 2, size - 2};
    const std::size_t step = 1 + data[1] % 64U;
    TCPLAB_CHECK(told(framing, stream, step) == told(framing, stream, size));
    if (data[1] < 192) return 0;  // Inference takes its time.

    Sample sample{.octets = stream, .ended = true};
    for (std::size_t at = step; at < stream.size(); at += step) sample.turns.push_back(at);
    const InferredPair pair = infer({&sample, 1}, {&sample, 1});
    if (!pair.client.best) return 0;
    TCPLAB_CHECK(pair.client.best->confidence != Confidence::Unknown);
    TCPLAB_CHECK(pair.client.best->start <= stream.size());
    TCPLAB_CHECK(!describe(*pair.client.best, Language::Chinese).empty());
    return 0;
}
