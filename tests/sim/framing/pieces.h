#pragma once

#include "sim/framing/decoder.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace tcplab::test {

/// Octets written as a string literal, which may hold zeros.
inline Octets octets(std::string_view text) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): text that is octets.
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string text(Octets octets) {
    return {octets.begin(), octets.end()};
}

/// What came out of a decoder, its octets kept: a body, or "!" and where and why.
inline void keep(const std::vector<framing::Piece>& pieces, std::vector<std::string>& out) {
    for (const framing::Piece& piece : pieces) {
        if (const auto* message = std::get_if<framing::Message>(&piece))
            out.push_back(text(message->octets));
        else
            out.push_back("! " +
                          describe(std::get<framing::FramingError>(piece), Language::English));
    }
}

/// Feeds a stream to a decoder, read by read.
class Feed {
public:
    explicit Feed(const framing::Framing& framing) : decoder_{framing} {}
    /// What this read completes.
    std::vector<std::string> read(std::string_view octets) {
        std::vector<framing::Piece> pieces;
        decoder_.push(test::octets(octets), pieces);
        std::vector<std::string> out;
        keep(pieces, out);
        return out;
    }
    std::vector<std::string> end() {
        std::vector<framing::Piece> pieces;
        decoder_.finish(pieces);
        std::vector<std::string> out;
        keep(pieces, out);
        return out;
    }
    void setMaximum(std::uint64_t maximum) { decoder_.setMaximum(maximum); }
    [[nodiscard]] const framing::Decoder& decoder() const { return decoder_; }

private:
    framing::Decoder decoder_;
};

/// All that comes out where each read has `step` octets.
inline std::vector<std::string> decodedBy(const framing::Framing& framing,
                                          std::string_view stream,
                                          std::size_t step = SIZE_MAX) {
    Feed feed{framing};
    std::vector<std::string> all;
    const auto take = [&](std::vector<std::string> more) {
        all.insert(all.end(), more.begin(), more.end());
    };
    for (std::size_t at = 0; at < stream.size(); at += std::min(step, stream.size() - at))
        take(feed.read(stream.substr(at, step)));
    take(feed.end());
    return all;
}

}  // namespace tcplab::test
