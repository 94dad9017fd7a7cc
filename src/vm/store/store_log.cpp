// The log of a store: how it is opened, and replaced by a checkpoint.
#include <algorithm>
#include <cerrno>

#include "vm/store/store.hpp"

namespace dusk::vm {

Result<std::unique_ptr<Store>, StoreFailure> Store::open(const std::filesystem::path& folder,
                                                         const StoreOptions& options) {
    std::unique_ptr<Store> store(new Store(folder, options));
    if (const auto loaded = store->load(nullptr); !loaded) return fail(loaded.error());
    return store;
}

// With `damage` what is damaged is left out and told there.
Result<void, StoreFailure> Store::load(LogDamage* damage) {
    if (const auto made = system_.make_folder(folder_); !made) {
        return fail(system_failure(folder_.string(), made.error()));
    }
    const auto lock_file = folder_ / "lock";
    auto lock = system_.lock(lock_file);
    if (!lock) {
        const bool taken = lock.error() == EWOULDBLOCK;
        if (taken) return fail(StoreFailure{.kind = StoreError::locked, .file = folder_.string()});
        return fail(system_failure(lock_file.string(), lock.error()));
    }
    lock_ = std::move(*lock);
    auto pages = PageFiles::open(system_, folder_);
    if (!pages) return fail(pages.error());
    pages_ = std::move(*pages);
    auto file = system_.open(log_path(), FileSystem::Open::existing);
    if (!file && file.error() != ENOENT) return fail(system_failure(log_path().string(), file.error()));
    auto loaded = file ? load_log(std::move(*file), damage) : create_log();
    if (!loaded) return loaded;
    pages_->end_adoption();
    log_bytes_ = checkpoint_bytes_ = log_->end();
    next_checkpoint_ = log_bytes_ + std::max(options_.smallest_tail, log_bytes_ / 2);
    return {};
}

// The folder is new; or it lost its log, and pages without one are nothing.
Result<void, StoreFailure> Store::create_log() {
    if (pages_->usage().capacity != 0) {
        return fail(StoreFailure{.kind = StoreError::not_a_store, .file = log_path().string(), .system_error = ENOENT});
    }
    if (auto prepared = codes_.prepare(); !prepared) return prepared;
    auto log = write_snapshot(system_, Commits(), folder_ / "log.new", 1);
    if (!log) return fail(log.error());
    if (auto installed = install(std::move(*log)); !installed) return installed;
    // The folder itself must not be lost either.
    const auto above = folder_.has_parent_path() ? folder_.parent_path() : std::filesystem::path(".");
    if (const auto synced = system_.sync_folder(above); !synced) {
        return fail(system_failure(above.string(), synced.error()));
    }
    return {};
}

Result<void, StoreFailure> Store::replay_all(LogReader& reader, LogDamage* damage) {
    const auto damaged = [&](std::uint64_t offset) {
        return fail(StoreFailure{.kind = StoreError::damaged_log, .file = log_path().string(), .offset = offset});
    };
    while (true) {
        while (const auto record = reader.next()) {
            if (commits_.replay(*record, *pages_)) continue;
            if (damage == nullptr) return damaged(record->offset);
            ++damage->lost_records;
        }
        const std::uint64_t end = reader.position();
        if (!reader.skip_damage()) return {};
        if (damage == nullptr) return damaged(end);
        damage->places.push_back(end);
    }
}

Result<void, StoreFailure> Store::load_log(std::unique_ptr<File> file, LogDamage* damage) {
    const std::string name = log_path().string();
    const auto content = read_whole(*file, LogFile::kLargest);
    if (!content) return fail(system_failure(name, content.error()));
    auto reader = LogReader::open(*content);
    if (!reader) return fail(StoreFailure{.kind = reader.error().kind, .file = name});
    if (damage != nullptr) pages_->adopt_all();
    if (auto replayed = replay_all(*reader, damage); !replayed) return replayed;
    const std::uint64_t end = reader->position();
    cut_bytes_ = content->size() - end;
    auto log = LogFile::resume(std::move(file), name, reader->generation(), end, content->size(), syncs());
    if (!log) return fail(log.error());
    log_.emplace(std::move(*log));
    return codes_.prepare();
}

Result<LogFile, StoreFailure> write_snapshot(FileSystem& files, const Commits& commits, const std::filesystem::path& to,
                                             std::uint64_t generation, const MovedPages& moved) {
    auto log = LogFile::create(files, to, generation);
    if (!log) return log;
    Commits written;
    const auto add = [&](const StatePtr& state, const Hash& parent, bool is_main) {
        CommitRecord record = written.record_of(*state, parent, is_main);
        for (StateDelta::Contract& contract : record.delta.contracts) {
            for (StateDelta::Page& page : contract.pages) {
                if (const auto to_slot = moved.find(page.slot); to_slot != moved.end()) page.slot = to_slot->second;
            }
        }
        return log->append(RecordType::commit, record.encode(), false);
    };
    if (commits.main()) {
        if (const auto added = add(commits.main(), {}, true); !added) return fail(added.error());
        written.set_main(commits.main());
    }
    std::vector<const Commits::Commit*> ordered;
    for (const auto& [id, commit] : commits.all()) ordered.push_back(&commit);
    std::ranges::sort(ordered, {}, &Commits::Commit::sequence);
    for (const Commits::Commit* commit : ordered) {
        if (const auto added = add(commit->state, commit->parent, false); !added) return fail(added.error());
        written.add(commit->parent, commit->state);
    }
    if (const auto synced = log->file().sync(); !synced) return fail(system_failure(to.string(), synced.error()));
    return log;
}

// Gives a log that is on the disk its name and goes on with it.
Result<void, StoreFailure> Store::install(LogFile log) {
    if (const auto named = system_.rename(folder_ / "log.new", log_path()); !named) {
        return fail(system_failure(log_path().string(), named.error()));
    }
    log.set_name(log_path().string());
    log_.emplace(std::move(log));
    if (const auto synced = system_.sync_folder(folder_); !synced) {
        // Which log is there after a loss of power is open: nothing may be built on either.
        log_->set_failed();
        return fail(system_failure(folder_.string(), synced.error()));
    }
    return {};
}

// What was appended to the log since its end was at `from`.
Result<void, StoreFailure> Store::copy_tail(LogFile& to, std::uint64_t from) {
    Bytes tail(log_->end() - from);
    const auto got = log_->file().read_at(tail, from);
    if (!got) return fail(system_failure(log_path().string(), got.error()));
    LogReader reader = LogReader::of_tail(tail, log_->generation(), from);
    while (const auto record = reader.next()) {
        if (auto appended = to.append(record->type, record->payload, false); !appended) return appended;
    }
    if (!reader.at_end()) {
        return fail(
            StoreFailure{.kind = StoreError::damaged_log, .file = log_path().string(), .offset = reader.position()});
    }
    if (tail.empty()) return {};
    if (const auto synced = to.file().sync(); !synced) return fail(system_failure(log_path().string(), synced.error()));
    return {};
}

Result<void, StoreFailure> Store::checkpoint() {
    const std::scoped_lock one(checkpoint_mutex_);
    std::uint64_t from = 0;
    std::uint64_t generation = 0;
    Commits commits;
    {
        const std::scoped_lock writing(write_mutex_);
        if (log_->failed()) return fail(StoreFailure{.kind = StoreError::failed_before, .file = log_path().string()});
        from = log_->end();
        generation = log_->generation() + 1;
        commits = commits_;
    }
    auto log = write_snapshot(system_, commits, folder_ / "log.new", generation);
    if (!log) return fail(log.error());
    const std::uint64_t size = log->end();
    const std::scoped_lock writing(write_mutex_);
    if (log_->failed()) return fail(StoreFailure{.kind = StoreError::failed_before, .file = log_path().string()});
    if (auto copied = copy_tail(*log, from); !copied) return copied;
    if (auto installed = install(std::move(*log)); !installed) return installed;
    log_bytes_ = log_->end();
    checkpoint_bytes_ = size;
    next_checkpoint_ = size + std::max(options_.smallest_tail, size / 2);
    return {};
}

bool Store::wants_checkpoint() const { return log_bytes_ >= next_checkpoint_; }

void Store::checkpoint_if_due() {
    if (!options_.checkpoint_inline || !wants_checkpoint()) return;
    const auto made = checkpoint();
    if (!made) next_checkpoint_ = log_bytes_ + options_.smallest_tail;  // what failed is not tried at every commit
    const std::scoped_lock lock(mutex_);
    checkpoint_failure_ = made ? std::nullopt : std::optional(made.error());
}

}  // namespace dusk::vm
