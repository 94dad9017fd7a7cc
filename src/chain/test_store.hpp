// A chain in memory, for tests: every write whole or not at all. A copy of its content is what a crash would leave.
#pragma once

#include <algorithm>
#include <deque>
#include <map>

#include "chain/block_store.hpp"

namespace dusk::chain {

struct StoredChain {
    std::map<ledger::Height, LabelledHash> heights{};
    std::map<ledger::BlockHash, ledger::Block> blocks{};
    std::map<ledger::TransactionId, ledger::SpentTransaction> spent{};
    std::map<ledger::Height, std::shared_ptr<const execution::BlockReceipts>> receipts{};
    std::map<ledger::BlockHash, ledger::Block> candidates{};
    std::map<ledger::ConsensusHeader, ledger::ValidationResult> results{};
    std::optional<BlockStore::LastIteration> last{};
    std::map<ledger::Step, BlockStore::StepTimes> times{};
};

class TestStore final : public BlockStore {
  public:
    StoredChain content;
    // Writes that still succeed; none: all.
    std::optional<int> writes_left;
    int writes = 0;
    std::vector<std::pair<ledger::Height, std::size_t>> blobs_forgotten;  // the calls

    StoreResult<std::optional<ledger::BlockHeader>> tip() override {
        if (content.heights.empty()) return std::optional<ledger::BlockHeader>{};
        return header(content.heights.rbegin()->second.hash);
    }
    StoreResult<std::optional<ledger::BlockHeader>> header(const ledger::BlockHash& hash) override {
        const auto found = content.blocks.find(hash);
        return found == content.blocks.end() ? std::nullopt : std::optional(found->second.header);
    }
    StoreResult<std::optional<ledger::Block>> block(const ledger::BlockHash& hash) override {
        return find(content.blocks, hash);
    }
    StoreResult<std::optional<LabelledHash>> at(ledger::Height height) override {
        return find(content.heights, height);
    }
    StoreResult<bool> has_block(const ledger::BlockHash& hash) override { return content.blocks.contains(hash); }
    StoreResult<bool> has_transaction(const ledger::TransactionId& id) override { return content.spent.contains(id); }
    StoreResult<std::optional<ledger::SpentTransaction>> transaction(const ledger::TransactionId& id) override {
        return find(content.spent, id);
    }
    StoreResult<std::vector<ledger::Fault>> faults_since(ledger::Height height) override {
        std::vector<ledger::Fault> out;
        for (const auto& [hash, block] : content.blocks) {
            if (block.header.height >= height) out.insert(out.end(), block.faults.begin(), block.faults.end());
        }
        return out;
    }
    StoreResult<std::optional<ledger::Height>> last_final() override {
        for (auto it = content.heights.rbegin(); it != content.heights.rend(); ++it) {
            if (it->second.label.kind == ledger::Label::Kind::final) return std::optional(it->first);
        }
        return std::optional<ledger::Height>{};
    }

    StoreResult<bool> events(ledger::Height height, const VisitEvent& visit) override {
        const auto found = content.receipts.find(height);
        if (found == content.receipts.end()) return false;
        write_events(*found->second, [&](const Bytes& piece) { static_cast<void>(read_events(piece, visit)); });
        return true;
    }

