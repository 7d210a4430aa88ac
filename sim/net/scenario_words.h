#pragma once

#include "sim/net/scenario.h"
#include "sim/net/toml_reader.h"

#include <array>
#include <string_view>

// The keys and words of scenario files. Private to the scenario parser.
namespace tcplab::net {

inline constexpr std::array kCallWords{
    Word<CallKind>{"listen", CallKind::Listen},
    Word<CallKind>{"accept", CallKind::Accept},
    Word<CallKind>{"connect", CallKind::Connect},
    Word<CallKind>{"send", CallKind::Send},
    Word<CallKind>{"recv", CallKind::Recv},
    Word<CallKind>{"shutdown", CallKind::Shutdown},
    Word<CallKind>{"close", CallKind::Close},
    Word<CallKind>{"abort", CallKind::Abort},
    Word<CallKind>{"setsockopt", CallKind::SetOption},
};
inline constexpr auto kOptionWords = [] {
    std::array<Word<SocketOption>, kSocketOptions.size()> words{};
    for (std::size_t i = 0; i < words.size(); ++i)
        words[i] = {kSocketOptions[i].name, kSocketOptions[i].option};
    return words;
}();
inline constexpr std::array kMatchWords{
    Word<Fault::Match>{"any", Fault::Match::Any},
    Word<Fault::Match>{"SYN", Fault::Match::Syn},
    Word<Fault::Match>{"SYN-ACK", Fault::Match::SynAck},
    Word<Fault::Match>{"ACK", Fault::Match::Ack},
    Word<Fault::Match>{"data", Fault::Match::Data},
    Word<Fault::Match>{"FIN", Fault::Match::Fin},
    Word<Fault::Match>{"RST", Fault::Match::Rst},
};
inline constexpr std::array kSideWords{Word<Side>{"client", Side::Client},
                                       Word<Side>{"server", Side::Server}};

inline constexpr std::array kProfileWords{
    Word<tcp::Profile>{"rfc9293", tcp::Profile::Rfc9293},
    Word<tcp::Profile>{"textbook", tcp::Profile::Textbook},
    Word<tcp::Profile>{"linux", tcp::Profile::Linux},
    Word<tcp::Profile>{"freebsd", tcp::Profile::FreeBsd},
};
inline constexpr std::array kCongestionWords{
    Word<tcp::Config::CongestionControl>{"none", tcp::Config::CongestionControl::None},
    Word<tcp::Config::CongestionControl>{"new-reno", tcp::Config::CongestionControl::NewReno},
    Word<tcp::Config::CongestionControl>{"cubic", tcp::Config::CongestionControl::Cubic},
};
inline constexpr std::array kTopicWords{
    Word<Topic>{"opening", Topic::Opening},
    Word<Topic>{"data", Topic::Data},
    Word<Topic>{"loss", Topic::Loss},
    Word<Topic>{"closing", Topic::Closing},
    Word<Topic>{"messages", Topic::Messages},
};
inline constexpr std::array kFaultWords{
    Word<Fault::Kind>{"drop", Fault::Kind::Drop},
    Word<Fault::Kind>{"delay", Fault::Kind::Delay},
    Word<Fault::Kind>{"duplicate", Fault::Kind::Duplicate},
    Word<Fault::Kind>{"corrupt", Fault::Kind::Corrupt},
};

inline constexpr auto kTopKeys = std::to_array<std::string_view>({"topic",
                                                                  "order",
                                                                  "title",
                                                                  "notes",
                                                                  "opens_at",
                                                                  "until",
                                                                  "framing",
                                                                  "link",
                                                                  "client",
                                                                  "server",
                                                                  "questions",
                                                                  "expect"});
inline constexpr auto kDirectionKeys = std::to_array<std::string_view>({"delay",
                                                                        "jitter",
                                                                        "rate",
                                                                        "queue",
                                                                        "mtu",
                                                                        "loss",
                                                                        "duplication",
                                                                        "corruption",
                                                                        "reordering",
                                                                        "reordering_delay"});
inline constexpr auto kLinkKeys = std::to_array<std::string_view>({"delay",
                                                                   "jitter",
                                                                   "rate",
                                                                   "queue",
                                                                   "mtu",
                                                                   "loss",
                                                                   "duplication",
                                                                   "corruption",
                                                                   "reordering",
                                                                   "reordering_delay",
                                                                   "from_client",
                                                                   "from_server",
                                                                   "faults"});
inline constexpr auto kFaultKeys =
    std::to_array<std::string_view>({"drop", "delay", "duplicate", "corrupt", "by", "from", "nth"});
inline constexpr auto kHostKeys = std::to_array<std::string_view>({"address",
                                                                   "port",
                                                                   "profile",
                                                                   "iss",
                                                                   "mss",
                                                                   "receive_buffer",
                                                                   "msl",
                                                                   "delayed_ack",
                                                                   "nagle",
                                                                   "cork",
                                                                   "congestion_control",
                                                                   "initial_window",
                                                                   "window_scale",
                                                                   "timestamps",
                                                                   "sack",
                                                                   "keep_alive",
                                                                   "program"});
inline constexpr auto kCallKeys = std::to_array<std::string_view>({"call",
                                                                   "text",
                                                                   "size",
                                                                   "message",
                                                                   "count",
                                                                   "until",
                                                                   "option",
                                                                   "value",
                                                                   "times",
                                                                   "after",
                                                                   "at",
                                                                   "delay"});
inline constexpr auto kQuestionKeys =
    std::to_array<std::string_view>({"ask", "answer", "at", "predict", "reach"});
inline constexpr auto kExpectKeys =
    std::to_array<std::string_view>({"host", "ends_in", "visits", "lost", "retransmissions"});

}  // namespace tcplab::net
