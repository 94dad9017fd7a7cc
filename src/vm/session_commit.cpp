// From a session to a state (spec/vm.md §7).
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
        ContractChange change;
        change.id = id;
        change.is_64 = contract->is_64;
        if (contract->record == nullptr) change.deployed = {contract->bytecode, contract->owner};
        change.memory_length = contract->record != nullptr ? contract->record->memory_length : 0;
        if (contract->memory) {
            change.memory_length = contract->memory->linear().length;
            for (const std::uint32_t page : contract->memory->dirty_pages()) {
                change.dirty_pages.push_back({page, contract->memory->page_content(page)});
            }
        }
        changes.push_back(std::move(change));
    }
    return changes;
}

CallResult<const Prepared*> Session::prepared() {
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
    calls_.clear();
    return *root;
}

std::vector<std::uint32_t> Session::page_leaves(const ContractId& id) {
    std::vector<std::uint32_t> pages;
    const auto contract = find(id);
    if (!contract || *contract == nullptr) return pages;
    if ((*contract)->record != nullptr) pages = (*contract)->record->page_indices();
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
