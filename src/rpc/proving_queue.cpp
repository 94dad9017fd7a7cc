#include "rpc/proving_queue.hpp"

#include <chrono>
#include <utility>

#include "node/thread_pool.hpp"

namespace dusk::rpc {

ProvingQueue::ProvingQueue(Options options, Prove prove, MetricsRegistry& metrics, Logger logger)
    : options_(options),
      prove_(std::move(prove)),
      logger_(std::move(logger)),
      waiting_gauge_(metrics.gauge("dusk_prover_waiting", "Requests that wait for a worker")),
      running_gauge_(metrics.gauge("dusk_prover_running", "Proofs being made")),
      proved_(metrics.counter("dusk_prover_requests_total", "Requests by outcome", {{"outcome", "proved"}})),
      refused_(metrics.counter("dusk_prover_requests_total", "Requests by outcome", {{"outcome", "refused"}})),
      failed_(metrics.counter("dusk_prover_requests_total", "Requests by outcome", {{"outcome", "failed"}})),
      turned_away_(metrics.counter("dusk_prover_requests_total", "Requests by outcome", {{"outcome", "queue_full"}})),
      seconds_(metrics.histogram("dusk_prover_seconds", "Wall clock time of a proof, without waiting",
                                 {0.5, 1, 2, 4, 8, 16, 32, 64})) {
    try {
        for (unsigned i = 0; i < options_.workers; ++i) workers_.emplace_back([this] { work(); });
    } catch (...) {  // too many threads for the system
        end_workers();
        throw;
    }
}

ProvingQueue::~ProvingQueue() { end_workers(); }

void ProvingQueue::end_workers() {
    stop();
    for (std::thread& worker : workers_) worker.join();
}

bool ProvingQueue::submit(SecretBytes request, std::string trace, Done done) {
    const std::scoped_lock lock(mutex_);
    if (stopping_ || jobs_.size() >= options_.capacity) {
        turned_away_.add();
        return false;
    }
    jobs_.push_back({.request = std::move(request), .trace = std::move(trace), .done = std::move(done)});
    waiting_gauge_.set(static_cast<std::int64_t>(jobs_.size()));
    wake_.notify_one();
    return true;
}

void ProvingQueue::stop() {
    std::deque<Job> left;
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
        left.swap(jobs_);
        waiting_gauge_.set(0);
    }
    wake_.notify_all();
    for (const Job& job : left)
        answer(job, fail(ProvingError{.kind = ProvingFailure::stopped, .message = "the prover is shutting down"}));
}

ProvingResult ProvingQueue::prove(const Job& job, Executor& executor) const {
    std::string reason;
    try {
        return prove_(job.request.reveal(), job.trace, executor);
    } catch (const std::exception& exception) {
        reason = exception.what();
    } catch (...) {
        reason = "an exception of no known type";
    }
    report("a proof was given up; the worker goes on", reason);
    return fail(ProvingError{.kind = ProvingFailure::internal, .message = std::move(reason)});
}

// Whoever waits may be gone, or there may be no memory to tell them: that is theirs, and not the worker's end.
void ProvingQueue::answer(const Job& job, ProvingResult result) const {
    try {
        job.done(std::move(result));
    } catch (const std::exception& exception) {
        report("a proof cannot be handed over", exception.what());
    }
}

void ProvingQueue::report(std::string_view what, std::string_view reason) const noexcept {
    try {
        logger_.error(what, {{"reason", reason}});
    } catch (const std::exception&) {
        return;  // there is nobody left to tell
    }
}

std::size_t ProvingQueue::waiting() const {
    const std::scoped_lock lock(mutex_);
    return jobs_.size();
}

std::size_t ProvingQueue::running() const {
    const std::scoped_lock lock(mutex_);
    return running_;
}

void ProvingQueue::work() {
    node::ThreadPool pool(options_.threads_per_worker);
    std::unique_lock lock(mutex_);
    while (true) {
        wake_.wait(lock, [&] { return stopping_ || !jobs_.empty(); });
        if (jobs_.empty()) return;
        Job job = std::move(jobs_.front());
        jobs_.pop_front();
        waiting_gauge_.set(static_cast<std::int64_t>(jobs_.size()));
        running_gauge_.set(static_cast<std::int64_t>(++running_));
        lock.unlock();

        const auto start = std::chrono::steady_clock::now();
        ProvingResult result = prove(job, pool);
        job.request.clear();
        if (result) {
            proved_.add();
            seconds_.observe(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        } else {
            (result.error().kind == ProvingFailure::internal ? failed_ : refused_).add();
        }
        answer(job, std::move(result));

        lock.lock();
        running_gauge_.set(static_cast<std::int64_t>(--running_));
    }
}

}  // namespace dusk::rpc
