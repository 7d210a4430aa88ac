#include "capture/pcapng_reader.h"

#include "capture/link_types.h"

#include <algorithm>
#include <limits>

// Blocks and options are called as draft-ietf-opsawg-pcapng calls them, whose sections still move.
namespace tcplab::capture {
namespace {

// Types of blocks. That of a section header reads the same in both byte orders.
constexpr std::uint32_t kSectionHeader = 0x0A0D0D0A;
constexpr std::uint32_t kInterfaceDescription = 1;
constexpr std::uint32_t kObsoletePacket = 2;
constexpr std::uint32_t kSimplePacket = 3;
constexpr std::uint32_t kEnhancedPacket = 6;

constexpr std::uint32_t kByteOrderMagic = 0x1A2B3C4D;

// General Block Structure: type and length before the body, and the length again behind it.
constexpr std::size_t kBeforeBody = 8;
constexpr std::size_t kAfterBody = 4;
constexpr std::size_t kAroundBody = kBeforeBody + kAfterBody;

/// The longest block that is kept in memory, as in libpcap and Wireshark. Others are passed over
/// piece by piece, however long.
constexpr std::uint32_t kLongestBlock = 16U * 1024 * 1024;
/// A section that describes more interfaces is an attack on memory.
constexpr std::size_t kMostInterfaces = 65'536;

constexpr std::uint16_t kEndOfOptions = 0;    // opt_endofopt
constexpr std::uint16_t kTimeResolution = 9;  // if_tsresol
constexpr std::uint16_t kTimeOffset = 14;     // if_tsoffset

__extension__ using Wide = __int128;

constexpr std::size_t padded(std::size_t size) {
    return (size + 3) / 4 * 4;
}

std::uint64_t powerOfTen(unsigned exponent) {
    std::uint64_t power = 1;
    for (; exponent > 0; --exponent) power *= 10;
    return power;
}

bool isKept(std::uint32_t type) {
    return type == kSectionHeader || type == kInterfaceDescription || type == kObsoletePacket ||
           type == kSimplePacket || type == kEnhancedPacket;
}

Unexpected<Cause> wrong(Cause why) {
    return Unexpected{std::move(why)};
}

constexpr Text kBlock{"a block", "数据块"};

Unexpected<Cause> tooShort(const Text& block) {
    return wrong({"a block is too short for " + std::string{block.en},
                  "数据块太短，容不下" + std::string{block.zh}});
}

Unexpected<Cause> lengthsDiffer(std::uint32_t before, std::uint32_t after) {
    const std::string first = std::to_string(before);
    const std::string last = std::to_string(after);
    return wrong(
        {"its block's length is " + first + " at the beginning and " + last + " at the end",
         "其数据块开头写的长度是 " + first + "，结尾写的是 " + last});
}

}  // namespace

// if_tsresol: a negative power of 2 where the highest bit is set, or else of 10.
void PcapngReader::Clock::setResolution(std::uint8_t code) {
    constexpr std::uint8_t kBinary = 0x80;
    constexpr unsigned kNanoseconds = 9;
    constexpr unsigned kMostDigits = 19;  // Of a power of ten in 64 bits.
    const unsigned exponent = code & ~unsigned{kBinary};
    multiplier = divisor = 1;
    shift = 0;
    if ((code & kBinary) != 0) {
        multiplier = powerOfTen(kNanoseconds);
        shift = static_cast<std::uint8_t>(exponent);
    } else if (exponent <= kNanoseconds) {
        multiplier = powerOfTen(kNanoseconds - exponent);
    } else if (exponent - kNanoseconds <= kMostDigits) {
        divisor = powerOfTen(exponent - kNanoseconds);
    } else {
        multiplier = 0;  // Not even 2^64 of such units are a nanosecond.
    }
}

Instant PcapngReader::Clock::at(std::uint64_t number) const {
    Wide nanoseconds = Wide{number} * multiplier;
    if (divisor != 1) nanoseconds /= divisor;
    nanoseconds = (nanoseconds >> shift) + Wide{offset} * 1'000'000'000;
    // Half of what fits, so that between any two times there is a duration.
    using Limits = std::numeric_limits<std::int64_t>;
    return Instant{Duration{static_cast<std::int64_t>(
        std::clamp(nanoseconds, Wide{Limits::min() / 2}, Wide{Limits::max() / 2}))}};
}

bool PcapngReader::isSection(Octets octets) {
    return octets.size() >= sizeof(std::uint32_t) &&
           ByteOrder{}.read<std::uint32_t>(octets, 0) == kSectionHeader;
}

Expected<std::unique_ptr<FrameSource>, Error> PcapngReader::open(Input input) {
    std::unique_ptr<PcapngReader> reader{new PcapngReader{std::move(input)}};
    const auto section = reader->takeBlock();
    if (!section) return reader->input_.refused(section.error().en);
    return std::unique_ptr<FrameSource>{std::move(reader)};
}

Expected<std::optional<Frame>, Error> PcapngReader::next() {
    while (!input_.atEnd()) {
        const std::uint64_t offset = input_.offset();
        const Taken taken = takeBlock();
        if (!taken) return input_.stopped(count_ + 1, offset, taken.error());
        if (*taken) return *taken;
    }
    return std::optional<Frame>{};
}

PcapngReader::Taken PcapngReader::takeBlock() {
    const Octets head = input_.ahead(kAroundBody);
    if (head.size() < kAroundBody) {
        return wrong(input_.shortage(kBlock, head.size(), kAroundBody));
    }
    if (isSection(head)) {
        // The order of a section's octets is told in it, right behind the length.
        order_ = ByteOrder{std::endian::little};
        if (order_.read<std::uint32_t>(head, kBeforeBody) != kByteOrderMagic) {
            order_ = ByteOrder{std::endian::big};
        }
        if (order_.read<std::uint32_t>(head, kBeforeBody) != kByteOrderMagic) {
            return wrong({"a section does not tell its byte order", "一个节没有说明字节序"});
        }
    }
    const auto type = order_.read<std::uint32_t>(head, 0);
    const auto length = order_.read<std::uint32_t>(head, 4);
    if (length < kAroundBody || length % 4 != 0) {
        return wrong({"a block cannot have " + std::to_string(length) + " octets",
                      "数据块的长度不可能是 " + std::to_string(length) + " 字节"});
    }
    if (!isKept(type)) return passBlock(length);
    if (length > kLongestBlock) {
        return wrong({"a block of " + std::to_string(length) + " octets is too long",
                      "数据块长 " + std::to_string(length) + " 字节，太长"});
    }
    const Octets block = input_.ahead(length);
    if (block.size() < length) return wrong(input_.shortage(kBlock, block.size(), length));
    const auto again = order_.read<std::uint32_t>(block, length - kAfterBody);
    if (again != length) return lengthsDiffer(length, again);
    const std::uint64_t offset = input_.offset();
    input_.skip(length);
    Taken taken = takeBody(type, block.subspan(kBeforeBody, length - kAroundBody));
    if (taken && *taken) {
        Frame& frame = **taken;
        frame.offset = offset + static_cast<std::uint64_t>(frame.octets.data() - block.data());
    }
    return taken;
}

PcapngReader::Taken PcapngReader::takeBody(std::uint32_t type, Octets body) {
    switch (type) {
        case kSectionHeader: return beginSection(body);
        case kInterfaceDescription: return addInterface(body);
        case kObsoletePacket: return takeObsolete(body);
        case kSimplePacket: return takeSimple(body);
        default: return takeEnhanced(body);
    }
}

PcapngReader::Taken PcapngReader::passBlock(std::uint32_t length) {
    const std::uint64_t passed = input_.pass(length - kAfterBody);
    const Octets after = input_.ahead(kAfterBody);
    if (after.size() < kAfterBody) {
        return wrong(input_.shortage(kBlock, passed + after.size(), length));
    }
    const auto again = order_.read<std::uint32_t>(after, 0);
    if (again != length) return lengthsDiffer(length, again);
    input_.skip(kAfterBody);
    return std::optional<Frame>{};
}

template <class Take>
std::optional<Cause> PcapngReader::readOptions(Octets options, Take take) const {
    constexpr std::size_t kHeader = 4;
    while (options.size() >= kHeader) {
        const auto code = order_.read<std::uint16_t>(options, 0);
        const auto size = order_.read<std::uint16_t>(options, 2);
        if (code == kEndOfOptions) return std::nullopt;
        options = options.subspan(kHeader);
        if (padded(size) > options.size())
            return Cause{"an option goes on past the end of its block",
                         "一个选项超出了所在的数据块"};
        if (auto why = take(code, options.first(size))) return why;
        options = options.subspan(padded(size));
    }
    return std::nullopt;
}

// Section Header Block.
PcapngReader::Taken PcapngReader::beginSection(Octets body) {
    constexpr std::size_t kFixed = 16;
    if (body.size() < kFixed) return tooShort({"a section's header", "节的首部"});
    const auto major = order_.read<std::uint16_t>(body, 4);
    const auto minor = order_.read<std::uint16_t>(body, 6);
    // Some write 1.2 and mean 1.0.
    if (major != 1 || (minor != 0 && minor != 2)) {
        const std::string version = std::to_string(major) + "." + std::to_string(minor);
        return wrong({"a section has version " + version, "一个节的版本是 " + version});
    }
    const auto ignored = [](std::uint16_t, Octets) { return std::optional<Cause>{}; };
    if (auto why = readOptions(body.subspan(kFixed), ignored)) return wrong(*why);
    interfaces_.clear();
    return std::optional<Frame>{};
}

// Interface Description Block.
PcapngReader::Taken PcapngReader::addInterface(Octets body) {
    constexpr std::size_t kFixed = 8;
    if (body.size() < kFixed) return tooShort({"an interface", "一个接口"});
    if (interfaces_.size() == kMostInterfaces) {
        return wrong({"a section has more than " + std::to_string(kMostInterfaces) + " interfaces",
                      "一个节的接口多于 " + std::to_string(kMostInterfaces) + " 个"});
    }
    Interface added{.link = linkTypeOf(order_.read<std::uint16_t>(body, 0)),
                    .snapLength = order_.read<std::uint32_t>(body, 4)};
    const auto take = [&](std::uint16_t code, Octets value) -> std::optional<Cause> {
        if (code == kTimeResolution) {
            if (value.size() != 1)
                return Cause{"an interface's resolution of time is not one octet",
                             "接口的时间精度不是一个字节"};
            added.clock.setResolution(value[0]);
        } else if (code == kTimeOffset) {
            if (value.size() != 8)
                return Cause{"an interface's offset of time is not eight octets",
                             "接口的时间偏移不是八个字节"};
            added.clock.offset = static_cast<std::int64_t>(order_.read<std::uint64_t>(value, 0));
        }
        return std::nullopt;
    };
    if (auto why = readOptions(body.subspan(kFixed), take)) return wrong(*why);
    interfaces_.push_back(added);
    return std::optional<Frame>{};
}

// Enhanced Packet Block.
PcapngReader::Taken PcapngReader::takeEnhanced(Octets body) {
    constexpr std::size_t kFixed = 20;
    if (body.size() < kFixed) return tooShort({"a packet", "一个报文"});
    const std::uint64_t high = order_.read<std::uint32_t>(body, 4);
    return takePacket({.interface = order_.read<std::uint32_t>(body, 0),
                       .time = high << 32 | order_.read<std::uint32_t>(body, 8),
                       .captured = order_.read<std::uint32_t>(body, 12),
                       .original = order_.read<std::uint32_t>(body, 16)},
                      body.subspan(kFixed));
}

// Simple Packet Block: of interface 0, without time and options. Its captured length follows from
// the others.
PcapngReader::Taken PcapngReader::takeSimple(Octets body) {
    constexpr std::size_t kFixed = 4;
    if (body.size() < kFixed) return tooShort({"a packet", "一个报文"});
    const auto original = order_.read<std::uint32_t>(body, 0);
    const std::uint32_t snapLength = interfaces_.empty() ? 0 : interfaces_[0].snapLength;
    const std::uint32_t captured = snapLength == 0 ? original : std::min(original, snapLength);
    const Octets data = body.subspan(kFixed);
    return takePacket({.captured = captured, .original = original},
                      data.first(std::min(padded(captured), data.size())));
}

// Packet Block (obsolete): how packets were written before there were Enhanced Packet Blocks.
PcapngReader::Taken PcapngReader::takeObsolete(Octets body) {
    constexpr std::size_t kFixed = 20;
    if (body.size() < kFixed) return tooShort({"a packet", "一个报文"});
    const std::uint64_t high = order_.read<std::uint32_t>(body, 4);
    return takePacket({.interface = order_.read<std::uint16_t>(body, 0),
                       .time = high << 32 | order_.read<std::uint32_t>(body, 8),
                       .captured = order_.read<std::uint32_t>(body, 12),
                       .original = order_.read<std::uint32_t>(body, 16)},
                      body.subspan(kFixed));
}

PcapngReader::Taken PcapngReader::takePacket(const PacketHeader& header, Octets data) {
    if (header.interface >= interfaces_.size()) {
        const std::string number = std::to_string(header.interface);
        return wrong(
            {"its interface " + number + " is not described", "它的接口 " + number + " 没有说明"});
    }
    const Interface& interface = interfaces_[header.interface];
    if (header.captured > data.size()) {
        const std::string length = std::to_string(header.captured);
        return wrong({"its length of " + length + " octets is more than its block has",
                      "其长度 " + length + " 字节超过所在数据块的长度"});
    }
    if (header.captured > kLongestPacket && isDissected(interface.link)) {
        const std::string length = std::to_string(header.captured);
        return wrong({"its length of " + length + " octets is more than any capture holds",
                      "其长度 " + length + " 字节超过任何抓包所能有的长度"});
    }
    const auto ignored = [](std::uint16_t, Octets) { return std::optional<Cause>{}; };
    if (auto why = readOptions(data.subspan(padded(header.captured)), ignored)) return wrong(*why);
    if (header.time) latest_ = interface.clock.at(*header.time);
    return std::optional{Frame{.number = ++count_,
                               .at = latest_,
                               .timed = header.time.has_value(),
                               .link = interface.link,
                               .originalLength = header.original,
                               .octets = data.first(header.captured)}};
}

}  // namespace tcplab::capture
