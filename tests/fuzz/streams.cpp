// A capture file of any format: its streams are put together piece by piece and as a whole, and
// read with the framings that are inferred.

#include "capture/framing_survey.h"
#include "sim/base/check.h"
#include "sim/framing/decoder.h"
#include "tests/fuzz/memory.h"

namespace {

using namespace tcplab;

void follow(const capture::Conversation& conversation,
            const framing::Inference& inferred,
            Side side) {
    const capture::Stream& stream = conversation.streams[side];
    std::uint64_t at = 0;
    for (const capture::StreamPart& part : stream.parts) {
        TCPLAB_CHECK(part.begin == at && part.end > part.begin);
        at = part.end;
    }
    TCPLAB_CHECK(at == stream.octets.size());
    if (!inferred.best) return;
    for (const framing::Piece& piece : framing::decodeAll(inferred.best->framing, stream.octets))
        if (const auto* message = std::get_if<framing::Message>(&piece))
            TCPLAB_CHECK(message->frame.end <= stream.octets.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto first = capture::openCapture(fuzz::inputOf({data, size}));
    if (!first) return 0;
    capture::FramingSurvey survey;
    static_cast<void>(capture::analyze(**first, survey));
    const auto services = survey.finish();

    const auto again = capture::openCapture(fuzz::inputOf({data, size}));
    TCPLAB_CHECK(again.has_value());
    static_cast<void>(
        capture::readConversations(**again, [&](const capture::Conversation& conversation) {
            const auto found = services.find(conversation.flow.connection.ends[Side::Server]);
            if (found == services.end()) return;
            follow(conversation, found->second.client, Side::Client);
            follow(conversation, found->second.server, Side::Server);
        }));
    return 0;
}
