#pragma once

#include "sim/wire/seq.h"
#include "sim/wire/tcp_options.h"

#include <optional>
#include <vector>

namespace tcplab::tcp {

/// What the receiver of octets reports in SACK options: the blocks that it holds beyond RCV.NXT,
/// the one that was added to last first (RFC 2018 4), and octets that came again (RFC 2883 4).
class SackList {
public:
    /// Octets from `from` to before `to` have come and are held.
    void held(Seq from, Seq to);
    /// Everything before `next` is in order now.
    void inOrder(Seq next);
    /// The first run of octets from `from` to before `to` that is here already, `next` being
    /// RCV.NXT.
    [[nodiscard]] std::optional<wire::SackBlock> repeated(Seq from, Seq to, Seq next) const;
    /// The next option begins with this block, and no later one.
    void reportOnce(std::optional<wire::SackBlock> block) { once_ = block; }
    [[nodiscard]] bool reportsRepeated() const { return once_.has_value(); }

    /// The option with at most `most` blocks; empty where there is nothing to report.
    [[nodiscard]] std::optional<wire::Sack> option(std::size_t most) const;
    [[nodiscard]] std::size_t size() const { return blocks_.size() + (once_ ? 1 : 0); }

    friend bool operator==(const SackList&, const SackList&) = default;

private:
    struct Block {
        Seq from{};
        Seq to{};
        friend bool operator==(const Block&, const Block&) = default;
    };
    std::vector<Block> blocks_{};  ///< None touches another.
    std::optional<wire::SackBlock> once_{};
};

}  // namespace tcplab::tcp
