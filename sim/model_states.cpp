#include "sim/model_states.hpp"

#include "crypto/blake2b.hpp"
#include "ledger/limits.hpp"

namespace dusk::sim {
namespace {

using chain::TransitionFailure;

ByteArray<32> name_of(const ledger::StateRoot& base, const ledger::Block& block,
                      std::span<const ledger::Voter> voters) {
    Writer out(2048);
    // All that a header says to the contracts.
    base.write(out);
    out.le(block.header.height.value).le(block.header.gas_limit.value);
    block.header.generator.write(out);
    block.header.failed_iterations.write(out);
    for (const auto& transaction : block.transactions) out.bytes(transaction.digest().bytes);
    for (const auto& fault : block.faults) out.bytes(fault.id().bytes);
    for (const auto& voter : voters) {
        const auto& x = voter.account.point().blst().x;
        for (const auto limb : x.fp[0].l) out.le<std::uint64_t>(limb);
        out.le(voter.credits);
    }
    return crypto::blake2b_256(out.view());
}

}  // namespace

ModelExecutions::Outcome ModelExecutions::execute(const ModelLedgerPtr& base, const ledger::StateRoot& root,
                                                  const ledger::Block& block, std::span<const ledger::Voter> voters) {
    const Key key = name_of(root, block, voters);
    if (const auto at = outcomes_.find(key); at != outcomes_.end()) return at->second;
    ++executed_;
    auto executed = execute_model_block(*base, block, voters);
    Outcome outcome = executed ? Outcome(std::make_shared<const ModelTransition>(*std::move(executed)))
                               : Outcome(fail(executed.error()));
    outcomes_.emplace(key, outcome);
    oldest_first_.push_back(key);
    if (oldest_first_.size() > kMost) {
        outcomes_.erase(oldest_first_.front());
        oldest_first_.pop_front();
    }
    return outcome;
}

Result<ModelLedgerPtr, TransitionFailure> ModelStates::find(const ledger::StateRoot& root) const {
    const auto at = disk_.find(root);
    if (at == disk_.end()) return fail(TransitionFailure{false, "there is no such state"});
    return at->second.ledger;
}

ModelExecutions::Outcome ModelStates::verified(const ledger::Block& block, const ledger::StateRoot& base,
                                               std::span<const ledger::Voter> voters) {
    const auto before = find(base);
    if (!before) return fail(before.error());
    auto outcome = executions_.execute(*before, base, block, voters);
    if (!outcome) return outcome;
    if ((*outcome)->effect.root != block.header.state_root) {
        return fail(TransitionFailure{true, "the state is another"});
    }
    if (model_bloom((*outcome)->effect) != block.header.event_bloom) {
        return fail(TransitionFailure{true, "the bloom is another"});
    }
    return outcome;
}

Result<chain::Transition, TransitionFailure> ModelStates::verify(const ledger::Block& block,
                                                                 const ledger::StateRoot& base,
                                                                 std::span<const ledger::Voter> voters) {
    const auto outcome = verified(block, base, voters);
    if (!outcome) return fail(outcome.error());
    std::erase_if(verified_, [&](const Verified& entry) { return entry.block == block.header.hash; });
    verified_.push_back({block.header.hash, {(*outcome)->after, base}});
    if (verified_.size() > kRemembered) verified_.pop_front();
    return (*outcome)->effect;
}

Result<void, TransitionFailure> ModelStates::commit(const ledger::Block& block) {
    const auto at = std::ranges::find(verified_, block.header.hash, &Verified::block);
    if (at == verified_.end()) return fail(TransitionFailure{false, "the block was not verified"});
    crash_.pass("before a state is stored");
    disk_.insert_or_assign(block.header.state_root, at->state);
    crash_.pass("after a state was stored");
    return {};
}

void ModelStates::finalize(const ledger::StateRoot& root, std::span<const ledger::StateRoot> dropped) {
    std::vector<ledger::StateRoot> gone(dropped.begin(), dropped.end());
    for (auto at = disk_.find(root); at != disk_.end();) {
        const ledger::StateRoot parent = at->second.parent;
        if (std::ranges::find(gone, parent) != gone.end()) break;
        gone.push_back(parent);
        at = disk_.find(parent);
    }
    for (const ledger::StateRoot& one : gone) {
        if (one == root) continue;
        crash_.pass("before a state is dropped");
        disk_.erase(one);
    }
}

void ModelStates::keep_only(std::span<const ledger::StateRoot> roots) {
    for (auto at = disk_.begin(); at != disk_.end();) {
        if (std::ranges::find(roots, at->first) != roots.end()) {
            ++at;
            continue;
        }
        crash_.pass("before a state is dropped");
        at = disk_.erase(at);
    }
}

Result<consensus::Provisioners, TransitionFailure> ModelStates::provisioners(const ledger::StateRoot& root) {
    return transform(find(root), [](const ModelLedgerPtr& state) { return state->provisioners(); });
}

Result<std::vector<chain::States::FormerStake>, TransitionFailure> ModelStates::former_stakes(
    const ledger::StateRoot& root) {
    return transform(find(root), [](const ModelLedgerPtr& state) { return state->former; });
}

node::BuiltCandidate ModelStates::build(const node::BuildJob& job, std::uint64_t now) {
    node::BuiltCandidate out;
    const auto base = find(job.frame.base);
    if (!base) return {.failure = base.error().text};
    ledger::Block block{.header = job.frame.header};
    block.header.timestamp = std::max(block.header.timestamp, now);
    // Nonces that are not ready wait for another pass, as long as something was put in.
    ModelLedger state = **base;
    std::size_t bytes = 0;
    std::vector<node::TransactionPtr> waiting = job.transactions;
    for (bool again = true; again;) {
        again = false;
        std::vector<node::TransactionPtr> later;
        for (const node::TransactionPtr& transaction : waiting) {
            const std::size_t count = block.transactions.size() + 1;
            const std::size_t space = transaction->transaction.block_space(transaction->format);
            if (count > ledger::kMostBlockTransactions || count * kModelGas.value > block.header.gas_limit.value ||
                bytes + space > ledger::kMostBlockBytes / 2) {
                continue;
            }
            const auto fits = check_spendable(state, transaction->transaction);
            if (!fits && fits.error().later) {
                later.push_back(transaction);
            } else if (!fits || !is_signed(transaction->transaction)) {
                out.discarded.push_back({transaction->id(), "it cannot be spent"});
            } else {
                chain::Transition effect;
                (void)spend(state, effect, *transaction, block.header.height);
                block.transactions.push_back(*transaction);
                bytes += space;
                again = true;
            }
        }
        waiting = std::move(later);
    }
    block.header.transactions_root = ledger::transactions_root(block.transactions);
    block.header.faults_root = ledger::faults_root(block.faults);
    const auto outcome = executions_.execute(*base, job.frame.base, block, job.frame.voters);
    if (!outcome) return {.failure = outcome.error().text, .discarded = std::move(out.discarded)};
    block.header.state_root = (*outcome)->effect.root;
    block.header.event_bloom = model_bloom((*outcome)->effect);
    block.header.hash = block.header.content_hash();
    out.block = std::move(block);
    return out;
}

consensus::Verdict ModelStates::judge(const node::JudgeJob& job) {
    const auto outcome = verified(*job.block, job.base, job.voters);
    if (outcome) return consensus::Verdict::valid;
    return outcome.error().of_the_block ? consensus::Verdict::invalid : consensus::Verdict::unknown;
}

std::vector<node::ProofFinding> ModelStates::check(const node::CheckJob& job) {
    std::vector<node::ProofFinding> out;
    for (const node::TransactionPtr& transaction : job.transactions) {
        node::ProofFinding& finding = out.emplace_back();
        if (!is_signed(transaction->transaction)) finding = "it is not signed";
    }
    return out;
}

}  // namespace dusk::sim
