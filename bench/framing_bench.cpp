// How fast messages of 1 KiB are taken out of a stream that is read 64 KiB at a time.

#include "sim/framing/decoder.h"
#include "sim/framing/encoder.h"
#include "sim/framing/parse_framing.h"

#include <benchmark/benchmark.h>

#include <string_view>

namespace tcplab::framing {
namespace {

constexpr std::size_t kBody = 1024;
constexpr std::size_t kMessages = 4096;
constexpr std::size_t kRead = 64U * 1024;

void decode(benchmark::State& state, std::string_view name) {
    const Framing framing = *parseFraming(name);
    std::vector<std::uint8_t> message(kBody, 'x');
    if (name == "json") message.front() = message.back() = '"';
    std::vector<std::uint8_t> stream;
    for (std::size_t i = 0; i < kMessages; ++i)
        if (encode(framing, message, stream)) return state.SkipWithError("cannot be encoded");

    std::vector<Piece> pieces;
    for (auto _ : state) {
        Decoder decoder{framing};
        std::size_t found = 0;
        for (Octets rest{stream}; !rest.empty();
             rest = rest.subspan(std::min(kRead, rest.size()))) {
            pieces.clear();
            decoder.push(rest.first(std::min(kRead, rest.size())), pieces);
            found += pieces.size();
        }
        if (found != kMessages) return state.SkipWithError("messages were lost");
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                            static_cast<std::int64_t>(stream.size()));
}

BENCHMARK_CAPTURE(decode, length_field, "length:width=4,strip=4");
BENCHMARK_CAPTURE(decode, delimiter, "delimiter:0d0a");
BENCHMARK_CAPTURE(decode, line, "line");
BENCHMARK_CAPTURE(decode, several_delimiters, "delimiter:0d0a,or=00,or=7c7c");
BENCHMARK_CAPTURE(decode, varint, "varint");
BENCHMARK_CAPTURE(decode, json, "json");
BENCHMARK_CAPTURE(decode, header_json, "header-json");

}  // namespace
}  // namespace tcplab::framing
