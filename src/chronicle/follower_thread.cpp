#include "chronicle/follower_thread.hpp"

#include <algorithm>

#include "chronicle/refill.hpp"

namespace dusk::chronicle {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds kFirstPause{1};
constexpr std::chrono::seconds kLongestPause{60};
constexpr std::chrono::seconds kBetweenLines{5};

std::string_view advice(FailureKind kind) {
    switch (kind) {
        case FailureKind::unreachable:
            return "the archive's database cannot be reached: blocks are entered when it is back";
        case FailureKind::in_use:
            return "another program writes to the archive's database: stop it";
        case FailureKind::no_space:
            return "the archive's disk is full: make room";
        case FailureKind::damaged:
            return "the archive's database is damaged: remove it, and it is made anew from the chain";
        case FailureKind::refused:
            return "the archive's database does not do what it is asked: look at the rights of its user";
        case FailureKind::other_chain:
            return "the archive's database belongs to another chain: name another one in archive.database";
        case FailureKind::unknown_version:
            return "the archive's database was made by another version of this program";
        case FailureKind::chain:
        case FailureKind::too_much:
            return "the chain cannot be read for the archive";
    }
    return "";
}

// Of the last final block; nothing where the chain cannot tell it now.
std::optional<ledger::BlockHeader> final_header(chain::BlockStore& chain) {
    const auto height = chain.last_final();
    if (!height || !*height) return {};
    const auto at = chain.at(**height);
    if (!at || !*at) return {};
    auto header = chain.header((*at)->hash);
    return header ? *std::move(header) : std::nullopt;
}

}  // namespace

FollowerThread::FollowerThread(FollowerPorts ports, Logger log)
    : ports_(std::move(ports)), log_(std::move(log)), thread_([this] { work(); }) {}

FollowerThread::~FollowerThread() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void FollowerThread::look() {
    {
        const std::lock_guard lock(mutex_);
        asked_ = true;
    }
    wake_.notify_one();
}

FollowerThread::Status FollowerThread::status() const {
    const std::lock_guard lock(mutex_);
    return status_;
}

bool FollowerThread::is_stopping() const {
    const std::lock_guard lock(mutex_);
    return stopping_;
}

void FollowerThread::work() {
    auto pause = kFirstPause;
    while (true) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopping_ || asked_; });
            if (stopping_) return;
            asked_ = false;
        }
        const auto done = catch_up();
        std::unique_lock lock(mutex_);
        status_.works = done.has_value();
        if (done) {
            pause = kFirstPause;
            continue;
        }
        lock.unlock();
        log_.error(advice(done.error().kind), {{"reason", done.error().text}, {"again_in_seconds", pause.count()}});
        chronicle_.reset();
        database_.reset();
        lock.lock();
        wake_.wait_for(lock, pause, [this] { return stopping_; });
        pause = std::min(2 * pause, kLongestPause);
        asked_ = true;
    }
}

Outcome<void> FollowerThread::open() {
    if (chronicle_) return {};
    auto database = ports_.open_database();
    if (!database) return fail(database.error());
    database_ = *std::move(database);
    auto chronicle = Chronicle::open(*database_, ports_.genesis);
    if (!chronicle) return fail(chronicle.error());
    chronicle_.emplace(*std::move(chronicle));
    const auto seeded = chronicle_->is_seeded();
    if (!seeded) return fail(seeded.error());
    is_seeded_ = *seeded;
    return {};
}

Outcome<void> FollowerThread::catch_up() {
    if (auto opened = open(); !opened) return opened;
    while (!is_stopping()) {
        const auto chain = ports_.view_chain();
        if (chain == nullptr) return fail(Failure{FailureKind::chain, "its store does not open"});
        const auto step = follow(*chain, *chronicle_, {}, ports_.find_stakes);
        if (!step) return fail(step.error());
        // Accounts that were met have the height at which they were: those of the state come after them.
        const bool is_there = step->added == 0 || !step->is_behind();
        if (is_there) {
            if (auto done = seed(*chain); !done) return done;
        }
        tell(*step);
        {
            const std::lock_guard lock(mutex_);
            status_.height = step->height;
        }
        if (!is_there) continue;
        const auto learnt = learn_stakes(*chain);
        if (!learnt) return fail(learnt.error());
        if (*learnt) continue;
        const auto again = refill(*chain);
        if (!again) return fail(again.error());
        if (!*again) return {};
    }
    return {};
}

