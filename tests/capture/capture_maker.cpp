#include "tests/capture/capture_maker.h"

#include "tests/support/temporary_file.h"
#include "tests/support/tshark.h"

#include <algorithm>
#include <map>

namespace tcplab::test {
namespace {

// Wireshark's numbers for link types are its own.
std::string encapsulationOf(std::uint16_t link) {
    static const std::map<std::uint16_t, std::string> known{{1, "1"}, {101, "7"}, {113, "25"}};
    const auto found = known.find(link);
    return found == known.end() ? "?" : found->second;
}

std::string secondsOf(std::int64_t nanoseconds) {
    constexpr std::int64_t kSecond = 1'000'000'000;
    const std::string fraction = std::to_string(kSecond + nanoseconds % kSecond);
    return std::to_string(nanoseconds / kSecond) + "." + fraction.substr(1);
}

}  // namespace

std::string padded(std::string_view octets) {
    std::string result{octets};
    result.resize((octets.size() + 3) / 4 * 4);
    return result;
}

PcapngMaker& PcapngMaker::section(std::endian order, std::string_view options) {
    order_ = order;
    const std::string version = number(std::uint16_t{1}) + number(std::uint16_t{0});
    return block(0x0A0D0D0A,
                 number(std::uint32_t{0x1A2B3C4D}) + version + number(~std::uint64_t{0}) +
                     std::string{options});
}

PcapngMaker& PcapngMaker::interface(std::uint16_t link,
                                    std::uint32_t snapLength,
                                    std::string_view options) {
    return block(
        1, number(link) + number(std::uint16_t{0}) + number(snapLength) + std::string{options});
}

PcapngMaker& PcapngMaker::enhanced(std::uint32_t interface,
                                   std::uint64_t time,
                                   std::string_view octets,
                                   std::uint32_t original,
                                   std::string_view options) {
    return block(6,
                 number(interface) + number(static_cast<std::uint32_t>(time >> 32)) +
                     number(static_cast<std::uint32_t>(time)) +
                     number(static_cast<std::uint32_t>(octets.size())) + number(original) +
                     padded(octets) + std::string{options});
}

PcapngMaker& PcapngMaker::simple(std::string_view octets, std::uint32_t original) {
    return block(3, number(original) + padded(octets));
}

PcapngMaker& PcapngMaker::obsolete(std::uint16_t interface,
                                   std::uint64_t time,
                                   std::string_view octets,
                                   std::uint32_t original,
                                   std::string_view options) {
    return block(2,
                 number(interface) + number(std::uint16_t{0xFFFF}) +
                     number(static_cast<std::uint32_t>(time >> 32)) +
                     number(static_cast<std::uint32_t>(time)) +
                     number(static_cast<std::uint32_t>(octets.size())) + number(original) +
                     padded(octets) + std::string{options});
}

PcapngMaker& PcapngMaker::block(std::uint32_t type, std::string_view body) {
    const std::string length = number(static_cast<std::uint32_t>(body.size() + 12));
    return raw(number(type) + length + std::string{body} + length);
}

PcapngMaker& PcapngMaker::raw(std::string_view octets) {
    content_ += octets;
    return *this;
}

std::string PcapngMaker::option(std::uint16_t code, std::string_view value) const {
    return number(code) + number(static_cast<std::uint16_t>(value.size())) + padded(value);
}

std::string PcapngMaker::clock(std::uint8_t resolution, std::optional<std::int64_t> offset) const {
    std::string options = option(9, std::string(1, static_cast<char>(resolution)));
    if (offset) options += option(14, number(static_cast<std::uint64_t>(*offset)));
    return options + option(0, {});
}

bool Reading::isPrefixOf(const Reading& other) const {
    return frames.size() <= other.frames.size() &&
           std::equal(frames.begin(), frames.end(), other.frames.begin());
}

std::vector<std::string> Reading::rows() const {
    std::vector<std::string> rows;
    for (const Kept& frame : frames) {
        rows.push_back(std::to_string(frame.number) + "\t" +
                       (frame.timed ? secondsOf(frame.at) : "") + "\t" +
                       encapsulationOf(frame.link) + "\t" + std::to_string(frame.originalLength) +
                       "\t" + std::to_string(frame.octets.size()));
    }
    return rows;
}

Reading reading(const std::string& path) {
    Reading result;
    auto source = capture::openCapture(path);
    if (!source) {
        result.error = source.error();
        return result;
    }
    for (;;) {
        const auto frame = (*source)->next();
        if (!frame) {
            result.error = frame.error();
            return result;
        }
        if (!*frame) return result;
        result.frames.push_back({.number = (*frame)->number,
                                 .at = (*frame)->at.time_since_epoch().count(),
                                 .timed = (*frame)->timed,
                                 .link = static_cast<std::uint16_t>((*frame)->link),
                                 .originalLength = (*frame)->originalLength,
                                 .octets = {(*frame)->octets.begin(), (*frame)->octets.end()}});
    }
}

Reading readingOf(std::string_view content) {
    const TemporaryFile file{content};
    return reading(file.path());
}

std::vector<std::string> tsharkFrames(std::string_view content) {
    const TemporaryFile file{content};
    return tshark(
        file.path(),
        {"frame.number", "frame.time_epoch", "frame.encap_type", "frame.len", "frame.cap_len"},
        "");
}

}  // namespace tcplab::test
