// usage: fuzz_seeds FOLDER CAPTURE...
// Writes the frames of capture files, as fuzz_dissect takes them, to FOLDER/dissect, and what their
// segments are in the notation to FOLDER/notation; and what taps on the built-in scenarios record,
// which is pcapng, to FOLDER/readers. What both ends of the captures' connections sent goes to
// FOLDER/framing.

#include "capture/frame_source.h"
#include "capture/stream.h"
#include "capture/tap_file.h"
#include "sim/trace/simulate.h"
#include "sim/wire/frame.h"
#include "sim/wire/notation.h"

#include <filesystem>
#include <fstream>
#include <span>

namespace {

using namespace tcplab;

class Folder {
public:
    explicit Folder(std::filesystem::path path) : path_{std::move(path)} {
        std::filesystem::create_directories(path_);
    }
    void add(std::string_view seed) {
        std::ofstream{path_ / std::to_string(++count_), std::ios::binary} << seed;
    }

private:
    std::filesystem::path path_;
    int count_ = 0;
};

void addFramesOf(const char* file, Folder& frames, Folder& segments) {
    constexpr std::uint32_t kMost = 12;
    const auto source = capture::openCapture(file);
    if (!source) return;
    for (auto frame = (*source)->next(); frame && *frame && (*frame)->number <= kMost;
         frame = (*source)->next()) {
        const Octets octets = (*frame)->octets;
        // Ethernet, with nothing left out.
        frames.add(std::string(2, '\0') + std::string{octets.begin(), octets.end()});
        const auto packet =
            wire::tcpView(wire::dissect((*frame)->link, octets, (*frame)->originalLength));
        if (packet) segments.add(toString(wire::toSegment(*packet)));
    }
}

void addStreamsOf(const char* file, Folder& streams) {
    constexpr std::size_t kMost = 1500;
    const auto source = capture::openCapture(file);
    if (!source) return;
    static_cast<void>(
        capture::readConversations(**source, [&](const capture::Conversation& conversation) {
            for (const Side side : kSides) {
                const auto& octets = conversation.streams[side].octets;
                const auto end =
                    octets.begin() + static_cast<std::ptrdiff_t>(std::min(octets.size(), kMost));
                // The first two octets say how it is read.
                streams.add(std::string(2, '\0') + std::string{octets.begin(), end});
            }
        }));
}

}  // namespace

int main(int count, char** arguments) {
    const std::span all{arguments, static_cast<std::size_t>(count)};
    if (count < 2) return 64;
    const std::filesystem::path folder = all[1];
    Folder frames{folder / "dissect"};
    Folder segments{folder / "notation"};
    Folder streams{folder / "framing"};
    for (const char* file : all.subspan(2)) {
        addFramesOf(file, frames, segments);
        addStreamsOf(file, streams);
    }
    std::filesystem::create_directories(folder / "readers");
    for (const net::Scenario& scenario : net::builtInScenarios()) {
        const auto path = folder / "readers" / (scenario.name + ".pcapng");
        if (capture::writeTap(simulate(scenario), 0.5, path)) return 2;
    }
    return 0;
}
