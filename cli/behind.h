#pragma once

#include <concepts>
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
    explicit Behind(std::function<void(const T&)> take) : take_{std::move(take)} {}
    Behind(const Behind&) = delete;
    Behind& operator=(const Behind&) = delete;
    ~Behind() { finish(); }

    /// Waits only while the thread is two batches behind.
    void push(const T& value) {
        push([&](T& place) { place = value; });
    }
    /// The same, where `assign` writes the value into its place: some other value is there, whose
    /// memory can serve again.
    template <std::invocable<T&> Assign>
    void push(const Assign& assign) {
        assign(gathering_.next());
        if (gathering_.size == kBatch) handOver();
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
        take(gathering_);
    }

private:
    static constexpr std::size_t kBatch = 256;

    /// Keeps what it has had, so that the next value finds its memory there.
    struct Batch {
        std::vector<T> values{};
        std::size_t size = 0;  ///< So many of them are to be taken.

        T& next() {
            if (size == values.size()) values.emplace_back();
            return values[size++];
        }
    };

    void handOver() {
        if (!thread_) thread_.emplace([this] { run(); });
        {
            std::unique_lock lock{mutex_};
            changed_.wait(lock, [this] { return handed_.size == 0; });
            std::swap(gathering_, handed_);
        }
        changed_.notify_all();
    }

    void run() {
        Batch taken;
        for (;;) {
            {
                std::unique_lock lock{mutex_};
                changed_.wait(lock, [this] { return handed_.size > 0 || ending_; });
                if (handed_.size == 0) return;
                std::swap(taken, handed_);
            }
            changed_.notify_all();
            take(taken);
        }
    }

    void take(Batch& batch) {
        for (std::size_t n = 0; n < batch.size; ++n) take_(batch.values[n]);
        batch.size = 0;
    }

    std::function<void(const T&)> take_;
    Batch gathering_{};
    std::mutex mutex_{};
    std::condition_variable changed_{};
    Batch handed_{};       ///< Guarded, as is
    bool ending_ = false;  ///< Nothing more comes.
    std::optional<std::thread> thread_{};
};

}  // namespace tcplab::cli
