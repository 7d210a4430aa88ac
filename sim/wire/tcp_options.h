#pragma once

#include "sim/base/bytes.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace tcplab::wire {

struct Field;
struct Inside;

/// TCP option kinds that have a type of their own here (IANA "TCP Option Kind Numbers").
enum class OptionKind : std::uint8_t {
    EndOfList = 0,
    NoOperation = 1,
    MaximumSegmentSize = 2,
    WindowScale = 3,
    SackPermitted = 4,
    Sack = 5,
    Timestamps = 8,
    Md5Signature = 19,
    UserTimeout = 28,
    Authentication = 29,
    Multipath = 30,
    FastOpen = 34,
    Experiment1 = 253,
    Experiment2 = 254,
};

// One option each. RFC 9293 3.2: EndOfList, NoOperation, MaximumSegmentSize. RFC 7323 2.2 and 3.2:
// WindowScale, Timestamps. RFC 2018: SackPermitted, Sack. RFC 2385: Md5Signature. RFC 5482:
// UserTimeout. RFC 5925: Authentication. RFC 8684: Multipath. RFC 7413: FastOpen. RFC 6994:
// Experiment. Octets in them are those of the TcpOptions that they were read from.
struct EndOfList {
    static constexpr OptionKind kKind = OptionKind::EndOfList;
    friend bool operator==(const EndOfList&, const EndOfList&) = default;
};
struct NoOperation {
    static constexpr OptionKind kKind = OptionKind::NoOperation;
    friend bool operator==(const NoOperation&, const NoOperation&) = default;
};
struct MaximumSegmentSize {
    static constexpr OptionKind kKind = OptionKind::MaximumSegmentSize;
    std::uint16_t octets = 0;
    friend bool operator==(const MaximumSegmentSize&, const MaximumSegmentSize&) = default;
};
struct WindowScale {
    static constexpr OptionKind kKind = OptionKind::WindowScale;
    std::uint8_t shift = 0;
    friend bool operator==(const WindowScale&, const WindowScale&) = default;
};
struct SackPermitted {
    static constexpr OptionKind kKind = OptionKind::SackPermitted;
    friend bool operator==(const SackPermitted&, const SackPermitted&) = default;
};
struct SackBlock {
    std::uint32_t left = 0;   ///< First sequence number of the block.
    std::uint32_t right = 0;  ///< The number after its last one.
    friend bool operator==(const SackBlock&, const SackBlock&) = default;
};
struct Sack {
    static constexpr OptionKind kKind = OptionKind::Sack;
    std::array<SackBlock, 4> blocks{};
    std::uint8_t count = 0;  ///< How many of the blocks are there, 0 to 4.
    friend bool operator==(const Sack&, const Sack&) = default;
};
struct Timestamps {
    static constexpr OptionKind kKind = OptionKind::Timestamps;
    std::uint32_t value = 0;
    std::uint32_t echoReply = 0;
    friend bool operator==(const Timestamps&, const Timestamps&) = default;
};
struct Md5Signature {
    static constexpr OptionKind kKind = OptionKind::Md5Signature;
    Octets digest{};
};
struct UserTimeout {
    static constexpr OptionKind kKind = OptionKind::UserTimeout;
    bool minutes = false;  ///< Else seconds.
    std::uint16_t timeout = 0;
};
struct Authentication {
    static constexpr OptionKind kKind = OptionKind::Authentication;
    std::uint8_t keyId = 0;
    std::uint8_t nextKeyId = 0;
    Octets code{};
};
struct Multipath {
    static constexpr OptionKind kKind = OptionKind::Multipath;
    std::uint8_t subtype = 0;
    std::uint8_t bits = 0;  ///< The other four of its octet: a version or flags.
    Octets data{};
};
struct FastOpen {
    static constexpr OptionKind kKind = OptionKind::FastOpen;
    Octets cookie{};  ///< None where one is asked for.
};
struct Experiment {
    std::uint8_t kind = static_cast<std::uint8_t>(OptionKind::Experiment1);
    std::uint16_t identifier = 0;
    Octets data{};
};
/// An option whose kind has no type here, or whose length does not fit its kind.
struct UnknownOption {
    std::uint8_t kind = 0;
    Octets data{};  ///< What follows the length octet, in the TcpOptions it was read from.
};

