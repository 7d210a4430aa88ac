#include "sim/wire/tcp_options.h"

#include "sim/base/check.h"
#include "sim/wire/field_lister.h"
#include "sim/wire/hex.h"
#include "sim/wire/layout.h"
#include "sim/wire/notation.h"
#include "sim/wire/option_list.h"
#include "sim/wire/tcp_option_layouts.h"

#include <algorithm>
#include <concepts>
#include <span>
#include <type_traits>

namespace tcplab::wire {

namespace {

/// Octets of the option at the beginning of `rest`; 0 where its length is impossible.
std::size_t optionLength(Octets rest) {
    if (isSingleOctet(rest[0])) return 1;
    if (rest.size() < kHeadOctets || rest[1] < kHeadOctets || rest[1] > rest.size()) return 0;
    return rest[1];
}

bool endsAt(Octets octets, std::size_t offset) {
    return offset == octets.size() ||
           octets[offset] == static_cast<std::uint8_t>(OptionKind::EndOfList);
}

template <class Option>
TcpOption read(std::uint8_t kind, Octets data) {
    Option option;
    if constexpr (std::same_as<Option, Sack>) {
        option.count = static_cast<std::uint8_t>(
            std::min(data.size() / kSackBlockOctets, option.blocks.size()));
    }
    if constexpr (std::same_as<Option, Experiment>) option.kind = kind;
    Decoder decoder{data, data.size()};
    layout(decoder, option);
    if (decoder.found() || decoder.bitPosition() != 8 * data.size())
        return UnknownOption{kind, data};
    return option;
}

TcpOption readOption(Octets octets) {
    const std::uint8_t kind = octets[0];
    if (octets.size() > TcpOptions::kMaxOctets) return UnknownOption{kind, octets.subspan(2)};
    const Octets data = octets.subspan(std::min(kHeadOctets, octets.size()));
    switch (static_cast<OptionKind>(kind)) {
        case OptionKind::EndOfList: return EndOfList{};
        case OptionKind::NoOperation: return NoOperation{};
        case OptionKind::MaximumSegmentSize: return read<MaximumSegmentSize>(kind, data);
        case OptionKind::WindowScale: return read<WindowScale>(kind, data);
        case OptionKind::SackPermitted: return read<SackPermitted>(kind, data);
        case OptionKind::Sack: return read<Sack>(kind, data);
        case OptionKind::Timestamps: return read<Timestamps>(kind, data);
        case OptionKind::Md5Signature: return read<Md5Signature>(kind, data);
        case OptionKind::UserTimeout: return read<UserTimeout>(kind, data);
        case OptionKind::Authentication: return read<Authentication>(kind, data);
        case OptionKind::Multipath: return read<Multipath>(kind, data);
        case OptionKind::FastOpen: return read<FastOpen>(kind, data);
        case OptionKind::Experiment1:
        case OptionKind::Experiment2: return read<Experiment>(kind, data);
    }
    return UnknownOption{kind, data};
}

}  // namespace

TcpOptions::TcpOptions(Octets octets) {
    push(octets.first(std::min(octets.size(), kMaxOctets)));
}

void TcpOptions::push(Octets octets) {
    TCPLAB_CHECK(octets.size() <= kMaxOctets - size_);
    std::ranges::copy(octets, octets_.begin() + size_);
    size_ = static_cast<std::uint8_t>(size_ + octets.size());
}

void TcpOptions::push(const TcpOption& option) {
    const std::span<std::uint8_t> room = std::span{octets_}.subspan(size_);
    Encoder encoder{room};
    std::visit(
        [&encoder](auto value) {
            OptionHead head{.kind = kindOf(value)};
            layout(encoder, head);
            layout(encoder, value);
        },
        option);
    const auto length = static_cast<std::uint8_t>(encoder.size());
    if (!isSingleOctet(room[0])) room[1] = length;
    size_ = static_cast<std::uint8_t>(size_ + length);
}

void TcpOptions::pad() {
    while (size_ % 4 != 0) push(NoOperation{});
}

std::optional<std::uint16_t> TcpOptions::maximumSegmentSize() const {
    const auto found = findOption<MaximumSegmentSize>(octets());
    return found ? std::optional{found->octets} : std::nullopt;
}
std::optional<std::uint8_t> TcpOptions::windowScale() const {
    const auto found = findOption<WindowScale>(octets());
    return found ? std::optional{found->shift} : std::nullopt;
}
bool TcpOptions::sackPermitted() const {
    return findOption<SackPermitted>(octets()).has_value();
}
std::optional<Timestamps> TcpOptions::timestamps() const {
    return findOption<Timestamps>(octets());
}
std::optional<Sack> TcpOptions::sack() const {
    return findOption<Sack>(octets());
}

std::optional<TcpOption> TcpOptionCursor::next() {
    const Octets option = pass();
    return option.empty() ? std::nullopt : std::optional{readOption(option)};
}

std::optional<TcpOption> TcpOptionCursor::next(OptionKind kind) {
    for (Octets option = pass(); !option.empty(); option = pass()) {
        if (option[0] == static_cast<std::uint8_t>(kind)) return readOption(option);
    }
    return {};
}

Octets TcpOptionCursor::pass() {
    if (broken_ || ended_ || offset_ == octets_.size()) return {};
    const Octets rest = octets_.subspan(offset_);
    const std::size_t length = optionLength(rest);
    broken_ = length == 0;
    ended_ = rest[0] == static_cast<std::uint8_t>(OptionKind::EndOfList);
    offset_ += length;
    return rest.first(length);
}

std::optional<std::size_t> brokenOptionAt(Octets octets) {
    for (std::size_t at = 0; !endsAt(octets, at);) {
        const std::size_t length = optionLength(octets.subspan(at));
        if (length == 0) return at;
        at += length;
    }
    return {};
}

void listOptions(Octets octets, std::size_t offset, std::vector<Field>& fields) {
    TcpOptionCursor cursor{octets};
    std::size_t from = 0;
    for (auto option = cursor.next(); option; option = cursor.next()) {
        const Octets whole = octets.subspan(from, cursor.offset() - from);
        std::visit(
            [&](auto value) {
                FieldLister lister{whole, whole.size(), offset + from};
                OptionHead head;
                layout(lister, head);
                layout(lister, value);
                Field& field = fields.emplace_back(wholeField(whole, offset + from, infoOf(value)));
                field.value = toString(value);
                if (!isSingleOctet(head.kind)) field.children = lister.take();
            },
            *option);
        from = cursor.offset();
    }
    if (from == octets.size()) return;
    const FieldInfo unread{.name = {"Not read", "未解析"},
                           .meaning = {"Octets after the end of the list, or after a fault.",
                                       "选项表结束之后或出错之后的字节。"}};
    fields.push_back(wholeField(octets.subspan(from), offset + from, unread));
    fields.back().value = hex(octets.subspan(from));
}

void listTcpOptions(const Inside& inside, std::vector<Field>& fields) {
    listOptions(inside.octets, inside.offset, fields);
}

}  // namespace tcplab::wire
