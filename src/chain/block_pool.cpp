#include "chain/block_pool.hpp"

#include <algorithm>

namespace dusk::chain {

std::size_t size_of(const ledger::Block& block) {
    constexpr std::size_t kHeader = 4096;  // with its failed iterations
    constexpr std::size_t kFault = 512;
    std::size_t out = kHeader + kFault * block.faults.size();
    for (const auto& transaction : block.transactions) out += transaction.transaction.block_space(transaction.format);
    return out;
}

void BlockPool::erase(Blocks::iterator height) {
    for (const PooledBlock& pooled : height->second) bytes_ -= size_of(*pooled.block);
    blocks_.erase(height);
}

bool BlockPool::put(PooledBlock pooled) {
    const ledger::Height height = pooled.block->header.height;
    const std::size_t size = size_of(*pooled.block);
    const auto same = [&](const PooledBlock& other) { return other.block->header.hash == pooled.block->header.hash; };
    if (const auto found = blocks_.find(height); found != blocks_.end()) {
        if (found->second.size() >= kMostOfHeight || std::ranges::any_of(found->second, same)) return false;
    }
    while (bytes_ + size > kMostBytes && !blocks_.empty() && blocks_.rbegin()->first > height) {
        erase(std::prev(blocks_.end()));
    }
    if (bytes_ + size > kMostBytes) return false;
    bytes_ += size;
    blocks_[height].push_back(std::move(pooled));
    return true;
}

std::optional<PooledBlock> BlockPool::take(ledger::Height height) {
    const auto found = blocks_.find(height);
    if (found == blocks_.end()) return {};
    PooledBlock out = std::move(found->second.back());
    found->second.pop_back();
    bytes_ -= size_of(*out.block);
    if (found->second.empty()) blocks_.erase(found);
    return out;
}

void BlockPool::drop_to(ledger::Height height) {
    while (!blocks_.empty() && blocks_.begin()->first <= height) erase(blocks_.begin());
}

void BlockPool::drop_from(const ledger::SocketAddress& peer) {
    for (auto it = blocks_.begin(); it != blocks_.end();) {
        std::erase_if(it->second, [&](const PooledBlock& pooled) {
            if (pooled.peer != peer) return false;
            bytes_ -= size_of(*pooled.block);
            return true;
        });
        it = it->second.empty() ? blocks_.erase(it) : std::next(it);
    }
}

void BlockPool::clear() {
    blocks_.clear();
    bytes_ = 0;
}

}  // namespace dusk::chain