    StoreResult<void> begin(const ledger::Block& genesis) override {
        if (auto may = write(); !may) return may;
        content.blocks[genesis.header.hash] = genesis;
        content.heights[{0}] = {genesis.header.hash, {ledger::Label::Kind::final, 0}};
        return {};
    }
    StoreResult<void> accept(const AcceptedBlock& block) override {
        if (auto may = write(); !may) return may;
        const ledger::BlockHeader& header = block.block.header;
        content.blocks[header.hash] = block.block;
        content.heights[header.height] = {header.hash, block.label};
        for (const LabelChange& change : block.labels) content.heights.at(change.height).label = change.label;
        for (const auto& spent : block.spent) content.spent[spent.transaction.id()] = spent;
        if (block.receipts != nullptr) content.receipts[header.height] = block.receipts;
        return {};
    }
    StoreResult<std::vector<ledger::Block>> revert_to(ledger::Height height) override {
        if (auto may = write(); !may) return fail(may.error());
        std::vector<ledger::Block> out;
        while (!content.heights.empty() && content.heights.rbegin()->first > height) {
            const auto last = std::prev(content.heights.end());
            const auto found = content.blocks.find(last->second.hash);
            for (const auto& transaction : found->second.transactions) content.spent.erase(transaction.id());
            out.push_back(found->second);
            content.receipts.erase(last->first);
            content.blocks.erase(found);
            content.heights.erase(last);
        }
        return out;
    }
    StoreResult<std::size_t> forget_blocks_below(ledger::Height height, std::size_t most) override {
        if (auto may = write(); !may) return fail(may.error());
        std::size_t forgotten = 0;
        for (std::size_t work = 0; content.heights.size() > 2; ++forgotten) {
            const auto first = std::next(content.heights.begin());
            if (first->first >= height) break;
            const auto found = content.blocks.find(first->second.hash);
            work += 1 + found->second.transactions.size();
            if (forgotten > 0 && work > most) break;
            for (const auto& transaction : found->second.transactions) content.spent.erase(transaction.id());
            content.receipts.erase(first->first);
            content.blocks.erase(found);
            content.heights.erase(first);
        }
        return forgotten;
    }
    StoreResult<std::size_t> forget_blobs_below(ledger::Height height, std::size_t most) override {
        if (auto may = write(); !may) return fail(may.error());
        blobs_forgotten.emplace_back(height, most);
        return std::size_t{0};
    }

    StoreResult<void> keep_candidate(const ledger::Block& block) override {
        if (auto may = write(); !may) return may;
        content.candidates[block.header.hash] = block;
        return {};
    }
    StoreResult<std::optional<ledger::Block>> candidate(const ledger::BlockHash& hash) override {
        return find(content.candidates, hash);
    }
    StoreResult<std::optional<ledger::Block>> candidate(const ledger::ConsensusHeader& header) override {
        for (const auto& [hash, block] : content.candidates) {
            if (consensus_header(block.header) == header) return std::optional(block);
        }
        return std::optional<ledger::Block>{};
    }
    StoreResult<void> forget_candidates(ledger::Height height) override {
        if (auto may = write(); !may) return may;
        std::erase_if(content.candidates, [&](const auto& one) { return one.second.header.height <= height; });
        return {};
    }
    StoreResult<void> keep_validation_result(const ledger::ConsensusHeader& header,
                                             const ledger::ValidationResult& result) override {
        if (auto may = write(); !may) return may;
        content.results[header] = result;
        return {};
    }
    StoreResult<std::optional<ledger::ValidationResult>> validation_result(
        const ledger::ConsensusHeader& header) override {
        return find(content.results, header);
    }
    StoreResult<std::optional<LastIteration>> last_iteration() override { return content.last; }
    StoreResult<void> set_last_iteration(const LastIteration& last) override {
        if (auto may = write(); !may) return may;
        content.last = last;
        return {};
    }
    StoreResult<std::optional<StepTimes>> step_times(ledger::Step step) override { return find(content.times, step); }
    StoreResult<void> add_step_time(ledger::Step step, std::chrono::milliseconds time) override {
        if (auto may = write(); !may) return may;
        StepTimes& times = content.times[step];
        times.push_back(time);
        if (times.size() > kKeptStepTimes) times.erase(times.begin());
        return {};
    }

  private:
    template <class Key, class Value>
    static std::optional<Value> find(const std::map<Key, Value>& values, const Key& key) {
        const auto found = values.find(key);
        return found == values.end() ? std::nullopt : std::optional(found->second);
    }
    StoreResult<void> write() {
        if (writes_left && *writes_left == 0) return fail(StoreFailure{StoreFailure::Kind::io, "the disk is full"});
        if (writes_left) --*writes_left;
        ++writes;
        return {};
    }
};

}  // namespace dusk::chain
