#include "app/backfill_thread.hpp"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace dusk::app {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kTellEvery{30};
constexpr std::chrono::seconds kRestAfterFailure{60};

// Of this thread: where the processors are busy it gets a ninth of what another thread gets, and of the disk what the
// others leave. Not less: a machine that is busy for days would keep it from ever ending.
void step_back() {
    constexpr int kNice = 10;
    constexpr int kWhoProcess = 1;               // IOPRIO_WHO_PROCESS; 0: this thread
    constexpr int kLowestOfAll = (2 << 13) | 7;  // IOPRIO_CLASS_BE, the lowest of its eight levels
    static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice));
    static_cast<void>(::syscall(SYS_ioprio_set, kWhoProcess, 0, kLowestOfAll));
}

// What trying again does not change.
bool is_for_good(const Failure& failure) {
    return failure.code == "no_genesis" || failure.code == "other_genesis" || failure.code == "forgotten";
}

}  // namespace

rpc::BackfillProgress progress_of(ledger::Height first, ledger::Height now, ledger::Height target,
                                  std::chrono::steady_clock::duration time) {
    rpc::BackfillProgress out{.height = now, .target = target};
    const double seconds = std::chrono::duration<double>(time).count();
    const std::uint64_t blocks = now.value - first.value;
    if (blocks == 0 || seconds < 1) return out;
    out.blocks_per_second = static_cast<double>(blocks) / seconds;
    out.seconds_left =
        static_cast<std::uint64_t>(static_cast<double>(target.value - now.value) / out.blocks_per_second);
    return out;
}

BackfillThread::BackfillThread(node::NodeConfig config, storage::RocksDbStore& database, std::function<void()> done,
                               Logger log)
    : config_(std::move(config)), database_(database), done_(std::move(done)), log_(std::move(log)), thread_([this] {
          work();
      }) {}

BackfillThread::~BackfillThread() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void BackfillThread::want(const chronicle::Chronicle::Unknown& unknown) {
    {
        const std::lock_guard lock(mutex_);
        if (unknown.last <= finished_ || target_ == unknown.last) return;
        target_ = unknown.last;
    }
    wake_.notify_one();
}

std::optional<rpc::BackfillProgress> BackfillThread::progress() const {
    const std::lock_guard lock(mutex_);
    return progress_;
}

bool BackfillThread::is_stopping() const {
    const std::lock_guard lock(mutex_);
    return stopping_;
}

void BackfillThread::work() {
    step_back();
    while (true) {
        ledger::Height target{};
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopping_ || target_; });
            if (stopping_) return;
            target = *target_;
        }
        const auto replayed = replay(target);
        std::unique_lock lock(mutex_);
        if (replayed && !*replayed) return;  // it is to stop
        if (replayed || is_for_good(replayed.error())) {
            finished_ = target;
            if (target_ == target) target_.reset();
        }
        if (replayed) {
            progress_.reset();
            lock.unlock();
            done_();
            continue;
        }
        if (!progress_) progress_ = rpc::BackfillProgress{.target = target};
        progress_->problem = replayed.error().message;
        progress_->seconds_left.reset();
        lock.unlock();
        log_.warn("blocks from before the archive was enabled cannot be executed anew",
                  {{"reason", replayed.error().message}});
        lock.lock();
        if (!is_for_good(replayed.error())) wake_.wait_for(lock, kRestAfterFailure, [this] { return stopping_; });
    }
}

Result<bool, Failure> BackfillThread::replay(ledger::Height target) {
    auto opened = ArchiveReplay::open(config_, database_);
    if (!opened) return fail(opened.error());
    ArchiveReplay& replay = **opened;
    log_.info("executing blocks from before the archive was enabled, at a low priority",
              {{"from", replay.height().value + 1}, {"to", target.value}});
    auto kept = Clock::now();
    auto told = kept;
    const auto begin = kept;
    const ledger::Height first = replay.height();
    while (replay.height() < target) {
        if (is_stopping()) {
            if (const auto done = replay.keep(); !done) return fail(done.error());
            return false;
        }
        if (const auto done = replay.step(); !done) return fail(done.error());
        const auto now = Clock::now();
        {
            const std::lock_guard lock(mutex_);
            progress_ = progress_of(first, replay.height(), target, now - begin);
        }
        if (now - kept >= ArchiveReplay::kKeepEvery) {
            if (const auto done = replay.keep(); !done) return fail(done.error());
            kept = now;
        }
        if (now - told < kTellEvery) continue;
        told = now;
        log_.info("blocks executed anew for the archive", {{"height", replay.height().value}, {"to", target.value}});
    }
    if (const auto done = replay.keep(); !done) return fail(done.error());
    opened->reset();
    ArchiveReplay::remove(config_);
    return true;
}

}  // namespace dusk::app
