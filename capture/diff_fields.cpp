#include "capture/diff_packets.h"
#include "sim/wire/notation.h"

#include <algorithm>
#include <array>
#include <string>

namespace tcplab::capture {
namespace {

struct OptionName {
    wire::OptionKind kind;
    std::string_view name;
};
constexpr std::array kOptions{OptionName{wire::OptionKind::MaximumSegmentSize, "MSS"},
                              OptionName{wire::OptionKind::WindowScale, "window scale"},
                              OptionName{wire::OptionKind::SackPermitted, "SACK permitted"},
                              OptionName{wire::OptionKind::Sack, "SACK"},
                              OptionName{wire::OptionKind::Timestamps, "timestamps"},
                              OptionName{wire::OptionKind::Md5Signature, "MD5 signature"},
                              OptionName{wire::OptionKind::UserTimeout, "user timeout"},
                              OptionName{wire::OptionKind::Authentication, "TCP-AO"},
                              OptionName{wire::OptionKind::Multipath, "MPTCP"},
                              OptionName{wire::OptionKind::FastOpen, "fast open"}};
constexpr std::string_view kOtherOption = "another option";

/// The option of this kind, octets and all; empty where there is none.
Octets optionOf(const wire::TcpOptions& options, std::uint8_t kind) {
    wire::TcpOptionCursor cursor{options.octets()};
    for (std::size_t from = cursor.offset(); cursor.next(); from = cursor.offset())
        if (options.octets()[from] == kind)
            return options.octets().subspan(from, cursor.offset() - from);
    return {};
}

std::vector<std::uint8_t> otherKinds(const wire::TcpOptions& options) {
    std::vector<std::uint8_t> kinds;
    wire::TcpOptionCursor cursor{options.octets()};
    for (std::size_t from = cursor.offset(); cursor.next(); from = cursor.offset()) {
        const std::uint8_t kind = options.octets()[from];
        const bool named = std::ranges::any_of(kOptions, [kind](const OptionName& option) {
            return static_cast<std::uint8_t>(option.kind) == kind;
        });
        if (!named && kind > 1) kinds.push_back(kind);
    }
    return kinds;
}

std::string hexOf(Octets octets) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t octet : octets) {
        text += kDigits[octet >> 4U];
        text += kDigits[octet & 0xFU];
    }
    return text;
}

/// For people: "1460", "none", hexadecimal digits.
std::string optionText(const wire::TcpOptions& options, std::uint8_t kind) {
    const Octets octets = optionOf(options, kind);
    if (octets.empty()) return "none";
    if (kind == static_cast<std::uint8_t>(wire::OptionKind::MaximumSegmentSize))
        if (const auto mss = options.maximumSegmentSize()) return std::to_string(*mss);
    if (kind == static_cast<std::uint8_t>(wire::OptionKind::WindowScale))
        if (const auto shift = options.windowScale()) return std::to_string(*shift);
    return octets.size() <= 2 ? "there" : hexOf(octets.subspan(2));
}

/// Whether the blocks moved with the sequence numbers that they name.
bool sameSack(const wire::TcpOptions& before, const wire::TcpOptions& after, std::uint32_t back) {
    auto x = before.sack();
    const auto y = after.sack();
    if (!x || !y) return x.has_value() == y.has_value();
    for (wire::SackBlock& block : x->blocks) {
        if (block == wire::SackBlock{}) continue;
        block.left += back;
        block.right += back;
    }
    return *x == *y;
}

class Comparing {
public:
    void compare(std::string_view field, std::uint64_t before, std::uint64_t after) {
        note(field, before != after, std::to_string(before), std::to_string(after));
    }
    void note(std::string_view field, bool differs, std::string before, std::string after) {
        if (differs) changes_.push_back({field, std::move(before), std::move(after)});
    }
    std::vector<FieldChange> take() { return std::move(changes_); }

private:
    std::vector<FieldChange> changes_{};
};

void compareIp(const Seen& before, const Seen& after, Comparing& found) {
    if (before.version != after.version)
        return found.compare("IP version", before.version, after.version);
    const bool isIpv4 = before.version == 4;
    found.compare(isIpv4 ? "TTL" : "hop limit", before.ttl, after.ttl);
    found.compare("DSCP", before.dscp, after.dscp);
    found.compare("ECN", before.ecn, after.ecn);
    if (!isIpv4) return;
    found.compare("DF", before.dontFragment ? 1 : 0, after.dontFragment ? 1 : 0);
    found.compare("IP identification", before.ipId.value_or(0), after.ipId.value_or(0));
}

void compareOptions(const Seen& before, const Seen& after, std::uint32_t back, Comparing& found) {
    const auto compare = [&](std::uint8_t kind, std::string_view name) {
        const bool isSack = kind == static_cast<std::uint8_t>(wire::OptionKind::Sack);
        const bool same = isSack ? sameSack(before.options, after.options, back)
                                 : std::ranges::equal(optionOf(before.options, kind),
                                                      optionOf(after.options, kind));
        found.note(name, !same, optionText(before.options, kind), optionText(after.options, kind));
    };
    for (const OptionName& option : kOptions)
        compare(static_cast<std::uint8_t>(option.kind), option.name);
    std::vector<std::uint8_t> others = otherKinds(before.options);
    for (const std::uint8_t kind : otherKinds(after.options)) others.push_back(kind);
    std::ranges::sort(others);
    others.erase(std::unique(others.begin(), others.end()), others.end());
    for (const std::uint8_t kind : others) compare(kind, kOtherOption);
}

}  // namespace

std::vector<FieldChange> changesOf(const Seen& before,
                                   const Seen& after,
                                   std::uint32_t forth,
                                   std::uint32_t back) {
    Comparing found;
    compareIp(before, after, found);
    // Relative numbers are alike; one that did not move with the others is a change of its own.
    if (after.tcp.seqRaw - before.tcp.seqRaw != forth)
        found.compare("sequence number", before.tcp.seqRaw, after.tcp.seqRaw);
    if (before.tcp.ack && after.tcp.ackRaw - before.tcp.ackRaw != back)
        found.compare("acknowledgement number", before.tcp.ackRaw, after.tcp.ackRaw);
    found.note("flags",
               before.tcp.flags != after.tcp.flags,
               wire::flagsText(before.tcp.flags),
               wire::flagsText(after.tcp.flags));
    found.compare("window", before.rawWindow, after.rawWindow);
    found.compare("urgent pointer", before.urgent, after.urgent);
    compareOptions(before, after, back, found);
    const std::size_t both = std::min(before.payload.size(), after.payload.size());
    const auto [x, y] =
        std::ranges::mismatch(before.payload.first(both), after.payload.first(both));
    if (x != before.payload.begin() + static_cast<std::ptrdiff_t>(both)) {
        const auto at = static_cast<std::size_t>(x - before.payload.begin());
        const std::string place = "octet " + std::to_string(at) + ": ";
        found.note("payload", true, place + hexOf(Octets{&*x, 1}), place + hexOf(Octets{&*y, 1}));
    }
    return found.take();
}

}  // namespace tcplab::capture
