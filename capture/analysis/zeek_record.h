#pragma once

#include "sim/base/side.h"
#include "sim/wire/tcp.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tcplab::capture {

/// A flow in Zeek's vocabulary: its conn_state and history, as Zeek 7 has them in conn.log. The
/// client is Zeek's originator. A value of fixed size.
///
/// Zeek ends flows by timers of its own and drops packets with a wrong checksum; here a flow is
/// what it is elsewhere, and a packet counts unless `look` is told that its checksum is wrong.
class ZeekRecord {
public:
    struct Remarks {
        bool checksumWrong = false;
        bool repeats = false;     ///< Its octets were seen before.
        bool acksUnseen = false;  ///< It acknowledges octets that were not seen.
    };

    /// Takes the packets of the flow, one after the other.
    void look(const wire::TcpHeader& header, std::size_t length, Side from, Remarks remarks);

    /// "SF". Valid while this lives.
    [[nodiscard]] std::string_view connState() const;
    /// "ShADadFf"; upper case is the originator's. What came after the first 64 letters is left
    /// out.
    [[nodiscard]] std::string_view history() const { return {history_.data(), size_}; }

private:
    enum class State : std::uint8_t { Inactive, Partial, SynSent, Established, Closed, Reset };
    /// What is told on the 1st, 10th, 100th time.
    enum class Counted : std::uint8_t { Checksum, Gap, Repetition, ZeroWindow };
    static constexpr std::size_t kMostLetters = 64;

    struct End {
        State state = State::Inactive;
        bool data = false;
        std::uint32_t once = 0;  ///< Letters that are told once, as bits.
        std::array<std::uint32_t, 4> counts{};
        std::optional<std::uint32_t> syn{}, synAck{}, fin{}, rst{};  ///< Told with this number.
    };

    void change(const Flags& flags, Side from);
    void tell(char letter, Side from);
    void tellOnce(char letter, Side from);
    void tellOften(Counted what, char letter, Side from);
    void tellOfNumber(char letter, Side from, std::optional<std::uint32_t> End::*told, Seq seq);
    [[nodiscard]] bool onlySynThenReset() const;

    PerSide<End> ends_{};
    std::array<char, kMostLetters> history_{};
    std::uint8_t size_ = 0;
};

}  // namespace tcplab::capture
