#include "capture/frame_source.h"

#include "capture/compressed.h"
#include "capture/pcap_reader.h"
#include "capture/pcapng_reader.h"

#include <utility>

namespace tcplab::capture {

Expected<std::unique_ptr<FrameSource>, Error> openFrames(Input input) {
    if (input.atEnd()) {
        return Unexpected{Error{Error::Code::NotReadable, input.name() + ": is empty"}};
    }
    return PcapngReader::isSection(input.ahead(4)) ? PcapngReader::open(std::move(input))
                                                   : PcapReader::open(std::move(input));
}

Expected<std::unique_ptr<FrameSource>, Error> openCapture(const std::string& path) {
    auto stored = openInput(path);
    if (!stored) return Unexpected{stored.error()};
    return openCapture(*std::move(stored));
}

Expected<std::unique_ptr<FrameSource>, Error> openCapture(Input stored) {
    return openFrames(decompressed(std::move(stored)));
}

Expected<CaptureOrOctets, Error> openCaptureOrOctets(const std::string& path) {
    auto stored = openInput(path);
    if (!stored) return Unexpected{stored.error()};
    Input input = decompressed(*std::move(stored));
    const Octets first = input.ahead(4);
    if (!PcapngReader::isSection(first) && !PcapReader::isFile(first))
        return CaptureOrOctets{std::move(input)};
    auto frames = openFrames(std::move(input));
    if (!frames) return Unexpected{frames.error()};
    return CaptureOrOctets{*std::move(frames)};
}

}  // namespace tcplab::capture
