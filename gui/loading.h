#pragma once

#include "capture/index.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace tcplab::gui {

/// Reads a capture on a thread of its own, and hands over what it found a piece at a time.
class Loading {
public:
    /// What has been read since take() was called before.
    struct News {
        capture::IndexPart part{};
        std::uint64_t packets = 0;  ///< All that were read so far, of any protocol,
        std::uint64_t octets = 0;   ///< and how far in the file that was.
        std::optional<capture::Summary> ended{};
    };

    /// Calls `told` from its thread when there is news after there was none.
    Loading(std::unique_ptr<capture::FrameSource> frames, std::function<void()> told);
    Loading(const Loading&) = delete;
    Loading& operator=(const Loading&) = delete;
    /// Reads no further.
    ~Loading();

    /// Ends soon, as if the file ended here.
    void stop() { stopped_ = true; }
    [[nodiscard]] bool stopped() const { return stopped_; }

    [[nodiscard]] News take();
    /// Until there is news or the time is over. False in the latter case.
    bool wait(std::chrono::milliseconds longest);

private:
    class Source;
    class Teller;
    void run(capture::FrameSource& frames);
    void hand(News news);

    std::function<void()> told_;
    std::atomic<bool> stopped_ = false;
    std::mutex mutex_{};
    std::condition_variable arrived_{};
    std::deque<News> news_{};
    std::thread thread_;  ///< Last, so that it finds all else in place.
};

}  // namespace tcplab::gui
