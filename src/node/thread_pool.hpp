// The threads of the process, as an `Executor`.
#pragma once

#include <atomic>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "base/executor.hpp"

namespace dusk::node {

// A fixed number of threads, as many as asked for or as the system grants; the caller of `parallel_for` works along.
// One `parallel_for` at a time per pool: a second caller waits. Not for nested use.
class ThreadPool final : public Executor {
  public:
    explicit ThreadPool(unsigned threads = std::thread::hardware_concurrency());
    ~ThreadPool() override;

    [[nodiscard]] unsigned concurrency() const override { return static_cast<unsigned>(workers_.size()) + 1; }
    void parallel_for(std::size_t count, const std::function<void(std::size_t)>& task) override;

  private:
    // One `parallel_for`. Workers hold it by shared pointer, so that a late one never touches the next batch.
    struct Batch {
        const std::function<void(std::size_t)>* task;
        std::size_t count;
        std::atomic<std::size_t> next{0};
        std::atomic<std::size_t> done{0};
        std::once_flag thrown;
        std::atomic<bool> failed{false};
        std::exception_ptr exception{};  // what `thrown` guards
    };
    void work();
    void drain(Batch& batch);

    std::mutex callers_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::condition_variable finished_;
    std::shared_ptr<Batch> batch_;
    std::size_t generation_ = 0;
    bool stop_ = false;
    std::vector<std::thread> workers_;
};

}  // namespace dusk::node