using TcpOption = std::variant<EndOfList,
                               NoOperation,
                               MaximumSegmentSize,
                               WindowScale,
                               SackPermitted,
                               Sack,
                               Timestamps,
                               Md5Signature,
                               UserTimeout,
                               Authentication,
                               Multipath,
                               FastOpen,
                               Experiment,
                               UnknownOption>;

/// The options of one TCP header: the octets themselves, at most 40, without an allocation. Keeping
/// the octets keeps order, padding and what we do not know, so that a header that was read is
/// written as it was.
class TcpOptions {
public:
    static constexpr std::size_t kMaxOctets = 40;

    TcpOptions() = default;
    /// Takes at most kMaxOctets of `octets`.
    explicit TcpOptions(Octets octets);

    [[nodiscard]] Octets octets() const { return Octets{octets_}.first(size_); }
    [[nodiscard]] bool empty() const { return size_ == 0; }

    /// Appends one option. The caller keeps the sum within kMaxOctets.
    void push(const TcpOption& option);
    /// Appends octets as they are, a broken option perhaps.
    void push(Octets octets);
    /// Appends NoOperation until the length is a multiple of four, as the data offset needs it.
    void pad();

    /// The first option of its kind, where there is one that is well formed.
    [[nodiscard]] std::optional<std::uint16_t> maximumSegmentSize() const;
    [[nodiscard]] std::optional<std::uint8_t> windowScale() const;
    [[nodiscard]] bool sackPermitted() const;
    [[nodiscard]] std::optional<Timestamps> timestamps() const;
    [[nodiscard]] std::optional<Sack> sack() const;

    friend bool operator==(const TcpOptions& a, const TcpOptions& b) {
        return std::ranges::equal(a.octets(), b.octets());
    }

private:
    std::array<std::uint8_t, kMaxOctets> octets_{};
    std::uint8_t size_ = 0;
};

/// Walks options one by one. Stops after the end of the list, or at the first option whose length
/// is impossible: then broken() holds and offset() is where.
class TcpOptionCursor {
public:
    explicit TcpOptionCursor(Octets octets) : octets_{octets} {}

    /// The next option, or nothing at the end.
    [[nodiscard]] std::optional<TcpOption> next();
    /// The next one of this kind; those before it are passed over without being read.
    [[nodiscard]] std::optional<TcpOption> next(OptionKind kind);
    [[nodiscard]] bool broken() const { return broken_; }
    [[nodiscard]] std::size_t offset() const { return offset_; }  ///< Of what next() looks at next.

private:
    /// The octets of the next option; none at the end.
    [[nodiscard]] Octets pass();

    Octets octets_;
    std::size_t offset_ = 0;
    bool broken_ = false;
    bool ended_ = false;
};

/// The first option of this type that is well formed.
template <class Option>
[[nodiscard]] std::optional<Option> findOption(Octets octets) {
    TcpOptionCursor cursor{octets};
    while (const auto option = cursor.next(Option::kKind)) {
        if (const auto* found = std::get_if<Option>(&*option)) return *found;
    }
    return {};
}

/// What most segments carry: two octets of padding and a timestamp.
[[nodiscard]] inline bool isTimestampsAlone(Octets octets) {
    return octets.size() == 12 && octets[0] == 1 && octets[1] == 1 && octets[2] == 8 &&
           octets[3] == 10;
}

/// Where the first option with an impossible length begins.
[[nodiscard]] std::optional<std::size_t> brokenOptionAt(Octets octets);

/// Appends each option as a field. The octets start at `offset` of the frame.
void listOptions(Octets octets, std::size_t offset, std::vector<Field>& fields);
void listTcpOptions(const Inside& inside, std::vector<Field>& fields);

}  // namespace tcplab::wire
