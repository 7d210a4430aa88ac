#include "capture/pcap_reader.h"

#include "capture/link_types.h"

#include <algorithm>
#include <chrono>

// We read pcap ourselves, as we do pcapng: a FILE, which is what libpcap takes, would need a second
// buffer and a C library that makes one of a decompressor, and could not say where it is in a pipe.
namespace tcplab::capture {
namespace {

constexpr std::size_t kFileHeader = 24;
constexpr std::size_t kRecordHeader = 16;
constexpr std::size_t kKuznetzovRecordHeader = 24;  // With interface, protocol, kind of packet.

constexpr std::uint32_t kMicroseconds = 0xA1B2C3D4;
constexpr std::uint32_t kNanoseconds = 0xA1B23C4D;
constexpr std::uint32_t kKuznetzov = 0xA1B2CD34;

}  // namespace

std::optional<PcapReader::Format> PcapReader::formatOf(Octets magic) {
    using std::chrono::microseconds;
    if (magic.size() < sizeof(std::uint32_t)) return std::nullopt;
    for (const auto endian : {std::endian::little, std::endian::big}) {
        const ByteOrder order{endian};
        switch (order.read<std::uint32_t>(magic, 0)) {
            case kMicroseconds:
                return Format{
                    .order = order, .tick = microseconds{1}, .recordHeader = kRecordHeader};
            case kNanoseconds:
                return Format{.order = order, .tick = Duration{1}, .recordHeader = kRecordHeader};
            case kKuznetzov:
                return Format{.order = order,
                              .tick = microseconds{1},
                              .recordHeader = kKuznetzovRecordHeader};
            default: break;
        }
    }
    return std::nullopt;
}

// The lengths changed places with version 2.3, which some wrote on files that still had the old
// order; 543.0 is the version that DG/UX wrote. So libpcap has it.
std::optional<PcapReader::Format::Lengths> PcapReader::lengthsOf(std::uint16_t major,
                                                                 std::uint16_t minor) {
    if (major == 543 && minor == 0) return Format::Lengths::OriginalFirst;
    if (major != 2 || minor > 4) return std::nullopt;
    if (minor < 3) return Format::Lengths::OriginalFirst;
    return minor == 3 ? Format::Lengths::LesserIsCaptured : Format::Lengths::CapturedFirst;
}

Expected<std::unique_ptr<FrameSource>, Error> PcapReader::open(Input input) {
    const Octets header = input.ahead(kFileHeader);
    auto format = formatOf(header);
    if (!format) return input.refused("it begins neither as pcap nor as pcapng does");
    if (header.size() < kFileHeader) {
        return input.refused(
            input.shortage({"its header", "文件首部"}, header.size(), kFileHeader).en);
    }
    const auto major = format->order.read<std::uint16_t>(header, 4);
    const auto minor = format->order.read<std::uint16_t>(header, 6);
    const auto lengths = lengthsOf(major, minor);
    if (!lengths) {
        return input.refused("its version is " + std::to_string(major) + "." +
                             std::to_string(minor));
    }
    // Above the link type is how long the check sequences at the ends of frames are.
    constexpr std::uint32_t kLinkTypeBits = 0x03FFFFFF;
    const std::uint32_t link = format->order.read<std::uint32_t>(header, 20) & kLinkTypeBits;
    format->link = linkTypeOf(static_cast<std::uint16_t>(link));
    if (link > UINT16_MAX || !isDissected(format->link)) {
        return Unexpected{
            Error{Error::Code::NotReadable, input.name() + ": " + notDissected(link)}};
    }
    format->lengths = *lengths;
    input.skip(kFileHeader);
    return std::unique_ptr<FrameSource>{new PcapReader{std::move(input), *format}};
}

PcapReader::Lengths PcapReader::lengthsIn(Octets record) const {
    const auto first = format_.order.read<std::uint32_t>(record, 8);
    const auto second = format_.order.read<std::uint32_t>(record, 12);
    switch (format_.lengths) {
        case Format::Lengths::CapturedFirst: return {first, second};
        case Format::Lengths::OriginalFirst: return {second, first};
        case Format::Lengths::LesserIsCaptured:
            return {std::min(first, second), std::max(first, second)};
    }
    TCPLAB_UNREACHABLE();
}

// 2^32 seconds and 2^32 microseconds are less than 2^63 nanoseconds.
Instant PcapReader::timeIn(Octets record) const {
    return Instant{std::chrono::seconds{format_.order.read<std::uint32_t>(record, 0)} +
                   format_.order.read<std::uint32_t>(record, 4) * format_.tick};
}

Expected<std::optional<Frame>, Error> PcapReader::next() {
    const std::uint64_t offset = input_.offset();
    const std::size_t headerSize = format_.recordHeader;
    const Octets header = input_.ahead(headerSize);
    if (header.empty() && !input_.failure()) return std::optional<Frame>{};
    ++count_;
    if (header.size() < headerSize) {
        return input_.stopped(
            count_,
            offset,
            input_.shortage({"its header", "该报文的首部"}, header.size(), headerSize));
    }
    const auto [captured, original] = lengthsIn(header);
    if (captured > kLongestPacket) {
        return input_.stopped(
            count_,
            offset,
            {"its length of " + std::to_string(captured) + " octets is more than any capture holds",
             "其长度 " + std::to_string(captured) + " 字节超过任何抓包所能有的长度"});
    }
    const Octets record = input_.ahead(headerSize + captured);
    if (record.size() < headerSize + captured) {
        return input_.stopped(
            count_,
            offset,
            input_.shortage({"the packet", "该报文"}, record.size() - headerSize, captured));
    }
    input_.skip(headerSize + captured);
    return frameIn(record.first(headerSize + captured), original, offset);
}

// Each member where it is to stay: what is written in pieces and copied at once is waited for.
Expected<std::optional<Frame>, Error> PcapReader::frameIn(Octets record,
                                                          std::uint32_t originalLength,
                                                          std::uint64_t offset) const {
    Expected<std::optional<Frame>, Error> found{std::optional<Frame>{}};
    Frame& frame = found->emplace();
    frame.number = count_;
    frame.at = timeIn(record);
    frame.link = format_.link;
    frame.originalLength = originalLength;
    frame.octets = record.subspan(format_.recordHeader);
    frame.offset = offset + format_.recordHeader;
    return found;
}

}  // namespace tcplab::capture
