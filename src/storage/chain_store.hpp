// The chain in a store of keys and values (storage/tables.hpp says where). Everything that is known of one block is
// written at once, so that the store is at one block or at the next, whenever it ends.
//
// A block comes back with the contents of its blobs as long as they are kept; transactions by their id come without.
// Of blocks of the past that came with a snapshot there are header, label and faults; `block` has none of them.
#pragma once

#include <span>

#include "chain/block_store.hpp"
#include "storage/typed_store.hpp"

namespace dusk::storage {

// Writes of the chain and of the last iteration survive a loss of power; of what consensus keeps besides, it may take
// the last writes. For one thread at a time.
class ChainStore final : public chain::BlockStore {
  public:
    // `store` outlives this. An empty store gets the record that says what it is.
    // Errors: io, no_space, damaged, not_a_store, unknown_version.
    [[nodiscard]] static StorageResult<std::unique_ptr<ChainStore>> open(KeyValue& store);

    [[nodiscard]] chain::StoreResult<std::optional<ledger::BlockHeader>> tip() override;
    [[nodiscard]] chain::StoreResult<std::optional<ledger::BlockHeader>> header(const ledger::BlockHash& hash) override;
    [[nodiscard]] chain::StoreResult<std::optional<ledger::Block>> block(const ledger::BlockHash& hash) override;
    [[nodiscard]] chain::StoreResult<std::optional<chain::LabelledHash>> at(ledger::Height height) override;
    [[nodiscard]] chain::StoreResult<bool> has_block(const ledger::BlockHash& hash) override;
    [[nodiscard]] chain::StoreResult<bool> has_transaction(const ledger::TransactionId& id) override;
    [[nodiscard]] chain::StoreResult<std::optional<ledger::SpentTransaction>> transaction(
        const ledger::TransactionId& id) override;
    [[nodiscard]] chain::StoreResult<std::vector<ledger::Fault>> faults_since(ledger::Height height) override;
    [[nodiscard]] chain::StoreResult<std::optional<ledger::Height>> last_final() override;
    [[nodiscard]] chain::StoreResult<bool> events(ledger::Height height, const chain::VisitEvent& visit) override;

    // A block that does not fit on what is there is refused as damage: no caller has one.
    [[nodiscard]] chain::StoreResult<void> begin(const ledger::Block& genesis) override;
    [[nodiscard]] chain::StoreResult<void> accept(const chain::AcceptedBlock& block) override;
    [[nodiscard]] chain::StoreResult<std::vector<ledger::Block>> revert_to(ledger::Height height) override;
    [[nodiscard]] chain::StoreResult<std::size_t> forget_blocks_below(ledger::Height height, std::size_t most) override;
    [[nodiscard]] chain::StoreResult<std::size_t> forget_blobs_below(ledger::Height height, std::size_t most) override;

    [[nodiscard]] chain::StoreResult<void> keep_candidate(const ledger::Block& block) override;
    [[nodiscard]] chain::StoreResult<std::optional<ledger::Block>> candidate(const ledger::BlockHash& hash) override;
    // Of several that of the lowest hash.
    [[nodiscard]] chain::StoreResult<std::optional<ledger::Block>> candidate(
        const ledger::ConsensusHeader& header) override;
    // And the validation results of these rounds.
    [[nodiscard]] chain::StoreResult<void> forget_candidates(ledger::Height height) override;
    [[nodiscard]] chain::StoreResult<void> keep_validation_result(const ledger::ConsensusHeader& header,
                                                                  const ledger::ValidationResult& result) override;
    [[nodiscard]] chain::StoreResult<std::optional<ledger::ValidationResult>> validation_result(
        const ledger::ConsensusHeader& header) override;
    [[nodiscard]] chain::StoreResult<std::optional<LastIteration>> last_iteration() override;
    [[nodiscard]] chain::StoreResult<void> set_last_iteration(const LastIteration& last) override;
    [[nodiscard]] chain::StoreResult<std::optional<StepTimes>> step_times(ledger::Step step) override;
    [[nodiscard]] chain::StoreResult<void> add_step_time(ledger::Step step, std::chrono::milliseconds time) override;

    // From now on what the contracts report is kept with each block.
    void keep_events() { keeps_events_ = true; }
    // Begins an empty store at the last of these blocks, of which header and faults are known and no transactions;
    // lowest first, each on the one before. They are final, like genesis.
    [[nodiscard]] chain::StoreResult<void> begin_behind(const ledger::Block& genesis,
                                                        std::span<const ledger::Block> past);
    // The content of a blob of the highest block that has it; nothing where it is unknown or was forgotten.
    [[nodiscard]] chain::StoreResult<std::optional<ledger::BlobSidecar>> blob(const ledger::BlobHash& hash);
    // Those of one block; none where there is no such block.
    [[nodiscard]] chain::StoreResult<std::vector<ledger::Fault>> faults_of(ledger::Height height);
    // The lowest block above genesis that is known, be it by its header only; nothing where there is none.
    [[nodiscard]] chain::StoreResult<std::optional<ledger::Height>> first_block();

  private:
    explicit ChainStore(const TypedStore& store) : store_(store) {}

    [[nodiscard]] chain::StoreResult<std::optional<ledger::Height>> top();
    [[nodiscard]] chain::StoreResult<std::optional<ledger::Height>> height_of(const ledger::BlockHash& hash);
    [[nodiscard]] chain::StoreResult<StoredHeader> header_at(ledger::Height height);
    enum class Sidecars : bool { without, with };
    // A block that is known by its header only comes without transactions.
    [[nodiscard]] chain::StoreResult<ledger::Block> block_of(StoredHeader stored, Sidecars sidecars);
    [[nodiscard]] chain::StoreResult<void> attach_blobs(ledger::LedgerTransaction& transaction, ledger::Height height);

    // Of a block that goes.
    [[nodiscard]] chain::StoreResult<void> remove_events(WriteBatch& batch, ledger::Height height);

    TypedStore store_;
    bool keeps_events_ = false;
    // Where what was forgotten ends, as far as this object knows: a walk over what was deleted is slow.
    ledger::Height blocks_from_{1};
    ledger::Height blobs_from_{0};
};

}  // namespace dusk::storage
