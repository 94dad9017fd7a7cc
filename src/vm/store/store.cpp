#include "vm/store/store.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <unordered_map>

#include "crypto/blake3.hpp"
#include "vm/page_faults.hpp"

namespace dusk::vm {
namespace {

Executor& serial() {
    static SerialExecutor executor;
    return executor;
}

StoreFailure no_commit() { return {.kind = StoreError::unknown_commit}; }

// The hashes of all dirty pages, change by change. Parts of them may still be mapped from the disk.
Result<std::vector<Hash>, StoreFailure> hash_pages(std::span<const ContractChange* const> changes, Executor& executor) {
    constexpr std::size_t kWorthThreads = 8;
    std::vector<Hash> hashes;
    std::vector<std::pair<std::size_t, const std::uint8_t*>> unknown;
    for (const ContractChange* change : changes) {
        for (const DirtyPage& page : change->pages) {
            if (!page.hash) unknown.emplace_back(hashes.size(), page.content);
            hashes.push_back(page.hash.value_or(Hash{}));
        }
    }
    std::atomic<bool> is_readable = true;
    const auto hash = [&](std::size_t i) {
        const auto& [at, content] = unknown[i];
        if (!reads_mapped([&] { hashes[at] = crypto::blake3({content, kPageSize}); })) is_readable = false;
    };
    (unknown.size() < kWorthThreads ? serial() : executor).parallel_for(unknown.size(), hash);
    if (!is_readable) return fail(StoreFailure{.kind = StoreError::damaged_page});
    return hashes;
}

}  // namespace

Store::Store(std::filesystem::path folder, const StoreOptions& options)
    : folder_(std::move(folder)),
      options_(options),
      system_(options.files == nullptr ? system_files() : *options.files),
      executor_(options.executor == nullptr ? serial() : *options.executor),
      codes_(system_, folder_ / "code") {}

Store::~Store() = default;

std::vector<Hash> Store::commits() const {
    const std::scoped_lock lock(mutex_);
    std::vector<Hash> ids;
    ids.reserve(commits_.all().size());
    for (const auto& [id, commit] : commits_.all()) ids.push_back(id);
    return ids;
}

Result<StatePtr, StoreFailure> Store::state(const Hash& commit) const {
    const std::scoped_lock lock(mutex_);
    const Commits::Commit* const found = commits_.find(commit);
    if (found == nullptr) return fail(no_commit());
    return found->state;
}

StatePtr Store::main() const {
    const std::scoped_lock lock(mutex_);
    return commits_.main();
}

Result<PreparedCommit, StoreFailure> Store::prepare(const StatePtr& base,
                                                    std::span<const ContractChange> changes) const {
    std::vector<const ContractChange*> ordered;
    ordered.reserve(changes.size());
    for (const ContractChange& change : changes) ordered.push_back(&change);
    std::ranges::sort(ordered, {}, &ContractChange::id);
    const auto twice = std::ranges::adjacent_find(ordered, {}, &ContractChange::id);
    if (twice != ordered.end()) return fail(StoreFailure{.kind = StoreError::bad_change});

    PreparedCommit prepared;
    prepared.base_ = base;
    const auto hashes = hash_pages(ordered, executor_);
    if (!hashes) return fail(hashes.error());
    auto hash = hashes->begin();
    std::map<Hash, std::shared_ptr<StoredPage>> fresh;
    std::vector<ContractUpdate> updates(ordered.size());
    for (std::size_t i = 0; i < ordered.size(); ++i) {
        const ContractChange& change = *ordered[i];
        ContractUpdate& update = updates[i];
        update.id = change.id;
        update.is_64 = change.is_64;
        update.memory_length = change.memory_length;
        if (change.deployed) {
            const NewContract& deployed = *change.deployed;
            const Hash code = deployed.bytecode_hash ? *deployed.bytecode_hash : crypto::blake3(deployed.bytecode);
            update.deployment =
                std::make_shared<const Deployment>(Deployment{.bytecode = code, .owner = to_vector(deployed.owner)});
            prepared.codes_.push_back({.hash = code, .bytecode = deployed.bytecode});
        }
        update.pages.reserve(change.pages.size());
        for (const DirtyPage& dirty : change.pages) {
            auto page = pages_->page(*hash);
            if (!page->is_stored()) {
                const auto [known, added] = fresh.try_emplace(*hash, page);
                page = known->second;
                if (added) prepared.pages_.push_back({.page = page, .bytes = dirty.content});
            }
            update.pages.push_back({.index = dirty.index, .node = std::move(page)});
            ++hash;
        }
        std::ranges::sort(update.pages, {}, &PageTree::Leaf::index);
    }
    prepared.state_ = base->with(updates);
    if (!prepared.state_) return fail(StoreFailure{.kind = StoreError::bad_change});
    return prepared;
}

// Pages and bytecodes, before the record that refers to them.
Result<void, StoreFailure> Store::store_content(const PreparedCommit& prepared) {
    for (const auto& code : prepared.codes_) {
        if (written_codes_.contains(code.hash)) continue;
        if (const auto written = codes_.write(code.hash, code.bytecode, syncs()); !written) return written;
        written_codes_.insert(code.hash);
    }
    return pages_->write(prepared.pages_, syncs(), executor_);
}

Result<Hash, StoreFailure> Store::commit(PreparedCommit&& prepared) {
    const PreparedCommit taken = std::move(prepared);
    const Hash id = taken.root();
    {
        const std::scoped_lock writing(write_mutex_);
        if (commits_.find(id) != nullptr) return id;
        if (log_->failed()) return fail(StoreFailure{.kind = StoreError::failed_before, .file = log_path().string()});
        if (const auto stored = store_content(taken); !stored) return fail(stored.error());
        if (const auto recorded = record_commit(taken); !recorded) return fail(recorded.error());
    }
    checkpoint_if_due();
    return id;
}

// Of a state whose pages and bytecodes are stored.
Result<void, StoreFailure> Store::record_commit(const PreparedCommit& prepared) {
    const Hash base = prepared.base_->root();
    const Bytes record = commits_.record_of(*prepared.state_, base, false).encode();
    if (auto appended = append(RecordType::commit, record); !appended) return appended;
    pages_->publish(prepared.pages_);
    const std::scoped_lock lock(mutex_);
    commits_.add(base, prepared.state_);
    return {};
}

Result<void, StoreFailure> Store::append(RecordType type, ByteView payload) {
    if (auto appended = log_->append(type, payload, syncs()); !appended) return appended;
    log_bytes_ = log_->end();
    return {};
}

Result<void, StoreFailure> Store::end_commit(const Hash& commit, RecordType type) {
    StatePtr ended;  // goes away when the locks are free
    {
        const std::scoped_lock writing(write_mutex_);
        const Commits::Commit* const found = commits_.find(commit);
        if (found == nullptr) return fail(no_commit());
        if (auto appended = append(type, commit); !appended) return appended;
        const std::scoped_lock lock(mutex_);
        if (type == RecordType::finalize) {
            ended = commits_.main();
            commits_.finalize(commit);
        } else {
            ended = found->state;
            commits_.remove(commit);
        }
    }
    checkpoint_if_due();
    return {};
}

Result<void, StoreFailure> Store::finalize(const Hash& commit) { return end_commit(commit, RecordType::finalize); }

Result<void, StoreFailure> Store::remove(const Hash& commit) { return end_commit(commit, RecordType::remove); }

StoreStats Store::stats() const {
    StoreStats stats;
    const PageFiles::Usage usage = pages_->usage();
    stats.pages = usage.used;
    stats.page_slots = std::max(usage.capacity, usage.used);
    stats.log_bytes = log_bytes_;
    stats.checkpoint_bytes = checkpoint_bytes_;
    stats.cut_bytes = cut_bytes_;
    const std::scoped_lock lock(mutex_);
    stats.commits = commits_.all().size();
    stats.checkpoint_failure = checkpoint_failure_;
    if (commits_.main()) stats.contracts = commits_.main()->size();
    for (const auto& [id, commit] : commits_.all()) stats.contracts = std::max(stats.contracts, commit.state->size());
    return stats;
}

}  // namespace dusk::vm
