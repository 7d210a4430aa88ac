#pragma once

#include "sim/base/bytes.h"
#include "sim/wire/seq.h"

#include <cstddef>
#include <vector>

namespace tcplab::tcp {

/// Octets that arrived ahead of RCV.NXT, held until the gap before them is filled (RFC 9293
/// 3.10.7.4, SHLD-31). All lie within the receive window, which bounds them. Where octets arrive
/// twice, those that came first stay.
class Reassembly {
public:
    /// Holds `octets`, which start at `seq`, at or beyond `next` (RCV.NXT).
    void hold(Seq next, Seq seq, const Bytes& octets);
    /// Takes out what starts at `next`; empty where a gap is still there.
    [[nodiscard]] Bytes take(Seq next);
    [[nodiscard]] bool empty() const { return blocks_.empty(); }
    [[nodiscard]] std::size_t size() const;
    void clear() { blocks_.clear(); }

    friend bool operator==(const Reassembly&, const Reassembly&) = default;

private:
    struct Block {
        Seq seq{};
        Bytes octets{};
        [[nodiscard]] Seq end() const { return seq + static_cast<std::uint32_t>(octets.size()); }
        friend bool operator==(const Block&, const Block&) = default;
    };
    std::vector<Block> blocks_{};  ///< In order of distance from RCV.NXT, none overlapping.
};

}  // namespace tcplab::tcp
