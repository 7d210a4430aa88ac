#include "sim/wire/tcp_options.h"

#include "sim/base/check.h"
#include "sim/wire/field_lister.h"
#include "sim/wire/hex.h"
#include "sim/wire/layout.h"
#include "sim/wire/notation.h"

#include <algorithm>
#include <concepts>
#include <span>
#include <type_traits>

namespace tcplab::wire {

namespace {

/// What stands before the value of every option but EndOfList and NoOperation.
struct OptionHead {
    std::uint8_t kind = 0;
    std::uint8_t length = 0;  ///< Kind and length included.
};
constexpr std::size_t kHeadOctets = 2;
constexpr std::size_t kSackBlockOctets = 8;

bool isSingleOctet(std::uint8_t kind) {
    return kind == static_cast<std::uint8_t>(OptionKind::EndOfList) ||
           kind == static_cast<std::uint8_t>(OptionKind::NoOperation);
}

template <class Io>
void layout(Io& io, OptionHead& head) {
    io.field(head.kind,
             {.name = {"Kind", "类型"}, .meaning = {"Which option this is.", "选项的种类。"}});
    if (isSingleOctet(head.kind)) return;
    io.field(head.length,
             {.name = {"Length", "长度"},
              .meaning = {"Octets of the option, kind and length included.",
                          "选项的字节数，包括类型和长度。"}});
}

template <class Io, class Option>
requires std::is_empty_v<Option>
void layout(Io& /*io*/, Option& /*option*/) {}

template <class Io>
void layout(Io& io, MaximumSegmentSize& option) {
    io.field(option.octets,
             {.name = {"MSS", "MSS"},
              .meaning = {"The most octets of payload that the sender can take in a segment.",
                          "发送方能接收的报文段的最大数据长度。"}});
}

template <class Io>
void layout(Io& io, WindowScale& option) {
    io.field(option.shift,
             {.name = {"Shift", "移位"},
              .meaning = {"The sender's windows are to be multiplied by two to this power, if both "
                          "ends send the option.",
                          "若双方都带此选项，发送方的窗口值要左移这么多位。"}});
}

template <class Io>
void layout(Io& io, Sack& option) {
    for (std::size_t i = 0; i < option.count; ++i) {
        io.field(option.blocks.at(i).left,
                 {.name = {"Left edge", "左边界"},
                  .meaning = {"The first sequence number of a block that has arrived.",
                              "已收到的一块数据的第一个序号。"}});
        io.field(option.blocks.at(i).right,
                 {.name = {"Right edge", "右边界"},
                  .meaning = {"The sequence number after the block's last.",
                              "这块数据最后一个序号的下一个序号。"}});
    }
}

template <class Io>
void layout(Io& io, Timestamps& option) {
    io.field(option.value,
             {.name = {"TSval", "TSval"},
              .meaning = {"The sender's clock when it sent this.", "发送时发送方的时钟值。"}});
    io.field(option.echoReply,
             {.name = {"TSecr", "TSecr"},
              .meaning = {"The clock value received from the other end; counts where ACK is set.",
                          "回送对方的时钟值，在 ACK 为 1 时有效。"}});
}

template <class Io>
void layout(Io& io, UnknownOption& option) {
    io.octets(option.data,
              option.data.size(),
              {.name = {"Data", "数据"}, .meaning = {"Not dissected.", "不作解析。"}});
}

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
    Decoder decoder{data, data.size()};
    layout(decoder, option);
    if (decoder.bitPosition() != 8 * data.size()) return UnknownOption{kind, data};
    return option;
}

TcpOption readOption(Octets octets) {
    const std::uint8_t kind = octets[0];
    const Octets data = octets.subspan(std::min(kHeadOctets, octets.size()));
    switch (static_cast<OptionKind>(kind)) {
        case OptionKind::EndOfList: return EndOfList{};
        case OptionKind::NoOperation: return NoOperation{};
        case OptionKind::MaximumSegmentSize: return read<MaximumSegmentSize>(kind, data);
        case OptionKind::WindowScale: return read<WindowScale>(kind, data);
        case OptionKind::SackPermitted: return read<SackPermitted>(kind, data);
        case OptionKind::Sack: return read<Sack>(kind, data);
        case OptionKind::Timestamps: return read<Timestamps>(kind, data);
    }
    return UnknownOption{kind, data};
}

std::uint8_t kindOf(const UnknownOption& option) {
    return option.kind;
}
template <class Option>
std::uint8_t kindOf(const Option& /*option*/) {
    return static_cast<std::uint8_t>(Option::kKind);
}

FieldInfo infoOf(const EndOfList&) {
    return {.name = {"End of the list", "选项表结束"},
            .meaning = {"No option follows.", "后面没有选项了。"}};
}
FieldInfo infoOf(const NoOperation&) {
    return {.name = {"No operation", "无操作"},
            .meaning = {"Fills a place, to align what follows.", "填充，用于对齐后面的选项。"}};
}
FieldInfo infoOf(const MaximumSegmentSize&) {
    return {.name = {"Maximum segment size", "最大报文段长度 MSS"},
            .meaning = {"Only in a SYN.", "只在 SYN 中出现。"}};
}
FieldInfo infoOf(const WindowScale&) {
    return {.name = {"Window scale", "窗口扩大选项"},
            .meaning = {"Only in a SYN.", "只在 SYN 中出现。"}};
}
FieldInfo infoOf(const SackPermitted&) {
    return {.name = {"SACK permitted", "允许选择确认 SACK"},
            .meaning = {"Only in a SYN: the sender understands selective acknowledgements.",
                        "只在 SYN 中出现：发送方支持选择确认。"}};
}
FieldInfo infoOf(const Sack&) {
    return {.name = {"Selective acknowledgement", "选择确认 SACK"},
            .meaning = {"Data that arrived beyond a gap.", "缺口之后已收到的数据。"}};
}
FieldInfo infoOf(const Timestamps&) {
    return {.name = {"Timestamps", "时间戳选项"},
            .meaning = {"For measuring the round-trip time and rejecting old segments.",
                        "用于测量往返时间和丢弃旧报文段。"}};
}
FieldInfo infoOf(const UnknownOption&) {
    return {.name = {"Other option", "其他选项"},
            .meaning = {"Not dissected, or its length does not fit its kind.",
                        "不作解析的选项，或长度与类型不符的选项。"}};
}

/// A field that stands for the octets as a whole.
Field fieldOf(Octets octets, std::size_t offset, const FieldInfo& info) {
    return {.name = info.name,
            .meaning = info.meaning,
            .offset = offset,
            .length = octets.size(),
            .bits = 8 * octets.size()};
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
    if (broken_ || ended_ || offset_ == octets_.size()) return {};
    const Octets rest = octets_.subspan(offset_);
    const std::size_t length = optionLength(rest);
    broken_ = length == 0;
    if (broken_) return {};
    offset_ += length;
    const TcpOption option = readOption(rest.first(length));
    ended_ = std::holds_alternative<EndOfList>(option);
    return option;
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
                Field& field = fields.emplace_back(fieldOf(whole, offset + from, infoOf(value)));
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
    fields.push_back(fieldOf(octets.subspan(from), offset + from, unread));
    fields.back().value = hex(octets.subspan(from));
}

}  // namespace tcplab::wire
