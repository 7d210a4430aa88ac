#pragma once

#include "sim/framing/scan.h"

#include <string_view>

namespace tcplab::framing {

/// HTTP/1.1 messages by the rules of RFC 9112 6.3 for where a body ends.
class HttpScanner {
public:
    explicit HttpScanner(const Http& http) : http_{http} {}
    [[nodiscard]] Scan scan(Octets at);
    [[nodiscard]] Scan atEnd(Octets rest);
    [[nodiscard]] std::uint64_t limit() const { return http_.maximum; }
    void setMaximum(std::uint64_t maximum) { http_.maximum = maximum; }
    /// `response` is greater than all that were named before.
    void addAnswerToHead(std::uint64_t response) { http_.answersToHead.push_back(response); }
    /// The head of the message that is being read is whole.
    [[nodiscard]] bool inBody() const { return phase_ != Phase::Head; }

private:
    enum class Phase : std::uint8_t { Head, Length, ChunkSize, ChunkData, Trailer, UntilClose };
    struct Fields {
        std::optional<std::uint64_t> contentLength{};
        bool chunked = false;
    };
    std::optional<Scan> head(Octets at);
    std::optional<Scan> chunkSize(Octets at);
    std::optional<Scan> trailer(Octets at);
    std::optional<FramingError> readHead(std::string_view head);
    std::optional<FramingError> readField(std::string_view line, std::size_t at, Fields& fields);
    Scan whole();
    Scan failed(FramingError::Kind kind, std::uint64_t offset);

    Http http_;
    Phase phase_ = Phase::Head;
    std::uint64_t at_ = 0;  ///< How far the message is understood.
    std::size_t headEnd_ = 0;
    std::uint64_t responses_ = 0;  ///< Final ones so far.
    bool switches_ = false;        ///< This is a 101: what follows is no HTTP.
    bool switched_ = false;
};

/// Whether this message is a request whose answer has no body.
[[nodiscard]] bool isHeadRequest(Octets message);

}  // namespace tcplab::framing
