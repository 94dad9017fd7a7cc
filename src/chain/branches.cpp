#include "chain/branches.hpp"

#include <algorithm>

namespace dusk::chain {

using ledger::BlockHash;
using ledger::Height;
using Kind = Branches::Outcome::Kind;

bool Branches::is_forbidden(const BlockHash& hash) const {
    return std::ranges::find(forbidden_, hash) != forbidden_.end();
}

bool Branches::is_known(const BlockHash& hash) const {
    const auto is_it = [&](const BlockPtr& block) { return block->header.hash == hash; };
    const auto holds = [&](const Branch& branch) { return std::ranges::any_of(branch.blocks, is_it); };
    return std::ranges::find(chain_.recent().all(), hash, &RecentBlock::hash) != chain_.recent().all().end() ||
           std::ranges::any_of(branches_, holds);
}

Result<Branches::Outcome, BlockRefusal> Branches::on_block(const PooledBlock& block, Now now, bool desperate,
                                                           std::vector<Action>& events) {
    const ledger::BlockHeader& header = block.block->header;
    if (header.height <= chain_.last_final()) return Outcome{.kind = Kind::too_deep};
    if (is_forbidden(header.hash)) return Outcome{.kind = Kind::forbidden};
    if (is_known(header.hash)) return Outcome{.kind = Kind::known};
    auto placed = place(block.block, now, desperate, events);
    if (!placed || placed->kind != Kind::needs_block) {
        if (placed && placed->kind == Kind::kept) {
            // Those that waited for it.
            for (const PooledBlock& child : take_children(header.hash)) {
                auto next = on_block(child, now, desperate, events);
                if (!next) break;
                if (next->kind == Kind::adopted || next->kind == Kind::kept) {
                    next->better = next->better ? next->better : placed->better;
                    placed = next;
                }
            }
        }
        return placed;
    }
    if (header.height.value <= chain_.last_final().value + 1) return Outcome{.kind = Kind::too_deep};
    wait(block);
    return placed;
}

Result<Branches::Outcome, BlockRefusal> Branches::place(const BlockPtr& block, Now now, bool desperate,
                                                        std::vector<Action>& events) {
    const ledger::BlockHeader& header = block->header;
    auto branch = split(block, now);
    if (branch && *branch == nullptr) branch = start(block, now);
    if (!branch) return fail(std::move(branch).error());
    if (*branch == nullptr) return Outcome{.kind = Kind::needs_block, .wanted = header.prev_block_hash};
    if (wins(**branch, desperate)) {
        const Branch winner = std::move(**branch);
        std::erase_if(branches_, [&](const Branch& one) { return one.blocks.empty(); });
        if (auto adopted = adopt(winner, events); !adopted) return fail(std::move(adopted).error());
        return Outcome{.kind = Kind::adopted};
    }
    Outcome out{.kind = Kind::kept, .height = (*branch)->tip()};
    const RecentBlock* ours = chain_.recent().at(header.height);
    if ((*branch)->blocks.size() == 1 && ours != nullptr && ours->iteration < header.iteration) out.better = ours->hash;
    return out;
}

// On one of the branches, whose block of the same height and all above it are left out of the new one. Null where it is
// on none.
Result<Branches::Branch*, BlockRefusal> Branches::split(const BlockPtr& block, Now now) {
    for (Branch& branch : branches_) {
        const auto parent = std::ranges::find(branch.blocks, block->header.prev_block_hash,
                                              [](const BlockPtr& one) { return one->header.hash; });
        if (parent == branch.blocks.end()) continue;
        const auto count = static_cast<std::size_t>(parent - branch.blocks.begin()) + 1;
        if (count >= kMostBlocks) return nullptr;
        const Head head = branch.heads[count - 1];
        if (count == branch.blocks.size()) {
            if (auto extended = extend(branch, head, block, now); !extended) return fail(std::move(extended).error());
            return &branch;
        }
        Branch other = branch;
        other.blocks.resize(count);
        other.checked.resize(count);
        other.heads.resize(count);
        // Labels as they were after those blocks.
        other.recent = chain_.recent();
        other.recent.cut(other.fork);
        for (const CheckedBlock& one : other.checked) {
            const Finality finality = other.recent.finality_with(one.findings.unshown_iterations);
            other.recent.add({one.block->header.hash, one.transition.root, one.block->header.iteration, finality.label},
                             finality);
        }
        if (auto extended = extend(other, head, block, now); !extended) return fail(std::move(extended).error());
        return &keep(std::move(other));
    }
    return nullptr;
}

bool Branches::may_read(Height height, MonotonicTime now) { return chain_.has_head(height) || reads_.take(now); }

// On a block of the chain below the tip. Null where it is on none.
Result<Branches::Branch*, BlockRefusal> Branches::start(const BlockPtr& block, Now now) {
    const Height fork{block->header.height.value - 1};
    const RecentBlock* parent = chain_.recent().at(fork);
    if (parent == nullptr || parent->hash != block->header.prev_block_hash || fork >= chain_.tip().height)
        return nullptr;
    if (!may_read(fork, now.steady)) return nullptr;
    auto head = chain_.head_at(fork);
    if (!head) return fail(std::move(head).error());
    Branch branch{
        .fork = fork, .fork_hash = parent->hash, .blocks = {}, .checked = {}, .heads = {}, .recent = chain_.recent()};
    branch.recent.cut(fork);
    if (auto extended = extend(branch, *head, block, now); !extended) return fail(std::move(extended).error());
    return &keep(std::move(branch));
}

Result<void, BlockRefusal> Branches::extend(Branch& branch, const Head& head, const BlockPtr& block, Now now) {
    const LedgerView ledger(chain_.store(), branch.fork, branch.blocks);
    auto checked = check_block(block, head, ledger, now.wall, chain_.check_ports());
    if (!checked) return fail(std::move(checked).error());
    if (auto stored = chain_.store_state(*checked); !stored) return stored;
    auto next = next_head(head, block->header, checked->transition, checked->findings.attestation_voters,
                          chain_.check_ports().states);
    if (!next) return fail(BlockRefusal(std::move(next).error()));
    const Finality finality = branch.recent.finality_with(checked->findings.unshown_iterations);
    branch.recent.add({block->header.hash, checked->transition.root, block->header.iteration, finality.label},
                      finality);
    branch.blocks.push_back(block);
    branch.checked.push_back(*std::move(checked));
    branch.heads.push_back(*std::move(next));
    return {};
}

Branches::Branch& Branches::keep(Branch branch) {
    if (branches_.size() >= kMostBranches) {
        branches_.erase(std::ranges::min_element(branches_, {}, [](const Branch& one) { return one.blocks.size(); }));
    }
    return branches_.emplace_back(std::move(branch));
}

bool Branches::wins(const Branch& branch, bool desperate) const {
    const RecentBlock* ours = chain_.recent().at({branch.fork.value + 1});
    if (ours == nullptr) return true;
    if (branch.blocks.front()->header.iteration < ours->iteration) return true;
    if (branch.recent.last_final() > branch.fork) return true;
    return desperate && branch.tip() > chain_.tip().height;
}

Result<void, BlockRefusal> Branches::adopt(const Branch& branch, std::vector<Action>& events) {
    const BlockHash left = chain_.recent().at({branch.fork.value + 1})->hash;
    if (auto replaced = chain_.replace(branch.fork, branch.checked, branch.heads.back(), events); !replaced) {
        return replaced;
    }
    forbidden_.push_back(left);
    if (forbidden_.size() > kMostForbidden) forbidden_.pop_front();
    on_tip();
    return {};
}

Result<bool, BlockRefusal> Branches::reconsider(std::vector<Action>& events) {
    const auto winner = std::ranges::find_if(branches_, [&](const Branch& branch) { return wins(branch, true); });
    if (winner == branches_.end()) return false;
    const Branch branch = std::move(*winner);
    branches_.erase(winner);
    if (auto adopted = adopt(branch, events); !adopted) return fail(std::move(adopted).error());
    return true;
}

void Branches::on_tip() {
    const RecentBlocks& recent = chain_.recent();
    std::erase_if(branches_, [&](const Branch& branch) {
        const RecentBlock* fork = recent.at(branch.fork);
        if (fork == nullptr || fork->hash != branch.fork_hash) return true;
        const RecentBlock* first = recent.at({branch.fork.value + 1});
        return first == nullptr || first->hash == branch.blocks.front()->header.hash;
    });
    std::erase_if(waiting_, [&](const PooledBlock& pooled) {
        if (pooled.block->header.height > recent.last_final()) return false;
        waiting_bytes_ -= size_of(*pooled.block);
        return true;
    });
}

void Branches::wait(const PooledBlock& block) {
    const std::size_t size = size_of(*block.block);
    const auto is_it = [&](const PooledBlock& other) { return other.block->header.hash == block.block->header.hash; };
    if (std::ranges::any_of(waiting_, is_it)) return;
    const auto is_same = [&](const PooledBlock& other) { return other.peer == block.peer; };
    if (static_cast<std::size_t>(std::ranges::count_if(waiting_, is_same)) >= kMostWaitingOfPeer) {
        const auto oldest = std::ranges::find_if(waiting_, is_same);
        waiting_bytes_ -= size_of(*oldest->block);
        waiting_.erase(oldest);
    }
    waiting_.push_back(block);
    waiting_bytes_ += size;
    while (waiting_.size() > kMostWaiting || waiting_bytes_ > kMostWaitingBytes) {
        waiting_bytes_ -= size_of(*waiting_.front().block);
        waiting_.pop_front();
    }
}

std::vector<PooledBlock> Branches::take_children(const BlockHash& parent) {
    std::vector<PooledBlock> out;
    std::erase_if(waiting_, [&](const PooledBlock& pooled) {
        if (pooled.block->header.prev_block_hash != parent) return false;
        waiting_bytes_ -= size_of(*pooled.block);
        out.push_back(pooled);
        return true;
    });
    return out;
}

}  // namespace dusk::chain
