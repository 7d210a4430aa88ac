#pragma once

#include "sim/framing/framing.h"
#include "sim/framing/scanners.h"

#include <variant>
#include <vector>

namespace tcplab::framing {

using Piece = std::variant<Message, FramingError>;

/// Takes the messages out of a stream that comes in pieces of any size: how it is cut changes
/// nothing. A value. It holds the octets of one unfinished message and of the one finished last,
/// never more than the framing's maximum each, and no length in the stream makes it take memory for
/// octets that have not come.
class Decoder {
public:
    explicit Decoder(const Framing& framing);

    /// The next octets of the stream. Appends what they complete, in the order of the stream; the
    /// octets of a message may lie in `octets`, and are valid until the next push.
    void push(Octets octets, std::vector<Piece>& out);

    /// The stream has ended. What is left is a last message where the framing lets the end of the
    /// stream end one, or Incomplete.
    void finish(std::vector<Piece>& out);

    /// Where the stream is no longer told apart, after an error that leaves no way on or because it
    /// is no longer of this framing (a 101 of HTTP).
    [[nodiscard]] std::optional<std::uint64_t> stoppedAt() const;

    /// Stream offset of the message that is being read.
    [[nodiscard]] std::uint64_t begin() const { return begin_; }

    /// No message may be longer any more, from the next one on: one that has begun may still be as
    /// long as before. Fixed and TlsRecords have a size of their own.
    void setMaximum(std::uint64_t maximum) { newMaximum_ = maximum; }

    /// Of HTTP: the response with this number, 0-based and not read yet, answers HEAD and has no
    /// body.
    void addAnswerToHead(std::uint64_t response);

    /// Octets of memory held.
    [[nodiscard]] std::size_t memory() const { return pending_.capacity() + held_.capacity(); }

private:
    template <class Scanner>
    void run(Scanner& scanner, Octets chunk, std::vector<Piece>& out);
    void hold(Octets octets, std::uint64_t limit);
    void tell(const Scan& scan, Octets at, std::vector<Piece>& out);

    Scanner scanner_;
    std::uint64_t begin_ = 0;  ///< Stream offset of the message that is being read.
    std::uint64_t skip_ = 0;   ///< Octets still to come that are no message.
    std::uint64_t wanted_ = 0;
    std::vector<std::uint8_t> pending_{};  ///< The beginning of a message.
    std::vector<std::uint8_t> held_{};     ///< A message that was given out.
    std::optional<std::uint64_t> newMaximum_{};
    bool begun_ = false;  ///< Octets of the message that is being read have been looked at.
    bool stopped_ = false;
};

/// Every piece of a whole stream. The messages' octets lie in `stream`.
[[nodiscard]] std::vector<Piece> decodeAll(const Framing& framing, Octets stream);

}  // namespace tcplab::framing
