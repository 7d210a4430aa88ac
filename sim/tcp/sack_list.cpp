#include "sim/tcp/sack_list.h"

#include <algorithm>

namespace tcplab::tcp {

void SackList::held(Seq from, Seq to) {
    std::erase_if(blocks_, [&](const Block& block) {
        if (block.to < from || to < block.from) return false;
        if (block.from < from) from = block.from;
        if (to < block.to) to = block.to;
        return true;
    });
    blocks_.insert(blocks_.begin(), Block{from, to});
}

void SackList::inOrder(Seq next) {
    std::erase_if(blocks_, [next](const Block& block) { return block.to <= next; });
}

std::optional<wire::SackBlock> SackList::repeated(Seq from, Seq to, Seq next) const {
    if (from < next) return wire::SackBlock{from.raw(), to < next ? to.raw() : next.raw()};
    std::optional<Block> first;
    for (const Block& block : blocks_) {
        if (block.to <= from || to <= block.from) continue;
        const Block common{from < block.from ? block.from : from, to < block.to ? to : block.to};
        if (!first || common.from < first->from) first = common;
    }
    if (!first) return std::nullopt;
    return wire::SackBlock{first->from.raw(), first->to.raw()};
}

std::optional<wire::Sack> SackList::option(std::size_t most) const {
    wire::Sack sack;
    const auto add = [&](const wire::SackBlock& block) {
        if (sack.count < most) sack.blocks[sack.count++] = block;
    };
    if (once_) add(*once_);
    for (const Block& block : blocks_) add({block.from.raw(), block.to.raw()});
    return sack.count == 0 ? std::nullopt : std::optional{sack};
}

}  // namespace tcplab::tcp
