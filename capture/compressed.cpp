#include "capture/compressed.h"

#include "capture/byte_order.h"

#define ZLIB_CONST  // So that zlib takes octets that are not to be changed.
#include <lz4frame.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <utility>

namespace tcplab::capture {
namespace {

/// What a library did with some octets.
struct Decoded {
    std::size_t used = 0;
    std::size_t made = 0;
    bool frameEnds = false;
};

/// One of the libraries. Its errors are the library's own words.
class Decoder {
public:
    Decoder() = default;
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;
    virtual ~Decoder() = default;
    /// Goes on with `in`; after the end of a frame, with the next frame.
    [[nodiscard]] virtual Expected<Decoded, std::string> decode(Octets in,
                                                                std::span<std::uint8_t> out) = 0;
};

class Gzip final : public Decoder {
public:
    Gzip() {
        constexpr int kGzipOnly = 16;  // Added to the size of the window, as zlib.h has it.
        TCPLAB_CHECK(inflateInit2(&stream_, kGzipOnly + MAX_WBITS) == Z_OK);
    }
    Gzip(const Gzip&) = delete;
    Gzip& operator=(const Gzip&) = delete;
    ~Gzip() override { inflateEnd(&stream_); }

    Expected<Decoded, std::string> decode(Octets in, std::span<std::uint8_t> out) override {
        if (std::exchange(ended_, false)) inflateReset(&stream_);
        stream_.next_in = in.data();
        stream_.avail_in = static_cast<uInt>(in.size());
        stream_.next_out = out.data();
        stream_.avail_out = static_cast<uInt>(out.size());
        const int result = inflate(&stream_, Z_NO_FLUSH);
        ended_ = result == Z_STREAM_END;
        // Z_BUF_ERROR is none: nothing could be done without more octets.
        if (!ended_ && result != Z_OK && result != Z_BUF_ERROR) {
            return Unexpected{std::string{stream_.msg == nullptr ? zError(result) : stream_.msg}};
        }
        return Decoded{in.size() - stream_.avail_in, out.size() - stream_.avail_out, ended_};
    }

private:
    z_stream stream_{};
    bool ended_ = false;
};

class Zstandard final : public Decoder {
public:
    Expected<Decoded, std::string> decode(Octets in, std::span<std::uint8_t> out) override {
        ZSTD_inBuffer from{in.data(), in.size(), 0};
        ZSTD_outBuffer to{out.data(), out.size(), 0};
        const std::size_t result = ZSTD_decompressStream(stream_.get(), &to, &from);
        if (ZSTD_isError(result) != 0) return Unexpected{std::string{ZSTD_getErrorName(result)}};
        return Decoded{from.pos, to.pos, result == 0};
    }

private:
    struct Free {
        void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
    };
    std::unique_ptr<ZSTD_DStream, Free> stream_{ZSTD_createDStream()};
};

class Lz4 final : public Decoder {
public:
    Lz4() {
        TCPLAB_CHECK(LZ4F_isError(LZ4F_createDecompressionContext(&context_, LZ4F_VERSION)) == 0);
    }
    Lz4(const Lz4&) = delete;
    Lz4& operator=(const Lz4&) = delete;
    ~Lz4() override { LZ4F_freeDecompressionContext(context_); }

    Expected<Decoded, std::string> decode(Octets in, std::span<std::uint8_t> out) override {
        std::size_t used = in.size();
        std::size_t made = out.size();
        const std::size_t result =
            LZ4F_decompress(context_, out.data(), &made, in.data(), &used, nullptr);
        if (LZ4F_isError(result) != 0) return Unexpected{std::string{LZ4F_getErrorName(result)}};
        return Decoded{used, made, result == 0};
    }

private:
    LZ4F_dctx* context_ = nullptr;
};

/// The octets that come out of a decoder.
class Decompressor final : public OctetSource {
public:
    Decompressor(Input input, std::string_view format, std::unique_ptr<Decoder> decoder)
        : input_{std::move(input)}, format_{format}, decoder_{std::move(decoder)} {}

    Expected<std::size_t, std::string> read(std::span<std::uint8_t> into) override {
        for (;;) {
            const Octets in = input_.ahead(1);
            if (in.empty() && betweenFrames_) return ended();
            const auto done = decoder_->decode(in, into);
            if (!done) return damaged(done.error());
            input_.skip(done->used);
            betweenFrames_ = done->frameEnds;
            if (done->made > 0) return done->made;
            if (in.empty()) return ended();
            if (done->used == 0 && !betweenFrames_) return damaged("decoding comes to a halt");
        }
    }

private:
    [[nodiscard]] Expected<std::size_t, std::string> ended() const {
        if (input_.failure()) return Unexpected{*input_.failure()};
        if (betweenFrames_) return std::size_t{0};
        return Unexpected{"the " + format_ + " data end too early"};
    }
    [[nodiscard]] Unexpected<std::string> damaged(const std::string& why) const {
        return Unexpected{"the " + format_ + " data are damaged at octet " +
                          std::to_string(input_.offset()) + " of the file: " + why};
    }

    Input input_;
    std::string format_;
    std::unique_ptr<Decoder> decoder_;
    bool betweenFrames_ = true;
};

struct Format {
    std::string_view name{};
    std::string_view magic{};
    std::unique_ptr<Decoder> (*decoder)() = nullptr;
};

template <class D>
std::unique_ptr<Decoder> make() {
    return std::make_unique<D>();
}

// RFC 1952 2.3.1, RFC 8878 3.1.1, lz4_Frame_format.md "General Structure of LZ4 Frame format".
constexpr auto kFormats = std::to_array<Format>({{"gzip", "\x1F\x8B", make<Gzip>},
                                                 {"Zstandard", "\x28\xB5\x2F\xFD", make<Zstandard>},
                                                 {"lz4", "\x04\x22\x4D\x18", make<Lz4>}});

bool beginsWith(Octets octets, std::string_view magic) {
    return octets.size() >= magic.size() &&
           std::ranges::equal(octets.first(magic.size()), magic, {}, {}, [](char c) {
               return static_cast<std::uint8_t>(c);
           });
}

// Zstandard and lz4 share the frames whose content is not theirs (RFC 8878 3.1.2), so that only
// what comes after them tells the two apart. pzstd begins its files with one.
void passSkippableFrames(Input& input) {
    constexpr ByteOrder kOrder{std::endian::little};
    constexpr std::uint32_t kFirstMagic = 0x184D2A50;
    constexpr std::size_t kHeader = 8;
    for (;;) {
        const Octets octets = input.ahead(kHeader);
        if (octets.size() < kHeader) return;
        if ((kOrder.read<std::uint32_t>(octets, 0) & ~std::uint32_t{0xF}) != kFirstMagic) return;
        input.pass(kHeader + std::uint64_t{kOrder.read<std::uint32_t>(octets, 4)});
    }
}

}  // namespace

Input decompressed(Input input) {
    passSkippableFrames(input);
    const Octets first = input.ahead(4);
    const auto* const format = std::ranges::find_if(
        kFormats, [&](const Format& one) { return beginsWith(first, one.magic); });
    if (format == kFormats.end()) return input;
    std::string name = input.name();
    return Input{std::make_unique<Decompressor>(std::move(input), format->name, format->decoder()),
                 std::move(name),
                 Input::Form::Decompressed};
}

}  // namespace tcplab::capture
