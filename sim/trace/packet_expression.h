#pragma once

#include "sim/base/error.h"
#include "sim/base/expected.h"
#include "sim/base/side.h"
#include "sim/base/text.h"
#include "sim/tcp/state.h"
#include "sim/trace/record.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tcplab {

/// A question about one packet, as a person writes it: "syn && from client", "len > 0 and not psh",
/// "client == FIN-WAIT-1". docs/stepping.md has the language.
class PacketExpression {
public:
    enum class Flag : std::uint8_t { Fin, Syn, Rst, Psh, Ack, Urg, Ece, Cwr };
    enum class Property : std::uint8_t { Data, Retransmission, Lost };
    enum class Field : std::uint8_t { Number, Seq, Ack, SeqRaw, AckRaw, Len, Window };
    enum class Order : std::uint8_t { Equal, NotEqual, Less, AtMost, Greater, AtLeast };

    struct From {
        Side side{};
        friend bool operator==(const From&, const From&) = default;
    };
    struct Comparison {
        Field field{};
        Order order{};
        std::int64_t number = 0;
        friend bool operator==(const Comparison&, const Comparison&) = default;
    };
    struct InState {
        Side side{};
        tcp::State state{};
        friend bool operator==(const InState&, const InState&) = default;
    };
    enum class Operator : std::uint8_t { Not, And, Or };
    using Step = std::variant<Flag, Property, From, Comparison, InState, Operator>;

    /// Of the field that is compared a packet without ACK has no `ack`: no comparison holds then.
    [[nodiscard]] bool matches(const Packet& packet) const;
    /// As it was written.
    [[nodiscard]] const std::string& text() const { return text_; }

    friend bool operator==(const PacketExpression&, const PacketExpression&) = default;

private:
    friend class PacketExpressionParser;
    PacketExpression(std::string text, std::vector<Step> steps)
        : text_{std::move(text)}, steps_{std::move(steps)} {}

    std::string text_;
    std::vector<Step> steps_;  ///< In postfix order.
};

/// Error::Code::Usage with the column (1-based), what is wrong there, and the nearest right word,
/// in a language. What Wireshark calls the same is understood; what it asks of connections, or has
/// found out, is answered with where that is to be had.
[[nodiscard]] Expected<PacketExpression, Error> parsePacketExpression(
    std::string_view text, Language language = Language::English);

/// Every word that may stand in an expression beside the names of states; for completion.
[[nodiscard]] std::vector<std::string_view> packetExpressionWords();

}  // namespace tcplab
