#include "sim/framing/framing.h"

#include <string>
#include <string_view>

namespace tcplab::framing {
namespace {

using Kind = FramingError::Kind;

// {0} is the offset, {1} the value, {2} the limit.
Text sentenceOf(const FramingError& error) {
    switch (error.kind) {
        case Kind::TooLong:
            if (error.value == 0)
                return {"offset {0}: the message here is longer than the maximum of {2} octets",
                        "偏移 {0}：此处的消息超过最大长度 {2} 字节"};
            return {
                "offset {0}: the message here would have {1} octets, more than the maximum of "
                "{2}",
                "偏移 {0}：此处的消息应有 {1} 字节，超过最大长度 {2} 字节"};
        case Kind::LengthNegative:
            return {"offset {0}: the length field holds a negative number",
                    "偏移 {0}：长度字段是负数"};
        case Kind::LengthTooShort:
            return {
                "offset {0}: the length field holds {1}, and the frame would end before it "
                "does",
                "偏移 {0}：长度字段为 {1}，这一帧会在长度字段之前结束"};
        case Kind::StripTooLong:
            return {
                "offset {0}: the length field holds {1}, and more octets are to be stripped "
                "than the frame has",
                "偏移 {0}：长度字段为 {1}，要剥去的字节比整个帧还多"};
        case Kind::VarintTooLong:
            return {"offset {0}: the varint does not end within 32 bits",
                    "偏移 {0}：变长整数超过 32 位"};
        case Kind::NotJson:
            return {"offset {0}: this octet cannot stand here in JSON",
                    "偏移 {0}：JSON 中此处不能有这个字节"};
        case Kind::HeaderWithoutSize:
            return {"offset {0}: the JSON header does not name the size of the body",
                    "偏移 {0}：JSON 头部没有写明正文的长度"};
        case Kind::NotTls:
            return {"offset {0}: no TLS record begins like this", "偏移 {0}：TLS 记录不会这样开头"};
        case Kind::NotHttp:
            return {"offset {0}: no HTTP/1.1 start line or header field looks like this",
                    "偏移 {0}：这不是 HTTP/1.1 的起始行或首部字段"};
        case Kind::NotResp:
            return {"offset {0}: no value of RESP looks like this",
                    "偏移 {0}：RESP 的值不会是这个样子"};
        case Kind::NotBer:
            return {"offset {0}: no BER element with a definite length begins like this",
                    "偏移 {0}：定长形式的 BER 元素不会这样开头"};
        case Kind::NotWebSocket:
            return {"offset {0}: no WebSocket frame begins like this",
                    "偏移 {0}：WebSocket 帧不会这样开头"};
        case Kind::BadContentLength:
            return {"offset {0}: the Content-Length is no number, or there are two that differ",
                    "偏移 {0}：Content-Length 不是数字，或者有两个不同的值"};
        case Kind::BadChunk:
            return {"offset {0}: the size or the end of a chunk is wrong",
                    "偏移 {0}：分块的长度或结尾不对"};
        case Kind::Incomplete:
            return {"offset {0}: the stream ends within a message, {1} octets after its beginning",
                    "偏移 {0}：字节流在一条消息的中间结束，这条消息只到了 {1} 字节"};
        case Kind::DelimiterInside:
            return {"offset {0}: the message has a delimiter inside, and would be cut there",
                    "偏移 {0}：消息内部含有分隔符，会在此处被切开"};
        case Kind::WrongSize:
            return {"the message has {1} octets, and this framing takes {2}",
                    "消息有 {1} 字节，而这种成帧方式要求 {2} 字节"};
        case Kind::DoesNotFit:
            return {"the length field cannot hold the length of a message of {1} octets",
                    "长度字段放不下 {1} 字节消息的长度"};
    }
    TCPLAB_UNREACHABLE();
}

void replace(std::string& text, std::string_view what, std::uint64_t value) {
    if (const auto at = text.find(what); at != text.npos)
        text.replace(at, what.size(), std::to_string(value));
}

}  // namespace

std::string describe(const FramingError& error, Language language) {
    std::string text{sentenceOf(error).in(language)};
    replace(text, "{0}", error.offset);
    replace(text, "{1}", error.value);
    replace(text, "{2}", error.limit);
    return text;
}

}  // namespace tcplab::framing
