// From a session to a state (spec/vm.md §7).
#include <algorithm>

#include "vm/machine.hpp"
#include "vm/session.hpp"

namespace dusk::vm {
namespace {

CallError storage_error(const StoreFailure& failure) {
    return {CallErrorKind::persistence, Trap::none, describe(failure)};
}

}  // namespace

std::vector<ContractChange> Session::changes() const {
    std::vector<ContractChange> changes;
    changes.reserve(contracts_.size());
    for (const auto& [id, contract] : contracts_) {
        ContractChange change{id, contract->is_64, 0};
        if (contract->record == nullptr) change.deployed = NewContract{contract->bytecode, contract->owner, {}};
        change.memory_length = contract->record != nullptr ? contract->record->memory_length : 0;
        if (contract->memory) {
            change.memory_length = contract->memory->linear().length;
            for (const std::uint32_t page : contract->memory->dirty_pages()) {
                change.pages.push_back({page, contract->memory->page_content(page), {}});
            }
        }
        changes.push_back(std::move(change));
    }
    return changes;
}

CallResult<const PreparedCommit*> Session::prepared() {
    if (is_lost()) return fail(CallError{CallErrorKind::session_lost, Trap::none, "nothing of it can be kept"});
    if (!prepared_) {
        auto prepared = machine_->store().prepare(base_, changes());
        if (!prepared) return fail(storage_error(prepared.error()));
        prepared_ = *std::move(prepared);
    }
    return &*prepared_;
}

CallResult<Hash> Session::root() {
    const auto now = prepared();
    if (!now) return fail(now.error());
    return (*now)->root();
}

CallResult<Hash> Session::commit() {
    const auto now = prepared();
    if (!now) return fail(now.error());
    auto root = machine_->store().commit(*std::exchange(prepared_, std::nullopt));
    if (!root) return fail(storage_error(root.error()));
    contracts_.clear();
    memories_.clear();
    running_.clear();
    rested_.clear();
    calls_.clear();
    return *root;
}

std::vector<std::uint32_t> Session::page_leaves(const ContractId& id) {
    std::vector<std::uint32_t> pages;
    const auto contract = find(id);
    if (!contract || *contract == nullptr) return pages;
    if ((*contract)->record != nullptr) {
        (*contract)->record->for_each_page([&](std::uint32_t page, const StoredPage&) { pages.push_back(page); });
    }
    if ((*contract)->memory) {
        const auto dirty = (*contract)->memory->dirty_pages();
        pages.insert(pages.end(), dirty.begin(), dirty.end());
    }
    std::ranges::sort(pages);
    pages.erase(std::ranges::unique(pages).begin(), pages.end());
    return pages;
}

std::optional<std::uint64_t> Session::memory_length(const ContractId& id) {
    const auto contract = find(id);
    if (!contract || *contract == nullptr) return std::nullopt;
    if ((*contract)->memory) return (*contract)->memory->linear().length;
    return (*contract)->record != nullptr ? (*contract)->record->memory_length : 0;
}

}  // namespace dusk::vm
