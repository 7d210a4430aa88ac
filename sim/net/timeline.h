#pragma once

#include "sim/net/world.h"

#include <cstddef>
#include <vector>

namespace tcplab::net {

/// A world with a past: checkpoints, and a journal of the choices taken. Going back restores the
/// checkpoint before the wanted position and takes the same choices again. The journal holds what
/// was chosen and no dice, so that the replay is the same run.
class Timeline {
public:
    /// At most `maxCheckpoints` worlds are kept: when there are more, every second one is forgotten
    /// and the distance between them doubles.
    explicit Timeline(World start, std::size_t stride = 16, std::size_t maxCheckpoints = 256);

    /// Takes a choice. In the past this begins another future: what came after is forgotten.
    [[nodiscard]] Outcome advance(const Choice& choice);
    /// Goes to any position from 0 to length().
    void seek(std::size_t position);

    [[nodiscard]] const World& world() const { return world_; }
    [[nodiscard]] std::size_t position() const { return position_; }
    [[nodiscard]] std::size_t length() const { return journal_.size(); }

private:
    std::size_t stride_;
    std::size_t maxCheckpoints_;
    std::vector<World> checkpoints_;  ///< The i-th is of position i * stride_.
    std::vector<Choice> journal_{};
    std::size_t position_ = 0;
    World world_;
};

}  // namespace tcplab::net
