#pragma once

#include "capture/stream.h"
#include "cli/frame.h"
#include "cli/rows.h"
#include "sim/framing/decoder.h"
#include "sim/framing/infer.h"

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace tcplab::cli {

/// Octets as a person reads them: text as it is, \n, \r, \t, \0 and \xHH for the rest, and dots for
/// what comes after the first `most` octets.
[[nodiscard]] std::string preview(Octets octets, std::size_t most);

/// Whose messages these are.
struct StreamName {
    std::string file{};
    std::optional<ConnectionId> flow{};  ///< Empty: plain octets.
    Side from{};
};

/// How rows are printed.
struct RowStyle {
    Format format = Format::Table;
    bool colour = false;
    Language language = Language::English;
    bool withFile = false;     ///< There are several files.
    bool withFraming = false;  ///< Streams have framings of their own.
};
[[nodiscard]] RowStyle styleOf(const FrameRequest& request);

/// A stream whose messages are printed as its octets come.
class FollowedStream {
public:
    /// `found`: inferred rather than asked for.
    FollowedStream(StreamName name,
                   const framing::Framing& framing,
                   const framing::Candidate* found = nullptr);

    [[nodiscard]] const StreamName& name() const { return name_; }
    framing::Decoder decoder;
    /// What a packet was the first to bring; needed as long as a message may lie in it.
    std::deque<capture::StreamPart> parts{};
    std::int64_t messages = 0;

private:
    friend class MessageRows;
    StreamName name_;
    std::string framing_{};
    std::optional<framing::Confidence> confidence_{};
    std::uint64_t start_ = 0;  ///< Octets that are no message before the first.
};

/// A row a message or error.
class MessageRows {
public:
    MessageRows(const RowStyle& style, std::ostream& out);

    /// Takes the next octets of a stream and prints what they complete. The messages are handed to
    /// `seen` too.
    using Seen = std::function<void(const framing::Message&)>;
    void take(FollowedStream& stream,
              const capture::StreamPart& part,
              Octets octets,
              const Seen& seen = {});
    /// The stream has ended.
    void end(FollowedStream& stream, const capture::StreamEnd& end);
    /// The same of a stream that is there as a whole.
    void print(FollowedStream stream, const capture::Stream& whole);
    /// The stream has no framing that is known.
    void unknown(const StreamName& name, std::uint64_t octets);
    void finish() { rows_.finish(); }

private:
    void print(FollowedStream& stream, std::vector<framing::Piece>& pieces, const Seen& seen);
    void row(const FollowedStream& stream,
             const framing::StreamRange& frame,
             const framing::Message* message,
             std::string error);

    RowStyle style_;
    RowPrinter rows_;
    std::vector<framing::Piece> pieces_{};  ///< Reused.
};

/// A row a direction of a flow: what its framing seems to be.
class InferenceRows {
public:
    InferenceRows(const FrameRequest& request, std::ostream& out);
    void print(const StreamName& name, const framing::Inference& inference);
    void finish() { rows_.finish(); }

private:
    const FrameRequest& request_;
    RowPrinter rows_;
};

/// A row a decoder: the smallest cut into reads that breaks it.
class ProofRows {
public:
    ProofRows(const FrameRequest& request, std::ostream& out);
    /// Tries the decoders that suit the framing, on the messages at the beginning of the stream.
    void print(const StreamName& name, Octets stream, const framing::Framing& framing);
    void finish() { rows_.finish(); }

private:
    const FrameRequest& request_;
    RowPrinter rows_;
};

}  // namespace tcplab::cli
