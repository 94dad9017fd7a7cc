#include "vm/store/maintenance.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/hex.hpp"
#include "crypto/blake3.hpp"

namespace dusk::vm {

// The functions below, with the parts of a store that only they need.
class StoreMaintenance {
  public:
    static Result<RepairReport, StoreFailure> repair(const std::filesystem::path& folder, const StoreOptions& options,
                                                     const StoreProgress& progress);
    static Result<CompactReport, StoreFailure> compact(const std::filesystem::path& folder, const StoreOptions& options,
                                                       const StoreProgress& progress);
    static Commits commits_of(const Store& store) {
        const std::scoped_lock lock(store.mutex_);
        return store.commits_;
    }

  private:
    static Result<MovedPages, StoreFailure> move_down(Store& store, const StoreProgress& progress, Slot& end);
};

namespace {

// All states of a store, the main one with no commit.
struct NamedState {
    StatePtr state;
    std::optional<Hash> commit;
};
std::vector<NamedState> states_of(const Commits& commits) {
    std::vector<NamedState> states;
    if (commits.main()) states.push_back({.state = commits.main(), .commit = {}});
    for (const auto& [id, commit] : commits.all()) states.push_back({.state = commit.state, .commit = id});
    return states;
}

template <class F>
void for_each_page(const std::vector<NamedState>& states, F&& f) {
    std::unordered_set<const ContractRecord*> seen;
    for (const NamedState& named : states) {
        named.state->for_each([&](const ContractRecord& contract) {
            if (seen.insert(&contract).second) {
                contract.for_each_page([&](std::uint32_t, const StoredPage& page) { f(page); });
            }
        });
    }
}

class Checker {
  public:
    Checker(const Store& store, const std::vector<NamedState>& states, const StoreProgress& progress)
        : store_(store), states_(states), progress_(progress) {
        std::unordered_set<const StoredPage*> pages;
        for_each_page(states, [&](const StoredPage& page) { pages.insert(&page); });
        total_ = pages.size();
    }

    CheckReport run() {
        report_.commits = states_.size();
        for (const NamedState& named : states_) {
            state_ = &named;
            if (!sound(named.state->tree())) add({.kind = StoreError::damaged_log}, "state", {}, {});
            named.state->for_each([this](const ContractRecord& contract) { check(contract); });
        }
        report_.contracts = contracts_.size();
        report_.pages = pages_.size();
        report_.bytecodes = codes_.size();
        if (progress_) progress_(total_, total_);
        return std::move(report_);
    }

  private:
    template <class Tree>
    bool sound(const Tree& tree) {
        return tree.is_sound([this](const TreeNode& node) { return nodes_.insert(&node).second; });
    }

    void check(const ContractRecord& contract) {
        if (contracts_.insert(&contract).second && !sound(contract.pages)) {
            add({.kind = StoreError::damaged_log}, "tree", contract.id, {});
        }
        const Hash& code = contract.deployment->bytecode;
        const auto [known, added] = codes_.try_emplace(code);
        if (added) {
            if (const auto content = store_.bytecode(code); !content) known->second = content.error();
        }
        if (known->second) add(*known->second, "code" + to_hex(code), contract.id, {});
        contract.for_each_page([&](std::uint32_t index, const StoredPage& page) {
            if (const auto failure = check(page)) add(*failure, fmt::format("{}", page.slot()), contract.id, index);
        });
    }

    std::optional<StoreFailure> check(const StoredPage& page) {
        const auto [known, added] = pages_.try_emplace(&page);
        if (!added) return known->second;
        constexpr std::uint64_t kPagesPerReport = 256;
        if (progress_ && pages_.size() % kPagesPerReport == 0) progress_(pages_.size(), total_);
        if (const auto read = page.read(content_); !read) {
            known->second = read.error();
        } else if (crypto::blake3(content_) != page.hash) {
            known->second =
                StoreFailure{.kind = StoreError::damaged_page, .file = page.file_name(), .offset = page.offset()};
        }
        return known->second;
    }

    // One finding per thing that is damaged; `key` names it.
    void add(const StoreFailure& failure, const std::string& key, const ContractId& contract,
             std::optional<std::uint32_t> page) {
        const auto [known, added] = findings_.try_emplace(key, report_.findings.size());
        if (added) report_.findings.push_back({.failure = failure, .contract = contract, .page = page});
        StoreFinding& finding = report_.findings[known->second];
        if (!state_->commit) {
            finding.in_main = true;
        } else if (finding.commits.empty() || finding.commits.back() != *state_->commit) {
            finding.commits.push_back(*state_->commit);
        }
    }

