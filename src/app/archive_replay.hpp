// Executes the final blocks of a chain anew, one after the other, and keeps what their contracts reported with the
// chain: for an archive that was enabled later than the chain began (docs/design/chronicle.md).
//
// It has a state store of its own, in a folder that says how far it is, and so goes on where it was. All that it
// changes of the chain are events of final blocks, which nobody else writes.
#pragma once

#include <span>

#include "app/outcome.hpp"
#include "app/snapshot_file.hpp"
#include "chain/contract_states.hpp"
#include "chain/head.hpp"
#include "crypto/os_random.hpp"
#include "node/config.hpp"
#include "storage/chain_store.hpp"
#include "storage/event_table.hpp"
#include "storage/rocksdb_store.hpp"

namespace dusk::app {

// The folder of a node's replay, in that of the node.
[[nodiscard]] std::filesystem::path replay_folder(const node::NodeConfig& config);

class ArchiveReplay {
  public:
    static constexpr std::chrono::seconds kKeepEvery{5};  // so often `keep` is worth it

    // Goes on in the folder, or begins with the state of the genesis file. `database` is that of the chain, and
    // outlives it. Errors: no_genesis (there is nothing to begin with), other_genesis, forgotten (the chain does not
    // have the next block), file_*, state.
    [[nodiscard]] static Result<std::unique_ptr<ArchiveReplay>, Failure> open(const node::NodeConfig& config,
                                                                              storage::RocksDbStore& database);
    // Puts the state of a snapshot in place of whatever is in the folder, to begin there. `progress` is told bytes read
    // and in all. Errors: other_chain, bad_snapshot, file_*, state.
    using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;
    [[nodiscard]] static Result<void, Failure> begin_with(SnapshotFile& snapshot, const node::NodeConfig& config,
                                                          storage::ChainStore& blocks, const Progress& progress);
    // Nothing is left of it.
    static void remove(const node::NodeConfig& config);

    // The last block that was executed.
    [[nodiscard]] ledger::Height height() const { return head_.tip.height; }
    // Executes the next block, which is final. Errors: forgotten, storage, state.
    [[nodiscard]] Result<void, Failure> step();
    // What was done so far is not done again, whatever happens. Errors: file_*, storage.
    [[nodiscard]] Result<void, Failure> keep();

  private:
    // Signatures of blocks that are final were looked at when they came.
    class KnownSignatures final : public consensus::Signatures {
      public:
        using Signatures::verify;
        [[nodiscard]] Result<void, crypto::BlsError> verify(std::span<const crypto::BlsPublicKey> /*keys*/,
                                                            const ledger::SignatureBytes& /*signature*/,
                                                            ByteView /*message*/) override {
            return {};
        }
        [[nodiscard]] std::optional<ledger::SignatureBytes> add(const ledger::SignatureBytes& a,
                                                                const ledger::SignatureBytes& /*b*/) override {
            return a;
        }
    };

    ArchiveReplay(const node::NodeConfig& config, storage::RocksDbStore& database,
                  std::unique_ptr<storage::ChainStore> blocks, std::shared_ptr<vm::Machine> machine);
    [[nodiscard]] Result<void, Failure> begin_at(ledger::Height height);

    std::filesystem::path folder_;
    storage::RocksDbStore& database_;
    std::unique_ptr<storage::ChainStore> blocks_;
    storage::EventTable events_;
    std::shared_ptr<vm::Machine> machine_;
    crypto::OsRandom random_;
    SerialExecutor executor_;
    execution::ProofChecks checks_;
    chain::ContractStates states_;
    KnownSignatures signatures_;
    chain::Head head_{};
    std::shared_ptr<const execution::BlockReceipts> last_receipts_{};  // of the last block whose events were added
    ledger::Height last_added_{};
    ledger::StateRoot kept_root_{};  // of the block that the folder names
};

}  // namespace dusk::app
