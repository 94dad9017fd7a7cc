#include "sim/runner.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>

namespace dusk::sim {
namespace {

constexpr std::size_t kTraceLines = 150;

Plan plan_of(const RunWishes& wishes, std::uint64_t seed) {
    if (wishes.scenario == nullptr) return draw_plan(seed, wishes.plan);
    Plan plan = wishes.scenario->plan(seed);
    plan.real_signatures = wishes.plan.real_signatures;
    return plan;
}

std::string how_to_replay(const RunWishes& wishes, std::uint64_t seed) {
    std::string out = fmt::format("./dev sim --seeds {}..{}", seed, seed);
    if (wishes.scenario != nullptr) out += fmt::format(" --scenario {}", wishes.scenario->name);
    if (wishes.scenario == nullptr && wishes.plan.nodes) out += fmt::format(" --nodes {}", *wishes.plan.nodes);
    if (wishes.scenario == nullptr) out += fmt::format(" --minutes {}", wishes.plan.minutes.count());
    if (wishes.plan.real_signatures) out += " --real-bls";
    return out;
}

std::string describe_plan(const Plan& plan) {
    std::string out =
        fmt::format("{} nodes, {} of them Byzantine, {}, {} faults\n", plan.participants.size(), plan.byzantine(),
                    plan.broadcasting == Broadcasting::tree ? "tree" : "direct broadcast", plan.faults.size());
    return out;
}

struct Result {
    std::uint64_t seed = 0;
    Statistics statistics{};
    std::string failure{};  // empty: none
};

// Runs it again where it fails, with a trace: the run is the same.
Result run_seed(const RunWishes& wishes, std::uint64_t seed) {
    const Plan plan = plan_of(wishes, seed);
    Result out{.seed = seed};
    try {
        out.statistics = Simulation(plan, nullptr).run();
        return out;
    } catch (const std::exception& wrong) {
        out.failure = fmt::format("seed {}: {}\n{}replay: {}\n", seed, wrong.what(), describe_plan(plan),
                                  how_to_replay(wishes, seed));
    }
    Trace trace(kTraceLines);
    try {
        out.statistics = Simulation(plan, &trace).run();
        out.failure += "the run with a trace went well: the simulation is not deterministic\n";
    } catch (const std::exception& wrong) {
        for (const std::string& line : trace.lines()) out.failure += line + "\n";
        out.failure += fmt::format("{:>10}       {}\n", "", wrong.what());
    }
    return out;
}

// --- what workers write and the parent reads ---

struct Record {
    std::uint64_t seed;
    Statistics statistics;
    std::uint64_t text;  // bytes that follow
};
static_assert(std::is_trivially_copyable_v<Record>);

bool write_all(int to, const void* from, std::size_t size) {
    const auto* at = static_cast<const char*>(from);
    while (size > 0) {
        const auto written = ::write(to, at, size);
        if (written <= 0) return false;
        at += written;
        size -= static_cast<std::size_t>(written);
    }
    return true;
}

bool read_all(int from, void* to, std::size_t size) {
    auto* at = static_cast<char*>(to);
    while (size > 0) {
        const auto got = ::read(from, at, size);
        if (got <= 0) return false;
        at += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

constexpr std::size_t kMostWorkers = 64;

// In memory that all processes share.
struct Board {
    std::atomic<std::uint64_t> next;
    std::atomic<bool> stop;
    std::array<std::atomic<std::uint64_t>, kMostWorkers> running;
};

class Workers {
  public:
    explicit Workers(const RunWishes& wishes) : wishes_(wishes) {
        void* memory = ::mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED) throw std::runtime_error("no shared memory");
        board_ = new (memory) Board{};
        board_->next = wishes.first;
    }
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;
    ~Workers() { ::munmap(board_, sizeof(Board)); }

    void start() {
        const unsigned count = std::clamp<unsigned>(wishes_.processes, 1, kMostWorkers);
        std::fflush(nullptr);
        for (unsigned i = 0; i < count; ++i) {
            std::array<int, 2> pipe{};
            if (::pipe(pipe.data()) != 0) throw std::runtime_error("no pipe");
            const pid_t child = ::fork();
            if (child < 0) throw std::runtime_error("no process");
            if (child == 0) {
                ::close(pipe[0]);
                work(i, pipe[1]);
                ::_exit(0);
            }
            ::close(pipe[1]);
            workers_.push_back({child, pipe[0]});
        }
    }

    // The next result of any worker; nothing when all are done.
    std::optional<Result> next() {
        while (true) {
            std::vector<pollfd> waiting;
            for (const Worker& worker : workers_) {
                if (worker.from >= 0) waiting.push_back({worker.from, POLLIN, 0});
            }
            if (waiting.empty()) return {};
            if (::poll(waiting.data(), waiting.size(), -1) < 0) continue;
            for (const pollfd& ready : waiting) {
                if (ready.revents == 0) continue;
                for (std::size_t i = 0; i < workers_.size(); ++i) {
                    if (workers_[i].from != ready.fd) continue;
                    if (auto result = read(i)) return result;
                }
            }
        }
    }
    void stop() { board_->stop = true; }

  private:
    struct Worker {
        pid_t process;
        int from;  // -1: it has ended
    };

    void work(unsigned number, int to) {
        while (!board_->stop) {
            const std::uint64_t seed = board_->next++;
            if (seed > wishes_.last) return;
            board_->running.at(number) = seed + 1;
            const Result result = run_seed(wishes_, seed);
            const Record record{seed, result.statistics, result.failure.size()};
            if (!write_all(to, &record, sizeof(record))) return;
            if (!write_all(to, result.failure.data(), result.failure.size())) return;
            board_->running.at(number) = 0;
        }
    }

    std::optional<Result> read(std::size_t index) {
        Worker& worker = workers_[index];
        Record record{};
        if (read_all(worker.from, &record, sizeof(record))) {
            Result out{.seed = record.seed, .statistics = record.statistics, .failure = std::string(record.text, 0)};
            if (read_all(worker.from, out.failure.data(), out.failure.size())) return out;
        }
        ::close(worker.from);
        worker.from = -1;
        int status = 0;
        ::waitpid(worker.process, &status, 0);
        const std::uint64_t running = board_->running.at(index);
        if (running == 0) return {};
        return Result{.seed = running - 1,
                      .failure = fmt::format("seed {} ended the process: {} {}\nreplay: {}\n", running - 1,
                                             WIFSIGNALED(status) ? "signal" : "status",
                                             WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
                                             how_to_replay(wishes_, running - 1))};
    }

    const RunWishes& wishes_;
    Board* board_ = nullptr;
    std::vector<Worker> workers_;
};

double in_seconds(std::chrono::nanoseconds time) { return std::chrono::duration<double>(time).count(); }

void summarise(const RunWishes& wishes, const Statistics& all, std::uint64_t seeds, std::uint64_t failures,
               double took) {
    fmt::print("{} seeds, {} violations; {:.1f} hours simulated in {:.0f} s, {:.0f} events per second\n", seeds,
               failures, in_seconds(all.time) / 3600, took, static_cast<double>(all.events) / took);
    fmt::print("{} final blocks, {} transactions in them, {} reverts, {} crashes, {} messages of which {} decoded\n",
               all.blocks, all.spent, all.reverts, all.crashes, all.messages, all.decoded);
    fmt::print("highest iteration of a final block {}, longest way back after the faults {:.0f} s\n",
               all.highest_iteration, in_seconds(all.recovery));
    fmt::print("{} equivocations proven, {} times a journal forbade to sign, {} times an honest node was accused\n",
               all.equivocations, all.cannot_sign, all.accused);
    if (wishes.first == wishes.last) fmt::print("fingerprint {:016x}\n", all.fingerprint);
}

int run_traced(const RunWishes& wishes) {
    std::FILE* file = std::fopen(wishes.trace_file.c_str(), "w");
    if (file == nullptr) {
        fmt::print(stderr, "dusk-sim: {} cannot be written\n", wishes.trace_file);
        return 2;
    }
    const Plan plan = plan_of(wishes, wishes.first);
    Trace trace(1, file);
    int status = 0;
    const auto began = std::chrono::steady_clock::now();
    try {
        const Statistics statistics = Simulation(plan, &trace).run();
        summarise(wishes, statistics, 1, 0,
                  std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
    } catch (const std::exception& wrong) {
        fmt::print(file, "{}\n", wrong.what());
        fmt::print("seed {}: {}\n", wishes.first, wrong.what());
        status = 1;
    }
    std::fclose(file);
    return status;
}

}  // namespace

int run_seeds(const RunWishes& wishes) {
    if (!wishes.trace_file.empty()) return run_traced(wishes);
    const auto began = std::chrono::steady_clock::now();
    const auto took = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count(); };
    Workers workers(wishes);
    workers.start();
    Statistics all;
    std::uint64_t seeds = 0;
    std::uint64_t failures = 0;
    double said = 0;
    while (auto result = workers.next()) {
        ++seeds;
        if (!result->failure.empty()) {
            ++failures;
            fmt::print("{}\n", result->failure);
            std::fflush(stdout);
            if (failures >= wishes.most_failures) workers.stop();
        } else {
            all.add(result->statistics);
        }
        if (const double now = took(); now - said > 10) {
            said = now;
            fmt::print(stderr, "{} of {} seeds, {} violations, {:.1f} hours simulated, {:.0f} s\n", seeds,
                       wishes.last - wishes.first + 1, failures, in_seconds(all.time) / 3600, now);
        }
    }
    summarise(wishes, all, seeds, failures, took());
    return failures == 0 ? 0 : 1;
}

}  // namespace dusk::sim
