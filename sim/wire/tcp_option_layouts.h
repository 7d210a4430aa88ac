#pragma once

#include "sim/wire/layout.h"
#include "sim/wire/tcp_options.h"

#include <array>
#include <type_traits>

// The layout of each TCP option's value, and what the option is called.
namespace tcplab::wire {

/// What stands before the value of every option but EndOfList and NoOperation.
struct OptionHead {
    std::uint8_t kind = 0;
    std::uint8_t length = 0;  ///< Kind and length included.
};
inline constexpr std::size_t kHeadOctets = 2;
inline constexpr std::size_t kSackBlockOctets = 8;

inline bool isSingleOctet(std::uint8_t kind) {
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
void layout(Io& io, Md5Signature& option) {
    io.octets(option.digest,
              16,
              {.name = {"Digest", "摘要"},
               .meaning = {"Of the segment and a key that both ends know.",
                           "由报文段和双方共享的密钥算出。"}});
}

template <class Io>
void layout(Io& io, UserTimeout& option) {
    io.bits(1,
            option.minutes,
            {.name = {"Granularity", "单位"},
             .meaning = {"0: seconds; 1: minutes.", "0：秒；1：分。"}});
    io.bits(15,
            option.timeout,
            {.name = {"Timeout", "超时"},
             .meaning = {"How long the sender lets data go without an acknowledgement.",
                         "发送方允许数据多久得不到确认。"}});
}

template <class Io>
void layout(Io& io, Authentication& option) {
    io.field(
        option.keyId,
        {.name = {"Key", "密钥标识"}, .meaning = {"Which key was used.", "使用的是哪个密钥。"}});
    io.field(option.nextKeyId,
             {.name = {"Next key", "下一个密钥标识"},
              .meaning = {"Which key the other end should use.", "希望对方使用哪个密钥。"}});
    io.rest(option.code,
            TcpOptions::kMaxOctets,
            {.name = {"Authentication code", "鉴别码"},
             .meaning = {"Of the segment and the key.", "由报文段和密钥算出。"}});
}

inline std::string_view multipathName(std::uint32_t subtype) {
    constexpr std::array<std::string_view, 9> kNames{"MP_CAPABLE",
                                                     "MP_JOIN",
                                                     "DSS",
                                                     "ADD_ADDR",
                                                     "REMOVE_ADDR",
                                                     "MP_PRIO",
                                                     "MP_FAIL",
                                                     "MP_FASTCLOSE",
                                                     "MP_TCPRST"};
    return subtype < kNames.size() ? kNames.at(subtype) : std::string_view{};
}

template <class Io>
void layout(Io& io, Multipath& option) {
    io.bits(4,
            option.subtype,
            {.name = {"Subtype", "子类型"},
             .meaning = {"What is told of the connection's paths.", "关于连接各条路径的何种信息。"},
             .nameOf = multipathName});
    io.bits(4,
            option.bits,
            {.name = {"Version or flags", "版本或标志"},
             .meaning = {"As the subtype has it.", "由子类型规定。"},
             .hex = true});
    io.rest(option.data,
            TcpOptions::kMaxOctets,
            {.name = {"Data", "数据"}, .meaning = {"Not dissected.", "不作解析。"}});
}

template <class Io>
void layout(Io& io, FastOpen& option) {
    io.rest(option.cookie,
            16,
            {.name = {"Cookie", "Cookie"},
             .meaning = {"The server's proof that it has seen this client before.",
                         "服务器发给客户的凭证，证明双方曾建立过连接。"}});
}

inline std::string_view experimentName(std::uint32_t identifier) {
    return identifier == 0xf989 ? "Fast Open" : std::string_view{};
}

template <class Io>
void layout(Io& io, Experiment& option) {
    io.field(option.identifier,
             {.name = {"Experiment identifier", "实验标识 ExID"},
              .meaning = {"Which experiment this is.", "是哪一个实验。"},
              .hex = true,
              .nameOf = experimentName});
    io.rest(option.data,
            TcpOptions::kMaxOctets,
            {.name = {"Data", "数据"}, .meaning = {"Not dissected.", "不作解析。"}});
}

template <class Io>
void layout(Io& io, UnknownOption& option) {
    io.octets(option.data,
              option.data.size(),
              {.name = {"Data", "数据"}, .meaning = {"Not dissected.", "不作解析。"}});
}

inline std::uint8_t kindOf(const UnknownOption& option) {
    return option.kind;
}
inline std::uint8_t kindOf(const Experiment& option) {
    return option.kind;
}
template <class Option>
std::uint8_t kindOf(const Option& /*option*/) {
    return static_cast<std::uint8_t>(Option::kKind);
}

inline FieldInfo infoOf(const EndOfList&) {
    return {.name = {"End of the list", "选项表结束"},
            .meaning = {"No option follows.", "后面没有选项了。"}};
}
inline FieldInfo infoOf(const NoOperation&) {
    return {.name = {"No operation", "无操作"},
            .meaning = {"Fills a place, to align what follows.", "填充，用于对齐后面的选项。"}};
}
inline FieldInfo infoOf(const MaximumSegmentSize&) {
    return {.name = {"Maximum segment size", "最大报文段长度 MSS"},
            .meaning = {"Only in a SYN.", "只在 SYN 中出现。"}};
}
inline FieldInfo infoOf(const WindowScale&) {
    return {.name = {"Window scale", "窗口扩大选项"},
            .meaning = {"Only in a SYN.", "只在 SYN 中出现。"}};
}
inline FieldInfo infoOf(const SackPermitted&) {
    return {.name = {"SACK permitted", "允许选择确认 SACK"},
            .meaning = {"Only in a SYN: the sender understands selective acknowledgements.",
                        "只在 SYN 中出现：发送方支持选择确认。"}};
}
inline FieldInfo infoOf(const Sack&) {
    return {.name = {"Selective acknowledgement", "选择确认 SACK"},
            .meaning = {"Data that arrived beyond a gap.", "缺口之后已收到的数据。"}};
}
inline FieldInfo infoOf(const Timestamps&) {
    return {.name = {"Timestamps", "时间戳选项"},
            .meaning = {"For measuring the round-trip time and rejecting old segments.",
                        "用于测量往返时间和丢弃旧报文段。"}};
}
inline FieldInfo infoOf(const Md5Signature&) {
    return {.name = {"MD5 signature", "MD5 签名"},
            .meaning = {"Proves who sent the segment; replaced by the authentication option.",
                        "证明报文段的来源；已由鉴别选项取代。"}};
}
inline FieldInfo infoOf(const UserTimeout&) {
    return {.name = {"User timeout", "用户超时选项"},
            .meaning = {"How long the sender waits before it gives the connection up.",
                        "发送方放弃连接之前等待多久。"}};
}
inline FieldInfo infoOf(const Authentication&) {
    return {.name = {"Authentication (TCP-AO)", "鉴别选项 TCP-AO"},
            .meaning = {"Proves who sent the segment.", "证明报文段的来源。"}};
}
inline FieldInfo infoOf(const Multipath&) {
    return {.name = {"Multipath TCP", "多路径 TCP"},
            .meaning = {"For one connection over several paths.", "让一个连接使用多条路径。"}};
}
inline FieldInfo infoOf(const FastOpen&) {
    return {.name = {"Fast Open", "快速打开 TFO"},
            .meaning = {"Only in a SYN: data may come with it.",
                        "只在 SYN 中出现：SYN 可以携带数据。"}};
}
inline FieldInfo infoOf(const Experiment&) {
    return {.name = {"Experiment", "实验选项"},
            .meaning = {"Of a protocol that is being tried.", "用于试验中的协议。"}};
}
inline FieldInfo infoOf(const UnknownOption&) {
    return {.name = {"Other option", "其他选项"},
            .meaning = {"Not dissected, or its length does not fit its kind.",
                        "不作解析的选项，或长度与类型不符的选项。"}};
}

}  // namespace tcplab::wire
