// The chain of a node and its part in consensus (spec/consensus.md §12, §15, §17): messages, answers and time go in,
// actions come out. It knows no network, clock or thread; blocks and states are behind ports.
//
//     auto service = ChainService::open(settings, ports, genesis);
//     (*service)->start(now);
//     (*service)->on_message(peer, message, now);       whatever a peer sent, but transactions
//     (*service)->on_time(now);                         when `wakeup` has come
//     for (Action& action : (*service)->take_actions()) …    after each of these
//
// All calls on one thread. A block is executed within the call that brings it; candidates are built and judged outside.
#pragma once

#include <memory>

#include "base/random.hpp"
#include "chain/history.hpp"
#include "chain/service_actions.hpp"
#include "chain/transaction_pool.hpp"
#include "consensus/consensus.hpp"

namespace dusk::chain {

class Chain;
class ServiceCore;

struct ServiceSettings {
    consensus::ConsensusSettings consensus{};
    ledger::Gas block_gas_limit{3'000'000'000};  // of candidates made here
    ledger::SocketAddress own_address{};         // where answers are to go
    WallTime consensus_from{};                   // consensus waits for this time
    bool on_demand = false;                      // and, at each tip, until a block is wanted (`want_block`)
    // Entries of a list or answer to a peer.
    std::size_t most_inventory = 100;
    History history{};  // what is kept of the past
};

// All of them outlive the service.
struct ServicePorts {
    BlockStore* blocks;
    States* states;
    TransactionPool* pool;
    consensus::Signatures* signatures;
    consensus::Signer* signer;  // null: this node only follows
    RandomSource* random;       // nonces of messages, choice of peers, batches of signatures
};

// Why a node cannot start.
struct StartFailure {
    enum class Kind : std::uint8_t {
        other_genesis,  // the store belongs to another network
        damaged,        // blocks, labels and states do not fit together; the text says what to do
        io,
    };
    Kind kind;
    std::string text;  // for people
};

// Where a node stands, for people and programs that watch it.
struct ServiceStatus {
    ledger::Height tip{};
    ledger::BlockHash tip_hash{};
    ledger::Height last_final{};
    bool in_sync = true;
    bool runs_consensus = false;
    bool rests = false;  // blocks are made on demand, and none is wanted
    bool stalled = false;
    ledger::Height best_claim{};  // the highest block that a peer claims to have
};

class ChainService {
  public:
    // Puts the genesis block into an empty store, else checks that what is there fits together and that the states of
    // the last blocks are there; executes blocks again whose states are missing.
    [[nodiscard]] static Result<std::unique_ptr<ChainService>, StartFailure> open(const ServiceSettings& settings,
                                                                                  const ServicePorts& ports,
                                                                                  const ledger::Block& genesis);
    ChainService(const ChainService&) = delete;
    ChainService& operator=(const ChainService&) = delete;
    ~ChainService();

    // Asks peers for what they have, and starts consensus. Once.
    void start(Now now);
    // Ends consensus; the service may be destroyed then.
    void stop();

    // From here on answers are asked to be sent to this address.
    void set_own_address(const ledger::SocketAddress& address);

    // Looks at the signatures of votes among messages that `on_message` is about to be given, together, which costs a
    // fraction of one by one. No message has another effect by it.
    void verify_votes(std::span<const MessagePtr> messages);
    // Transactions are the pool's and are ignored here.
    void on_message(const ledger::SocketAddress& peer, const MessagePtr& message, Now now);
    void on_time(Now now);
    // Where blocks are made on demand: the round after the tip may begin. Holds until there is a new tip.
    void want_block(Now now);
    // The block without a signature (`ContractStates::build`); none: it could not be made.
    void on_candidate_built(std::optional<ledger::Block> block, Now now);
    void on_candidate_judged(const ledger::BlockHash& block, consensus::Verdict verdict, Now now);

    // When `on_time` is to be called next, at the latest.
    [[nodiscard]] MonotonicTime wakeup() const;
    // What came out of the calls since the last one, in order.
    [[nodiscard]] std::vector<Action> take_actions();

    [[nodiscard]] ServiceStatus status() const;
    // Nothing while consensus does not run.
    [[nodiscard]] std::optional<consensus::ConsensusStatus> consensus_status() const;
    [[nodiscard]] std::optional<consensus::RoundView> round_view() const;
    // Is told what happens in rounds, and outlives this or its replacement. Null: nobody is.
    void watch_rounds(consensus::RoundWatcher* watcher);
    [[nodiscard]] const Chain& chain() const;

  private:
    explicit ChainService(std::unique_ptr<ServiceCore> core);

    std::unique_ptr<ServiceCore> core_;
};

}  // namespace dusk::chain
