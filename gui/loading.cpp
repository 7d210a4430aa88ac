#include "gui/loading.h"

#include <utility>

namespace tcplab::gui {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kFirstPackets = 500;  ///< After so many there is something to look at.
constexpr std::uint64_t kLook = 512;  ///< How many packets go by between looks at the clock.
constexpr std::chrono::milliseconds kBetweenNews{60};

}  // namespace

/// The frames of a file until somebody wants no more. Between them it is time to tell.
class Loading::Source final : public capture::FrameSource {
public:
    Source(FrameSource& frames, Loading& loading, capture::Indexer& indexer)
        : frames_{frames}, loading_{loading}, indexer_{indexer} {}

    Expected<std::optional<capture::Frame>, Error> next() override {
        if (loading_.stopped_) return std::optional<capture::Frame>{};
        tellInTime();
        auto frame = frames_.next();
        if (frame && *frame) {
            packets_ += 1;
            octets_ = (*frame)->offset;
        }
        return frame;
    }

    [[nodiscard]] std::string stopInChinese() const override { return frames_.stopInChinese(); }

    [[nodiscard]] News news() { return {indexer_.take(), packets_, octets_, {}}; }

private:
    void tellInTime() {
        if (packets_ % kLook != 0 && packets_ != kFirstPackets) return;
        const auto now = Clock::now();
        if (packets_ != kFirstPackets && now - told_ < kBetweenNews) return;
        told_ = now;
        if (packets_ > 0) loading_.hand(news());
    }

    FrameSource& frames_;
    Loading& loading_;
    capture::Indexer& indexer_;
    std::uint64_t packets_ = 0;
    std::uint64_t octets_ = 0;
    Clock::time_point told_ = Clock::now();
};

Loading::Loading(std::unique_ptr<capture::FrameSource> frames, std::function<void()> told)
    : told_{std::move(told)}, thread_{[this, source = std::move(frames)] { run(*source); }} {}

Loading::~Loading() {
    stop();
    thread_.join();
}

void Loading::run(capture::FrameSource& frames) {
    capture::Indexer indexer;
    Source source{frames, *this, indexer};
    const capture::Summary summary = capture::analyze(source, indexer);
    News last = source.news();
    last.ended = summary;
    hand(std::move(last));
}

void Loading::hand(News news) {
    {
        const std::scoped_lock lock(mutex_);
        news_.push_back(std::move(news));
    }
    arrived_.notify_one();
    told_();
}

Loading::News Loading::take() {
    const std::scoped_lock lock(mutex_);
    if (news_.empty()) return {};
    News first = std::move(news_.front());
    news_.pop_front();
    return first;
}

bool Loading::wait(std::chrono::milliseconds longest) {
    std::unique_lock lock(mutex_);
    return arrived_.wait_for(lock, longest, [this] { return !news_.empty(); });
}

}  // namespace tcplab::gui
