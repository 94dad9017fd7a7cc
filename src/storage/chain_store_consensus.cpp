#include "storage/chain_store.hpp"
#include "storage/tables.hpp"

// What consensus keeps (chain/block_store.hpp).
namespace dusk::storage {

using chain::StoreResult;
using ledger::Block;
using ledger::BlockHash;
using ledger::ConsensusHeader;

namespace {

constexpr std::size_t kCandidatesAtOnce = 1000;

}  // namespace

StoreResult<void> ChainStore::keep_candidate(const Block& block) {
    WriteBatch batch;
    batch.put(key_of(Table::candidate, block.header.hash), ledger::encode(block));
    batch.put(key_of(Table::candidate_of, consensus_header(block.header), block.header.hash), {});
    return store_.write(batch, Sync::no);
}

StoreResult<std::optional<Block>> ChainStore::candidate(const BlockHash& hash) {
    auto block = store_.read<Block>(key_of(Table::candidate, hash), "candidate");
    if (block && *block && (*block)->header.hash != hash) return fail(damaged("a stored candidate has another hash"));
    return block;
}

StoreResult<std::optional<Block>> ChainStore::candidate(const ConsensusHeader& header) {
    const auto key = store_.end_of(keys_of(Table::candidate_of, header), Order::ascending);
    if (!key) return fail(key.error());
    if (!*key) return std::nullopt;
    const Bytes& found = **key;
    if (found.size() != 1 + 41 + BlockHash::kSize) return fail(damaged("a candidate has a key of another length"));
    return candidate(BlockHash{take<BlockHash::kSize>(ByteView(found).subspan(42))});
}

StoreResult<void> ChainStore::forget_candidates(ledger::Height height) {
    // Piece by piece, because nothing bounds how many there are after a long time without blocks.
    while (true) {
        const auto candidates = store_.keys(keys_up_to(Table::candidate_of, height), kCandidatesAtOnce);
        if (!candidates) return fail(candidates.error());
        const auto results = store_.keys(keys_up_to(Table::validation, height), kCandidatesAtOnce);
        if (!results) return fail(results.error());
        WriteBatch batch;
        for (const Bytes& key : *candidates) {
            if (key.size() != 1 + 41 + BlockHash::kSize)
                return fail(damaged("a candidate has a key of another length"));
            batch.remove(key_of(Table::candidate, BlockHash{take<BlockHash::kSize>(ByteView(key).subspan(42))}));
            batch.remove(key);
        }
        for (const Bytes& key : *results) batch.remove(key);
        if (batch.empty()) return {};
        if (auto written = store_.write(batch, Sync::no); !written) return written;
    }
}

StoreResult<void> ChainStore::keep_validation_result(const ConsensusHeader& header,
                                                     const ledger::ValidationResult& result) {
    WriteBatch batch;
    batch.put(key_of(Table::validation, header), ledger::encode(result));
    return store_.write(batch, Sync::no);
}

StoreResult<std::optional<ledger::ValidationResult>> ChainStore::validation_result(const ConsensusHeader& header) {
    return store_.read<ledger::ValidationResult>(key_of(Table::validation, header), "validation result");
}

StoreResult<std::optional<chain::BlockStore::LastIteration>> ChainStore::last_iteration() {
    const auto stored = store_.read<StoredIteration>(key_of(Table::last_iteration), "last iteration");
    if (!stored) return fail(stored.error());
    return *stored ? std::optional((*stored)->last) : std::nullopt;
}

StoreResult<void> ChainStore::set_last_iteration(const LastIteration& last) {
    WriteBatch batch;
    batch.put(key_of(Table::last_iteration), ledger::encode(StoredIteration{last}));
    return store_.write(batch, Sync::yes);
}

StoreResult<std::optional<chain::BlockStore::StepTimes>> ChainStore::step_times(ledger::Step step) {
    auto stored = store_.read<StoredStepTimes>(key_of(Table::step_times, step), "times of a step");
    if (!stored) return fail(stored.error());
    return *stored ? std::optional(std::move((*stored)->times)) : std::nullopt;
}

StoreResult<void> ChainStore::add_step_time(ledger::Step step, std::chrono::milliseconds time) {
    auto times = step_times(step);
    if (!times) return fail(times.error());
    StoredStepTimes stored{std::move(*times).value_or(StepTimes())};
    stored.times.push_back(time);
    if (stored.times.size() > kKeptStepTimes) stored.times.erase(stored.times.begin());
    WriteBatch batch;
    batch.put(key_of(Table::step_times, step), ledger::encode(stored));
    return store_.write(batch, Sync::no);
}

}  // namespace dusk::storage
