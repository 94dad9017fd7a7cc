#include "chain/chain.hpp"

#include <algorithm>

#include "ledger/limits.hpp"

namespace dusk::chain {
namespace {

using ledger::Height;
using ledger::StateRoot;

constexpr std::size_t kKeptHeads = 8;

RecentBlock recent_of(const ledger::BlockHeader& header, const ledger::Label& label) {
    return {header.hash, header.state_root, header.iteration, label};
}

}  // namespace

std::unexpected<BlockRefusal> Chain::broken(const StoreFailure& failure) {
    if (!broken_) broken_ = failure.text;
    return fail(BlockRefusal(failure));
}

// A refusal that no other block would change is the node's.
std::unexpected<BlockRefusal> Chain::refused(BlockRefusal refusal) {
    if (const auto* failure = std::get_if<StoreFailure>(&refusal)) return broken(*failure);
    const auto* transition = std::get_if<TransitionFailure>(&refusal);
    if (transition != nullptr && !transition->of_the_block && !ports_.states->has(tip().state_root)) {
        return broken(StoreFailure{StoreFailure::Kind::damaged, "the state of the tip is gone: " + transition->text});
    }
    return fail(std::move(refusal));
}

Result<Head, BlockRefusal> Chain::head_at(Height height) {
    if (height == tip().height) return head_;
    const RecentBlock* block = recent_.at(height);
    if (block == nullptr) return fail(BlockRefusal(TransitionFailure{false, "the block is not among the last ones"}));
    const auto kept = std::ranges::find(heads_, block->hash, [](const Head& head) { return head.tip.hash; });
    if (kept != heads_.end()) {
        std::rotate(heads_.begin(), kept, kept + 1);
        return heads_.front();
    }
    const auto header = store().header(block->hash);
    if (!header) return broken(header.error());
    const auto parent = store().header((*header)->prev_block_hash);
    if (!parent) return broken(parent.error());
    const ledger::Seed parent_seed = *parent ? (*parent)->seed : ledger::Seed{};
    auto head = head_of(**header, parent_seed, *ports_.states, *ports_.signatures);
    if (!head) return fail(BlockRefusal(std::move(head).error()));
    heads_.insert(heads_.begin(), *head);
    if (heads_.size() > kKeptHeads) heads_.pop_back();
    return *std::move(head);
}

bool Chain::has_head(Height height) const {
    if (height == tip().height) return true;
    const RecentBlock* block = recent_.at(height);
    return block != nullptr &&
           std::ranges::any_of(heads_, [&](const Head& head) { return head.tip.hash == block->hash; });
}

Result<void, BlockRefusal> Chain::commit_state(const CheckedBlock& block) {
    if (auto stored = ports_.states->commit(*block.block); !stored) {
        return broken(StoreFailure{StoreFailure::Kind::io, stored.error().text});
    }
    return {};
}

Result<void, BlockRefusal> Chain::store_state(const CheckedBlock& block) {
    if (auto stored = commit_state(block); !stored) return stored;
    aside_.push_back({block.block->header.height, block.transition.root});
    return {};
}

Result<void, BlockRefusal> Chain::accept(const BlockPtr& block, Now now, std::vector<Action>& events) {
    if (broken_) return fail(BlockRefusal(StoreFailure{StoreFailure::Kind::io, *broken_}));
    auto checked = check_block(block, head_, LedgerView(store()), now.wall, check_ports());
    if (!checked) return refused(std::move(checked).error());
    if (auto stored = commit_state(*checked); !stored) return stored;
    auto head =
        next_head(head_, block->header, checked->transition, checked->findings.attestation_voters, *ports_.states);
    if (!head) return broken(StoreFailure{StoreFailure::Kind::io, head.error().text});
    return append(*checked, *std::move(head), events);
}

// The block's state is stored.
Result<void, BlockRefusal> Chain::append(const CheckedBlock& block, Head head, std::vector<Action>& events) {
    const ledger::BlockHeader& header = block.block->header;
    const Height was_final = last_final();
    const Finality finality = recent_.finality_with(block.findings.unshown_iterations);
    const AcceptedBlock accepted{.block = *block.block,
                                 .spent = block.transition.spent,
                                 .label = finality.label,
                                 .labels = finality.labels,
                                 .receipts = block.transition.receipts};
    if (auto written = store().accept(accepted); !written) return broken(written.error());
    head_ = std::move(head);
    const auto settled = recent_.add(recent_of(header, finality.label), finality);
    events.emplace_back(
        BlockAccepted{block.block, block.transition.spent, finality.label, finality.labels, block.transition.receipts});
    if (last_final() != was_final) {
        events.emplace_back(FinalityChanged{last_final(), recent_.all().front().hash});
        drop_states(settled);
        if (auto forgot = forget(); !forgot) return broken(forgot.error());
    }
    if (header.height.value > kCandidateHeights) {
        if (auto forgot = store().forget_candidates({header.height.value - kCandidateHeights}); !forgot) {
            return broken(forgot.error());
        }
    }
    return {};
}

void Chain::drop_states(std::span<const RecentBlock> settled) {
    std::vector<StateRoot> dropped;
    for (const RecentBlock& block : settled) dropped.push_back(block.root);
    // Blocks of different branches may have one state.
    std::erase_if(aside_, [&](const Aside& aside) {
        if (aside.height > last_final()) return false;
        dropped.push_back(aside.root);
        return true;
    });
    std::erase_if(dropped, [&](const StateRoot& root) {
        return std::ranges::any_of(recent_.all(), [&](const RecentBlock& block) { return block.root == root; });
    });
    std::erase_if(heads_, [&](const Head& head) { return head.tip.height < last_final(); });
    ports_.states->finalize(recent_.all().front().root, dropped);
}

// Some of what nobody needs below the last final block.
StoreResult<void> Chain::forget() {
    if (const auto height = first_kept_blob(history_, last_final())) {
        const auto forgot = store().forget_blobs_below(*height, History::kBlobsAtOnce);
        if (!forgot) return fail(forgot.error());
    }
    if (const auto height = first_kept_block(history_, last_final())) {
        const auto forgot = store().forget_blocks_below(*height, History::kForgottenAtOnce);
        if (!forgot) return fail(forgot.error());
    }
    return {};
}

Result<void, BlockRefusal> Chain::replace(Height fork, std::span<const CheckedBlock> blocks, const Head& head,
                                          std::vector<Action>& events) {
    if (broken_) return fail(BlockRefusal(StoreFailure{StoreFailure::Kind::io, *broken_}));
    auto parent = head_at(fork);
    if (!parent) return fail(std::move(parent).error());
    auto reverted = store().revert_to(fork);
    if (!reverted) return broken(reverted.error());
    for (std::uint64_t height = fork.value + 1; height <= tip().height.value; ++height) {
        aside_.push_back({{height}, recent_.at({height})->root});
    }
    recent_.cut(fork);
    head_ = *std::move(parent);
    BlocksReverted event;
    for (ledger::Block& block : *reverted) {
        event.blocks.push_back(std::make_shared<const ledger::Block>(std::move(block)));
    }
    events.emplace_back(std::move(event));
    for (const CheckedBlock& block : blocks) {
        Head after = head;
        after.tip = block.block->header;
        if (auto added = append(block, std::move(after), events); !added) return added;
    }
    return {};
}

}  // namespace dusk::chain
