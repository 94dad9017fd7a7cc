#include "node/thread_pool.hpp"

#include <system_error>

namespace dusk::node {

ThreadPool::ThreadPool(unsigned threads) {
    workers_.reserve(threads);
    for (unsigned i = 1; i < threads; ++i) {
        try {
            workers_.emplace_back([this] { work(); });
        } catch (const std::system_error&) {
            break;  // fewer do the same
        }
    }
}

ThreadPool::~ThreadPool() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    wake_.notify_all();
    for (std::thread& worker : workers_) worker.join();
}

void ThreadPool::parallel_for(std::size_t count, const std::function<void(std::size_t)>& task) {
    if (count == 0) return;
    const std::lock_guard one_at_a_time(callers_);
    const auto batch = std::make_shared<Batch>(&task, count);
    {
        const std::lock_guard lock(mutex_);
        batch_ = batch;
        ++generation_;
    }
    wake_.notify_all();
    drain(*batch);
    std::unique_lock lock(mutex_);
    finished_.wait(lock, [&] { return batch->done.load() == count; });
    batch_.reset();
    if (batch->failed) std::rethrow_exception(batch->exception);
}

void ThreadPool::drain(Batch& batch) {
    for (std::size_t i = batch.next++; i < batch.count; i = batch.next++) {
        try {
            if (!batch.failed) (*batch.task)(i);
        } catch (...) {
            std::call_once(batch.thrown, [&batch] { batch.exception = std::current_exception(); });
            batch.failed = true;
        }
        if (++batch.done == batch.count) {
            const std::lock_guard lock(mutex_);
            finished_.notify_all();
        }
    }
}

void ThreadPool::work() {
    std::size_t seen = 0;
    while (true) {
        std::shared_ptr<Batch> batch;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [&] { return stop_ || generation_ != seen; });
            if (stop_) return;
            seen = generation_;
            batch = batch_;
        }
        if (batch) drain(*batch);
    }
}

}  // namespace dusk::node