    const Store& store_;
    const std::vector<NamedState>& states_;
    const StoreProgress& progress_;
    const NamedState* state_ = nullptr;
    std::uint64_t total_ = 0;
    Bytes content_ = Bytes(kPageSize);
    CheckReport report_;
    std::map<std::string, std::size_t> findings_;
    std::unordered_set<const TreeNode*> nodes_;
    std::unordered_set<const ContractRecord*> contracts_;
    std::unordered_map<const StoredPage*, std::optional<StoreFailure>> pages_;
    std::map<Hash, std::optional<StoreFailure>> codes_;
};

}  // namespace

std::string describe(const StoreFinding& finding) {
    std::string text = describe(finding.failure);
    if (finding.page) text += fmt::format("; page {} of contract {}", *finding.page, to_hex(finding.contract));
    if (finding.in_main) text += "; the main state needs it";
    for (const Hash& commit : finding.commits) text += fmt::format("; commit {} needs it", to_hex(commit));
    return text;
}

CheckReport check_store(const Store& store, const StoreProgress& progress) {
    const auto states = states_of(StoreMaintenance::commits_of(store));
    return Checker(store, states, progress).run();
}

Result<RepairReport, StoreFailure> StoreMaintenance::repair(const std::filesystem::path& folder,
                                                            const StoreOptions& options,
                                                            const StoreProgress& progress) {
    RepairReport report;
    Store store(folder, options);
    if (const auto loaded = store.load(&report.log); !loaded) return fail(loaded.error());
    report.cut_bytes = store.cut_bytes_;
    report.damage = check_store(store, progress).findings;
    for (const StoreFinding& finding : report.damage) {
        for (const Hash& commit : finding.commits) {
            if (store.commits_.find(commit) == nullptr) continue;
            store.commits_.remove(commit);
            report.dropped.push_back(commit);
        }
        if (finding.in_main && store.commits_.main()) {
            store.commits_.set_main(nullptr);
            report.dropped_main = true;
        }
    }
    report.kept = store.commits();
    if (const auto written = store.checkpoint(); !written) return fail(written.error());
    return report;
}

// The pages behind the first `end` slots, copied to free slots among these; equal contents to one slot.
Result<MovedPages, StoreFailure> StoreMaintenance::move_down(Store& store, const StoreProgress& progress, Slot& end) {
    std::map<Hash, std::set<Slot>> slots;
    for_each_page(states_of(store.commits_), [&](const StoredPage& page) { slots[page.hash].insert(page.slot()); });
    end = static_cast<Slot>(slots.size());
    MovedPages moved;
    std::uint64_t done = 0;
    for (const auto& [hash, same] : slots) {
        if (progress && ++done % 256 == 0) progress(done, slots.size());
        Slot kept = *same.begin();
        if (kept >= end) {
            const auto copied = store.pages_->copy_down(kept);
            if (!copied) return fail(copied.error());
            kept = *copied;
        }
        for (const Slot slot : same) {
            if (slot != kept) moved[slot] = kept;
        }
    }
    return moved;
}

Result<CompactReport, StoreFailure> StoreMaintenance::compact(const std::filesystem::path& folder,
                                                              const StoreOptions& options,
                                                              const StoreProgress& progress) {
    const auto opened = Store::open(folder, options);
    if (!opened) return fail(opened.error());
    Store& store = **opened;
    CompactReport report;
    const StoreStats before = store.stats();
    report.bytes_before = before.page_slots * kPageSize + before.log_bytes;
    Slot end = 0;
    const auto moved = move_down(store, progress, end);
    if (!moved) return fail(moved.error());
    report.moved_pages = moved->size();
    if (const auto synced = store.pages_->sync(); !synced) return fail(synced.error());
    auto log = write_snapshot(store.system_, store.commits_, folder / "log.new", store.log_->generation() + 1, *moved);
    if (!log) return fail(log.error());
    report.bytes_after = std::uint64_t{end} * kPageSize + log->end();
    if (const auto installed = store.install(std::move(*log)); !installed) return fail(installed.error());
    if (const auto cut = store.pages_->shrink(end); !cut) return fail(cut.error());
    std::set<Hash> codes;
    for (const NamedState& named : states_of(store.commits_)) {
        named.state->for_each([&](const ContractRecord& contract) { codes.insert(contract.deployment->bytecode); });
    }
    const auto removed = store.codes_.keep_only(codes);
    if (!removed) return fail(removed.error());
    report.removed_bytecodes = *removed;
    return report;
}

Result<RepairReport, StoreFailure> repair_store(const std::filesystem::path& folder, const StoreOptions& options,
                                                const StoreProgress& progress) {
    return StoreMaintenance::repair(folder, options, progress);
}

Result<CompactReport, StoreFailure> compact_store(const std::filesystem::path& folder, const StoreOptions& options,
                                                  const StoreProgress& progress) {
    return StoreMaintenance::compact(folder, options, progress);
}

}  // namespace dusk::vm
