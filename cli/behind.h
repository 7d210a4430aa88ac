#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace tcplab::cli {

/// Does something with each of many values on a thread of its own, in their order, while whoever
/// hands them over goes on. Of few values it is done without a thread, at the end.
template <class T>
class Behind {
public:
    /// `take` is called by one thread at a time.
    explicit Behind(std::function<void(const T&)> take) : take_{std::move(take)} {
        gathering_.reserve(kBatch);
    }
    Behind(const Behind&) = delete;
    Behind& operator=(const Behind&) = delete;
    ~Behind() { finish(); }

    /// Waits only while the thread is two batches behind.
    void push(T value) {
        gathering_.push_back(std::move(value));
        if (gathering_.size() == kBatch) handOver();
    }

    /// Waits until all that was pushed has been taken.
    void finish() {
        if (thread_) {
            {
                const std::lock_guard lock{mutex_};
                ending_ = true;
            }
            changed_.notify_all();
            thread_->join();
            thread_.reset();
            ending_ = false;
        }
        for (const T& value : gathering_) take_(value);
        gathering_.clear();
    }

private:
    static constexpr std::size_t kBatch = 64;

    void handOver() {
        if (!thread_) thread_.emplace([this] { run(); });
        {
            std::unique_lock lock{mutex_};
            changed_.wait(lock, [this] { return handed_.empty(); });
            std::swap(gathering_, handed_);
        }
        changed_.notify_all();
        gathering_.reserve(kBatch);
    }

    void run() {
        std::vector<T> taken;
        for (;;) {
            {
                std::unique_lock lock{mutex_};
                changed_.wait(lock, [this] { return !handed_.empty() || ending_; });
                if (handed_.empty()) return;
                std::swap(taken, handed_);
            }
            changed_.notify_all();
            for (const T& value : taken) take_(value);
            taken.clear();
        }
    }

    std::function<void(const T&)> take_;
    std::vector<T> gathering_{};
    std::mutex mutex_{};
    std::condition_variable changed_{};
    std::vector<T> handed_{};  ///< Guarded, as is
    bool ending_ = false;      ///< Nothing more comes.
    std::optional<std::thread> thread_{};
};

}  // namespace tcplab::cli
