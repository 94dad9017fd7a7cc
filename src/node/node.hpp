// A running node: its core, with an event loop, threads, a clock and a network around it.
//
// One thread, that of the io_context, owns the core, the transport and all that is stored; votes that came in one
// wake-up it verifies together. Signatures and proofs of transactions are verified on all cores, in batches; candidates
// are built and judged on a thread of their own.
#pragma once

#include <boost/asio/io_context.hpp>

#include "base/log.hpp"
#include "chain/contract_states.hpp"
#include "consensus/bls_signatures.hpp"
#include "execution/proof_checks.hpp"
#include "node/core.hpp"
#include "node/transport.hpp"
#include "storage/journaled_signer.hpp"

namespace dusk::node {

struct NodeSettings {
    CoreSettings core{};
    execution::CandidateLimits candidate{};
    // What is asked for at the start is asked of peers: they are waited for, so many and so long at most.
    std::size_t start_peers = 0;
    std::chrono::milliseconds start_patience{5000};
};

// All of them outlive the node.
struct NodePorts {
    chain::BlockStore* blocks;
    chain::ContractStates* states;
    execution::ProofChecks* checks;
    consensus::BlsSignatures* signatures;
    storage::JournaledSigner* signer;  // null: the node follows
    mempool::PoolState* pool_state;
    mempool::PoolStore* pool_store;
    RandomSource* random;
    Executor* executor;  // of the proof checks: all cores
    const Clock* clock;
};

struct NodeStatus {
    CoreStatus core{};
    std::vector<Peer> peers{};                     // that are alive
    std::shared_ptr<const NetworkView> network{};  // null before the start
    std::uint64_t blocks_accepted = 0;             // since the start
    std::uint64_t transactions_spent = 0;
    std::uint64_t gas_spent = 0;
    std::uint64_t proofs_checked = 0;  // signatures included
};

class Node {
  public:
    // Makes the transport, given what it delivers to.
    using MakeTransport = std::function<std::unique_ptr<Transport>(Transport::Receiver)>;
    // Is told everything that the core does, after the node has acted on it.
    using Observer = std::function<void(const CoreAction&)>;

    [[nodiscard]] static Result<std::unique_ptr<Node>, chain::StartFailure> open(boost::asio::io_context& loop,
                                                                                 const NodeSettings& settings,
                                                                                 const NodePorts& ports,
                                                                                 const ledger::Block& genesis,
                                                                                 const Log& log);
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;
    ~Node();

    // Joins the network and, when the first peers are there, takes part in consensus. The transport listens already.
    void start(const MakeTransport& make_transport);
    // Lets the event loop run dry. Long work under way is finished first.
    void stop();
    // Why the node stopped by itself; empty while all is well.
    [[nodiscard]] const std::string& failure() const;

    void set_observer(Observer observer);
    // Called on the loop once the node has stopped by itself.
    void set_on_failure(std::function<void()> on_failure);

    // All on the thread of the loop.
    [[nodiscard]] Submission submit(ledger::LedgerTransaction transaction);
    // Whether it would be taken, signature or proof included; nothing else happens. `done` is called once, on the loop:
    // `taken`, `refused` with the reason, `busy` where this node cannot say now. Not after `stop`.
    void preverify(ledger::LedgerTransaction transaction, std::function<void(Submission)> done);
    [[nodiscard]] NodeStatus status() const;
    [[nodiscard]] NodeCore& core();
    [[nodiscard]] Peer own_address() const;
    // Objects that came and went on the network lately, with numbers above this one.
    [[nodiscard]] RecentObjects objects_after(std::uint64_t number) const;

  private:
    struct Parts;
    explicit Node(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> parts_;
};

}  // namespace dusk::node
