#include "capture/tap_file.h"

#include "capture/pcapng_writer.h"
#include "sim/trace/tap.h"

#include <cerrno>
#include <cstring>
#include <fstream>

namespace tcplab::capture {

std::optional<Error> writeTap(const Trace& trace, double position, const std::string& path) {
    errno = 0;
    std::ofstream file{path, std::ios::binary | std::ios::trunc};
    if (!file) {
        return Error{Error::Code::NotWritable,
                     path + ": cannot be written: " + std::strerror(errno)};
    }
    PcapngWriter writer{file, wire::LinkType::Ethernet};
    for (const Passing& passing : observe(trace, position)) {
        const Packet& packet = *trace.find(passing.packet);
        std::string states;
        for (const Side side : kSides) {
            states += states.empty() ? "" : ", ";
            states.append(toString(side)).append(" ").append(toString(packet.states[side]));
        }
        writer.frame(passing.at, trace.octetsOf(packet), packet.originalLength, states);
    }
    return writer.finish(path);
}

}  // namespace tcplab::capture
