// A node without its surroundings: chain, consensus and mempool wired together. Messages, time, transactions and
// results of long work go in; actions come out. It has no thread, clock, socket or file: what it keeps it keeps behind
// ports, and whoever owns it is its only thread. The program's node and the simulator drive the same core:
//
//     auto core = NodeCore::open(settings, ports, genesis);
//     (*core)->start(now);
//     (*core)->on_message(peer, message, now);              whatever a peer sent; or several, `on_messages`
//     (*core)->submit(transaction, now);                    from an interface of this node
//     (*core)->on_time(now);                                when `wakeup` has come; earlier does no harm
//     (*core)->on_candidate_built / on_candidate_judged / on_proofs_checked(…, now);    answers of jobs
//     for (CoreAction& action : (*core)->take_actions()) …   after each of these, in order
//
// What an action rests on is durable when the action is handed out: a crash between any two of them is one that `open`
// recovers from by itself. Jobs that were lost with a crash are not missed.
//
// `run_job` (jobs.hpp) does a job over `ContractStates` and `ProofChecks`.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "base/random.hpp"
#include "chain/service.hpp"
#include "consensus/consensus.hpp"
#include "mempool/mempool.hpp"
#include "node/core_actions.hpp"

namespace dusk::node {

struct CoreSettings {
    chain::ServiceSettings chain{};
    mempool::PoolSettings pool{};
    std::size_t most_checks = 4;          // check jobs at once
    std::size_t most_unchecked = 10'000;  // transactions that wait for theirs; more are refused
};

// All of them outlive the core.
struct CorePorts {
    chain::BlockStore* blocks;
    chain::States* states;
    consensus::Signatures* signatures;
    consensus::Signer* signer;       // null: this node only follows
    mempool::PoolState* pool_state;  // of the tip of `blocks`
    mempool::PoolStore* pool_store;  // null: the pool is empty after a restart
    RandomSource* random;
};

// What came of handing in a transaction. One that is taken becomes TransactionAdded, TransactionDeferred, or
// TransactionDropped with the reason `refused`, once its signature or proof was looked at.
struct Submission {
    enum class Kind : std::uint8_t {
        taken,
        known,    // it is in the pool, or being checked
        refused,  // the text says why
        busy,     // try again later; the text may say why, else too many wait
    };
    Kind kind{};
    ledger::TransactionId id{};
    std::string text{};
};

// For people and interfaces.
struct CoreStatus {
    chain::ServiceStatus chain{};
    std::optional<consensus::ConsensusStatus> consensus{};  // nothing while it does not run
    std::size_t provisioners = 0;
    bool eligible = false;  // this node's stake counts in the round after the tip
    std::size_t pooled = 0;
    std::size_t unchecked = 0;
};

class NodeCore {
  public:
    [[nodiscard]] static Result<std::unique_ptr<NodeCore>, chain::StartFailure> open(const CoreSettings& settings,
                                                                                     const CorePorts& ports,
                                                                                     const ledger::Block& genesis);
    NodeCore(const NodeCore&) = delete;
    NodeCore& operator=(const NodeCore&) = delete;
    ~NodeCore();

    // Asks peers for what they have, and starts consensus. Once.
    void start(Now now);
    // Ends consensus; the core may be destroyed then.
    void stop();
    void set_own_address(const Peer& address);

    void on_message(const Peer& peer, const MessagePtr& message, Now now);
    // Looks at the signatures of votes that `on_message` is about to be given, together, which costs a fraction of one
    // by one. No message has another effect by it.
    void verify_votes(std::span<const Received> messages);
    [[nodiscard]] Submission submit(ledger::LedgerTransaction transaction, Now now);
    // Whether `submit` and the look at its signature or proof in between would take it. They change nothing, and a
    // missing nonce is no error.
    [[nodiscard]] mempool::PoolResult<mempool::CheckedTransaction> precheck(ledger::LedgerTransaction transaction);
    [[nodiscard]] mempool::PoolResult<void> check(const mempool::CheckedTransaction& transaction);
    void on_time(Now now);
    // When `on_time` is to be called next, at the latest.
    [[nodiscard]] MonotonicTime wakeup() const;

    void on_candidate_built(BuiltCandidate built, Now now);
    void on_candidate_judged(const ledger::BlockHash& block, consensus::Verdict verdict, Now now);
    // One for each transaction of the job, in its order.
    void on_proofs_checked(CheckId id, const std::vector<ProofFinding>& findings, Now now);

    [[nodiscard]] std::vector<CoreAction> take_actions();

    [[nodiscard]] CoreStatus status() const;
    // Nothing while consensus does not run.
    [[nodiscard]] std::optional<consensus::RoundView> round_view() const;
    // Is told what happens in rounds, and outlives this or its replacement. Null: nobody is.
    void watch_rounds(consensus::RoundWatcher* watcher);
    [[nodiscard]] const chain::ChainService& chain() const;
    [[nodiscard]] chain::TransactionPool& pool();
    [[nodiscard]] const mempool::Mempool& mempool() const;
    // The first nonce above `nonce` that no transaction in the pool has.
    [[nodiscard]] ledger::Nonce next_nonce(const ledger::AccountKey& account, ledger::Nonce nonce) const;

  private:
    struct Parts;
    explicit NodeCore(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> parts_;
};

}  // namespace dusk::node
