#pragma once

#include "capture/stream.h"
#include "cli/frame.h"
#include "cli/rows.h"
#include "sim/framing/decoder.h"
#include "sim/framing/infer.h"

#include <string>

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

/// A row a message or error.
class MessageRows {
public:
    MessageRows(const FrameRequest& request, std::ostream& out);

    /// The stream, decoded from offset `start` on.
    void print(const StreamName& name,
               const capture::Stream& stream,
               const framing::Framing& framing,
               std::uint64_t start = 0);
    void finish() { rows_.finish(); }

private:
    void row(const StreamName& name,
             std::int64_t number,
             const framing::StreamRange& frame,
             const framing::Message* message,
             const capture::Stream& stream,
             std::string error);

    const FrameRequest& request_;
    RowPrinter rows_;
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
