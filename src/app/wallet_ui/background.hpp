// A thread that does something again and again until it is to stop.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace dusk::app::ui {

class Background {
  public:
    // `step` does one thing and says how long to wait before the next one, at most: `wake` ends the waiting.
    using Step = std::function<std::chrono::milliseconds()>;
    explicit Background(Step step) : step_(std::move(step)), thread_([this] { run(); }) {}
    Background(const Background&) = delete;
    Background& operator=(const Background&) = delete;
    ~Background() {
        ask_to_stop();
        thread_.join();
    }

    void wake() {
        const std::scoped_lock lock(mutex_);
        is_awake_ = true;
        changed_.notify_all();
    }
    void ask_to_stop() {
        const std::scoped_lock lock(mutex_);
        is_stopping_ = true;
        changed_.notify_all();
    }
    // Whether it has stopped within this time.
    [[nodiscard]] bool wait(std::chrono::milliseconds patience) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, patience, [this] { return has_stopped_; });
    }

  private:
    void run() {
        std::unique_lock lock(mutex_);
        while (!is_stopping_) {
            is_awake_ = false;
            lock.unlock();
            const auto pause = step_();
            lock.lock();
            changed_.wait_for(lock, pause, [this] { return is_stopping_ || is_awake_; });
        }
        has_stopped_ = true;
        changed_.notify_all();
    }

    Step step_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool is_stopping_ = false;
    bool is_awake_ = false;
    bool has_stopped_ = false;
    std::thread thread_;  // the last one: it uses the others
};

}  // namespace dusk::app::ui
