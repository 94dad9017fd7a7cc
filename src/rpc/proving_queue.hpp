// Proofs wait here for a worker: bounded, first come first served.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/executor.hpp"
#include "base/log.hpp"
#include "base/metrics.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

namespace dusk::rpc {

enum class ProvingFailure : std::uint8_t {
    malformed,  // the request is not one
    false_statement,
    not_ready,  // the keys of this circuit are still being made
    stopped,    // the process ends
    internal,
};
struct ProvingError {
    ProvingFailure kind;
    std::string message;  // one sentence
};
using ProvingResult = Result<Bytes, ProvingError>;

class ProvingQueue {
  public:
    struct Options {
        unsigned workers = 1;             // proofs at once
        unsigned threads_per_worker = 1;  // threads for one proof
        std::size_t capacity = 64;        // requests that may wait
    };
    // Called from a worker's thread, from several at once. `trace` is what the client sent as `traceparent`, empty
    // where it sent none. An exception fails its request with `internal`.
    using Prove = std::function<ProvingResult(ByteView request, std::string_view trace, Executor& executor)>;
    // Called once, from a worker's thread or from `stop`.
    using Done = std::function<void(ProvingResult)>;

    ProvingQueue(Options options, Prove prove, MetricsRegistry& metrics, Logger logger = Logger());
    ProvingQueue(const ProvingQueue&) = delete;
    ProvingQueue& operator=(const ProvingQueue&) = delete;
    ~ProvingQueue();

    // False when the queue is full or stopped; `done` is not called then.
    [[nodiscard]] bool submit(SecretBytes request, std::string trace, Done done);
    // Requests that wait fail with `stopped`; proofs under way are finished.
    void stop();

    [[nodiscard]] const Options& options() const { return options_; }
    [[nodiscard]] std::size_t waiting() const;
    [[nodiscard]] std::size_t running() const;

  private:
    struct Job {
        SecretBytes request;
        std::string trace;
        Done done;
    };
    void work();
    void end_workers();
    [[nodiscard]] ProvingResult prove(const Job& job, Executor& executor) const;
    void answer(const Job& job, ProvingResult result) const;
    void report(std::string_view what, std::string_view reason) const noexcept;

    Options options_;
    Prove prove_;
    Logger logger_;
    Gauge& waiting_gauge_;
    Gauge& running_gauge_;
    Counter& proved_;
    Counter& refused_;
    Counter& failed_;
    Counter& turned_away_;
    Histogram& seconds_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> jobs_;
    std::size_t running_ = 0;
    bool stopping_ = false;
    std::vector<std::thread> workers_;
};

}  // namespace dusk::rpc
