// Catching up with the network (spec/consensus.md §15.1 to 15.3; docs/design/sync.md).
//
// In sync, whoever claims to have a later block than ours is asked for the next one. Only when it delivers a block that
// the chain accepts, and claims still more, are we out of sync: then consensus waits, and all who claim blocks are
// asked for them, a part each. It ends when nobody claims more than we have, or when nothing comes for a while.
#pragma once

#include "chain/block_pool.hpp"
#include "chain/sync_peers.hpp"

namespace dusk::chain {

struct SyncRequest {
    ledger::SocketAddress peer{};
    std::vector<ledger::Height> heights{};
};

class Sync {
  public:
    using Address = ledger::SocketAddress;

    static constexpr std::size_t kMostProbes = 4;  // peers that are asked for the next block at once
    static constexpr std::uint64_t kWindow = 100;  // heights above the tip that are asked for
    static constexpr std::size_t kMostOfRequest = 20;
    static constexpr std::chrono::seconds kLongestPause{15};  // without a block, out of sync
    static constexpr std::chrono::seconds kStrangerRest{5};

    Sync(ledger::Height tip, RandomSource& random) : peers_(random), tip_(tip) {}

    [[nodiscard]] bool in_sync() const { return in_sync_; }
    [[nodiscard]] ledger::Height best_claim() const { return std::max(tip_, peers_.best_claim()); }
    [[nodiscard]] std::size_t peers_ahead() const { return peers_.count(); }

    // A peer lets us know that it has this block. The caller has looked whether there can be one of that height.
    void on_claim(const Address& peer, ledger::Height height, MonotonicTime now);
    // A block above the next height: kept where it was asked for.
    void on_early_block(PooledBlock block, MonotonicTime now);
    // The chain has another tip, maybe a lower one.
    void on_tip(ledger::Height tip, MonotonicTime now);
    // What became of a block of the next height.
    void on_accepted(const Address& peer, ledger::Height height, MonotonicTime now);
    // The block was wrong: nothing more of this peer is wanted for now.
    void on_refused(const Address& peer, MonotonicTime now);
    // The block does not continue our chain: nothing of this peer helps before the chain goes over to its branch.
    void on_stranger(const Address& peer, MonotonicTime now);
    // The chain has gone over to another branch.
    void welcome_strangers(MonotonicTime now);
    // We are where the network is.
    void end();
    // Peers that did not deliver what they promised.
    std::vector<Address> on_time(MonotonicTime now);

    // The next block, where it waits.
    [[nodiscard]] std::optional<PooledBlock> next();
    [[nodiscard]] std::vector<SyncRequest> take_requests();
    [[nodiscard]] std::optional<MonotonicTime> wakeup() const;

  private:
    void rest(const Address& peer, std::chrono::seconds time, MonotonicTime now);
    void request(MonotonicTime now);
    void probe(MonotonicTime now);
    void request_window(MonotonicTime now);
    void ask(const Address& peer, std::vector<ledger::Height> heights, MonotonicTime now);

    SyncPeers peers_;
    BlockPool pool_;
    ledger::Height tip_;
    bool in_sync_ = true;
    MonotonicTime last_progress_{};
    std::vector<SyncRequest> requests_;
    std::map<Address, ledger::Height> strangers_;  // what they claim
};

}  // namespace dusk::chain
