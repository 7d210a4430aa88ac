#include "capture/pcapng_writer.h"

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>

// draft-ietf-opsawg-pcapng: the blocks are little-endian here, whatever the machine.
namespace tcplab::capture {
namespace {

constexpr std::uint32_t kSectionHeader = 0x0A0D0D0A;
constexpr std::uint32_t kInterfaceDescription = 1;
constexpr std::uint32_t kEnhancedPacket = 6;
constexpr std::uint32_t kByteOrderMagic = 0x1A2B3C4D;

constexpr std::uint16_t kEndOfOptions = 0;
constexpr std::uint16_t kComment = 1;
constexpr std::uint16_t kTimeResolution = 9;
constexpr std::uint8_t kNanoseconds = 9;  // 10^-9
constexpr std::size_t kMostCommentOctets = 0xFFFF;

using Buffer = std::vector<std::uint8_t>;

template <class Number>
void put(Buffer& out, Number number) {
    for (std::size_t i = 0; i < sizeof(Number); ++i) {
        out.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
    }
}

void putPadded(Buffer& out, Octets octets) {
    out.insert(out.end(), octets.begin(), octets.end());
    out.resize((out.size() + 3) / 4 * 4);
}

void putOption(Buffer& out, std::uint16_t code, Octets value) {
    put(out, code);
    put(out, static_cast<std::uint16_t>(value.size()));
    putPadded(out, value);
}

void putEndOfOptions(Buffer& out) {
    putOption(out, kEndOfOptions, {});
}

}  // namespace

PcapngWriter::PcapngWriter(std::ostream& out, wire::LinkType link) : out_{out} {
    begin(kSectionHeader);
    put(block_, kByteOrderMagic);
    put(block_, std::uint16_t{1});  // Version 1.0.
    put(block_, std::uint16_t{0});
    put(block_, ~std::uint64_t{0});  // The section's length is not told.
    end();
    switchTo(link);
}

void PcapngWriter::switchTo(wire::LinkType link) {
    const auto known = std::ranges::find(interfaces_, link);
    interface_ = static_cast<std::uint32_t>(known - interfaces_.begin());
    if (known != interfaces_.end()) return;
    interfaces_.push_back(link);
    begin(kInterfaceDescription);
    put(block_, static_cast<std::uint16_t>(link));
    put(block_, std::uint16_t{0});
    put(block_, kSnapLength);
    putOption(block_, kTimeResolution, Octets{&kNanoseconds, 1});
    putEndOfOptions(block_);
    end();
}

void PcapngWriter::frame(Instant at,
                         Octets octets,
                         std::uint32_t originalLength,
                         std::string_view comment) {
    const auto time = static_cast<std::uint64_t>(at.time_since_epoch().count());
    begin(kEnhancedPacket);
    put(block_, interface_);
    put(block_, static_cast<std::uint32_t>(time >> 32));
    put(block_, static_cast<std::uint32_t>(time));
    put(block_, static_cast<std::uint32_t>(octets.size()));
    put(block_, originalLength);
    putPadded(block_, octets);
    if (!comment.empty()) {
        const std::string_view kept = comment.substr(0, kMostCommentOctets);
        putOption(block_, kComment, Buffer(kept.begin(), kept.end()));
        putEndOfOptions(block_);
    }
    end();
}

void PcapngWriter::begin(std::uint32_t type) {
    block_.clear();
    put(block_, type);
    put(block_, std::uint32_t{0});  // The block's length, which end() knows.
}

void PcapngWriter::end() {
    Buffer length;
    put(length, static_cast<std::uint32_t>(block_.size() + sizeof(std::uint32_t)));
    std::ranges::copy(length, block_.begin() + sizeof(std::uint32_t));
    block_.insert(block_.end(), length.begin(), length.end());
    errno = 0;
    out_.write(reinterpret_cast<const char*>(block_.data()),
               static_cast<std::streamsize>(block_.size()));
    if (!out_ && errno_ == 0) errno_ = errno;
}

std::optional<Error> PcapngWriter::finish(std::string_view name) {
    errno = 0;
    out_.flush();
    if (out_) return std::nullopt;
    if (errno_ == 0) errno_ = errno;
    return Error{Error::Code::NotWritable,
                 std::string{name} + ": could not be written: " +
                     (errno_ == 0 ? "the stream failed" : std::generic_category().message(errno_))};
}

}  // namespace tcplab::capture