Outcome<bool> FollowerThread::learn_stakes(chain::BlockStore& chain) {
    if (!ports_.find_stakes) return false;
    const auto known = chronicle_->knows_stakes();
    if (!known) return fail(known.error());
    const auto header = final_header(chain);
    const auto final = chronicle_->last_final();
    if (!final) return fail(final.error());
    // A chain that is shorter than what is final here is waited for.
    if (*known || !header || (*final && header->height < **final)) return false;
    const auto kept = ports_.find_stakes(header->height);
    if (!kept) return chain_failure(kept.error());
    if (*kept || !ports_.keep_stakes(*header)) return false;
    if (auto begun = database_->begin_writing(); !begun) return fail(begun.error());
    Transaction transaction(*database_);
    if (auto done = chronicle_->revert_to(header->height); !done) return fail(done.error());
    if (auto done = transaction.commit(); !done) return fail(done.error());
    log_.info("committees are known from here on", {{"height", header->height.value + 1}});
    return true;
}

Outcome<bool> FollowerThread::refill(chain::BlockStore& chain) {
    const auto unknown = chronicle_->unknown();
    if (!unknown) return fail(unknown.error());
    if (!*unknown) return false;
    const auto again = forget_where_more_is_known(chain, *chronicle_, **unknown);
    if (!again) return fail(again.error());
    if (*again) {
        is_seeded_ = false;
        log_.info("blocks were executed anew: the archive is written again from the first one");
    } else if (ports_.tell_unknown) {
        ports_.tell_unknown(**unknown);
    }
    return *again;
}

Outcome<void> FollowerThread::seed(chain::BlockStore& chain) {
    if (is_seeded_) return {};
    const auto header = final_header(chain);
    if (!header) return {};
    const auto content = ports_.content_of(*header);
    if (!content) return {};  // the state went meanwhile: the next block has another one
    if (auto begun = database_->begin_writing(); !begun) return begun;
    Transaction transaction(*database_);
    if (auto done = chronicle_->seed(header->height, content->accounts, content->contracts); !done) return done;
    if (auto done = transaction.commit(); !done) return done;
    is_seeded_ = true;
    log_.info("accounts and contracts of the state entered", {{"height", header->height.value},
                                                              {"accounts", content->accounts.size()},
                                                              {"contracts", content->contracts.size()}});
    return {};
}

void FollowerThread::tell(const Step& step) {
    if (step.reverted > 0) log_.info("blocks taken back", {{"blocks", step.reverted}});
    if (step.missing > 0) {
        log_.warn("the chain has forgotten blocks that the archive has not seen", {{"blocks", step.missing}});
    }
    if (step.unknown > 0 && !std::exchange(told_unknown_, true)) {
        log_.warn(
            "of blocks that came before the archive was enabled it is not known what contracts reported "
            "(docs/operate/archive.md says how to have it)",
            {{"height", step.height.value}});
    }
    added_ += step.added;
    const auto now = std::chrono::steady_clock::now();
    if (step.added < 100 && added_ < 100) {
        log_.debug("blocks entered", {{"height", step.height.value}, {"blocks", step.added}});
        added_ = 0;
    } else if (!step.is_behind() || now - told_at_ >= kBetweenLines) {
        log_.info("blocks entered", {{"height", step.height.value}, {"tip", step.tip.value}, {"blocks", added_}});
        added_ = 0;
        told_at_ = now;
    }
}

}  // namespace dusk::chronicle
