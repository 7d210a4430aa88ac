#include "sim/net/timeline.h"

#include <algorithm>

namespace tcplab::net {

Timeline::Timeline(World start, std::size_t stride, std::size_t maxCheckpoints)
    : stride_{stride},
      maxCheckpoints_{std::max<std::size_t>(maxCheckpoints, 2)},
      checkpoints_{start},
      world_{std::move(start)} {
    TCPLAB_CHECK(stride > 0);
}

Outcome Timeline::advance(const Choice& choice) {
    journal_.resize(position_);
    checkpoints_.resize(std::min(checkpoints_.size(), position_ / stride_ + 1));
    journal_.push_back(choice);
    Outcome outcome = step(world_, choice);
    ++position_;
    if (position_ % stride_ == 0) checkpoints_.push_back(world_);
    if (checkpoints_.size() > maxCheckpoints_) {
        std::vector<World> kept;
        for (std::size_t i = 0; i < checkpoints_.size(); i += 2)
            kept.push_back(std::move(checkpoints_[i]));
        checkpoints_ = std::move(kept);
        stride_ *= 2;
    }
    return outcome;
}

void Timeline::seek(std::size_t position) {
    TCPLAB_CHECK(position <= journal_.size());
    const std::size_t checkpoint = position / stride_;
    TCPLAB_CHECK(checkpoint < checkpoints_.size());
    world_ = checkpoints_[checkpoint];
    for (position_ = checkpoint * stride_; position_ < position; ++position_)
        (void)step(world_, journal_[position_]);
}

}  // namespace tcplab::net
