#include "chain/contract_states.hpp"

#include <algorithm>
#include <set>

#include "chain/stake_events.hpp"
#include "execution/state_queries.hpp"

namespace dusk::chain {
namespace {

using execution::BlockFailure;
using execution::BlockReceipts;
using execution::ExecutedBlock;
using ledger::Block;
using ledger::BlockHash;
using ledger::StateRoot;

std::unexpected<TransitionFailure> failure(const BlockFailure& error) {
    return fail(TransitionFailure{execution::is_of_the_block(error.fault), execution::describe(error)});
}
std::unexpected<TransitionFailure> our_failure(std::string text) {
    return fail(TransitionFailure{.of_the_block = false, .text = std::move(text)});
}

std::vector<ledger::SpentTransaction> spent_of(const Block& block, const BlockReceipts& receipts) {
    std::vector<ledger::SpentTransaction> out;
    out.reserve(block.transactions.size());
    for (std::size_t i = 0; i < block.transactions.size(); ++i) {
        const auto& receipt = receipts.transactions[i];
        out.push_back({block.transactions[i], block.header.height, receipt.gas_spent, receipt.error});
    }
    return out;
}

}  // namespace

Transition ContractStates::transition_of(const Block& block, const ExecutedBlock& executed) {
    return {executed.root(), spent_of(block, executed.receipts()), stake_changes(executed.receipts().events),
            executed.shared_receipts()};
}

std::optional<Transition> ContractStates::remembered(const BlockHash& block, const StateRoot& base) {
    const std::scoped_lock lock(mutex_);
    const auto found = std::ranges::find_if(
        executed_, [&](const Executed& executed) { return executed.block == block && executed.base == base; });
    if (found == executed_.end()) return {};
    executed_.splice(executed_.begin(), executed_, found);
    return found->transition;
}

void ContractStates::remember(Executed executed) {
    std::list<Executed> dropped;  // goes away when the lock is free
    const std::scoped_lock lock(mutex_);
    const auto old = std::ranges::find(executed_, executed.block, &Executed::block);
    if (old != executed_.end()) dropped.splice(dropped.begin(), executed_, old);
    executed_.push_front(std::move(executed));
    if (executed_.size() > kRemembered) dropped.splice(dropped.begin(), executed_, std::prev(executed_.end()));
}

std::unique_ptr<ExecutedBlock> ContractStates::take(const BlockHash& block) {
    const std::scoped_lock lock(mutex_);
    const auto found = std::ranges::find(executed_, block, &Executed::block);
    if (found == executed_.end()) return nullptr;
    auto state = std::move(found->state);
    executed_.erase(found);
    return state;
}

void ContractStates::check_proofs(const Block& block) {
    if (checks_ == nullptr || block.transactions.empty()) return;
    std::vector<const ledger::Transaction*> all;
    all.reserve(block.transactions.size());
    for (const auto& transaction : block.transactions) all.push_back(&transaction.transaction);
    const std::scoped_lock lock(checking_);
    checks_->prepare(all, machine_->queries(), *random_, *executor_);
}

Result<Transition, TransitionFailure> ContractStates::verify(const Block& block, const StateRoot& base,
                                                             std::span<const ledger::Voter> voters) {
    if (auto known = remembered(block.header.hash, base)) return *std::move(known);
    const auto frame = execution::frame_of(block, base, chain_id_, {voters.begin(), voters.end()});
    if (!frame) return failure(frame.error());
    check_proofs(block);
    auto executed = execution::verify_block(*machine_, *frame, block);
    if (!executed) return failure(executed.error());
    Transition transition = transition_of(block, *executed);
    remember({block.header.hash, base, transition, std::make_unique<ExecutedBlock>(*std::move(executed))});
    return transition;
}

Result<void, TransitionFailure> ContractStates::commit(const Block& block) {
    const auto executed = take(block.header.hash);
    if (has(block.header.state_root)) return {};
    if (!executed) return our_failure("the block was not executed before its state was to be stored");
    if (const auto stored = executed->commit(); !stored) return failure(stored.error());
    return {};
}

bool ContractStates::has(const StateRoot& root) { return machine_->store().state(root.bytes).has_value(); }

// What cannot be removed stays on the disk, and goes with `keep_only` at the next start.
void ContractStates::finalize(const StateRoot& root, std::span<const StateRoot> dropped) {
    for (const StateRoot& old : dropped) {
        if (old != root) static_cast<void>(machine_->store().remove(old.bytes));
    }
}

void ContractStates::keep_only(std::span<const StateRoot> roots) {
    std::set<vm::Hash> kept;
    for (const StateRoot& root : roots) kept.insert(root.bytes);
    for (const vm::Hash& commit : machine_->store().commits()) {
        if (!kept.contains(commit)) static_cast<void>(machine_->store().remove(commit));
    }
}

Result<std::unique_ptr<vm::Session>, TransitionFailure> ContractStates::session(const StateRoot& root) {
    auto session = machine_->session(root.bytes, static_cast<std::uint8_t>(chain_id_), 0);
    if (!session) return our_failure(vm::describe(session.error()));
    return *std::move(session);
}

Result<consensus::Provisioners, TransitionFailure> ContractStates::provisioners(const StateRoot& root) {
    const auto opened = session(root);
    if (!opened) return fail(opened.error());
    const auto stakes = execution::StateQueries(**opened).stakes();
    if (!stakes) return our_failure("the stakes cannot be read: " + stakes.error().text);
    return provisioners_of(*stakes);
}

Result<std::vector<States::FormerStake>, TransitionFailure> ContractStates::former_stakes(const StateRoot& root) {
    const auto opened = session(root);
    if (!opened) return fail(opened.error());
    const auto changes = execution::StateQueries(**opened).former_stakes();
    if (!changes) return our_failure("the former stakes cannot be read: " + changes.error().text);
    std::vector<FormerStake> out;
    for (const ledger::StakeChange& change : *changes) {
        const auto amount = change.before ? change.before->amount : std::nullopt;
        const auto before = provisioner_of(change.account, amount);
        if (!before) continue;
        out.push_back({before->key, amount ? before : std::nullopt});
    }
    return out;
}

}  // namespace dusk::chain
