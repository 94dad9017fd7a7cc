// What is behind `ChainService`: the parts of the chain and of consensus, and what goes on between them.
//
//     service_core.cpp        time, the round that runs, what consensus asks for
//     service_messages.cpp    which message goes where
//     service_blocks.cpp      blocks of peers and of this node's own consensus
#pragma once

#include <deque>
#include <set>

#include "chain/attestation_cache.hpp"
#include "chain/branches.hpp"
#include "chain/quota.hpp"
#include "chain/serving.hpp"
#include "chain/stall_detector.hpp"
#include "chain/sync.hpp"
#include "consensus/consensus.hpp"

namespace dusk::chain {

class ServiceCore {
  public:
    using Address = ledger::SocketAddress;

    ServiceCore(const ServiceSettings& settings, const ServicePorts& ports, std::unique_ptr<Chain> chain);

    void start(Now now);
    void stop();
    void set_own_address(const Address& address) { settings_.own_address = address; }
    void verify_votes(std::span<const MessagePtr> messages);
    void on_message(const Address& peer, const MessagePtr& message, Now now);
    void on_time(Now now);
    void want_block(Now now);
    void on_candidate_built(std::optional<ledger::Block> block, Now now);
    void on_candidate_judged(const ledger::BlockHash& block, consensus::Verdict verdict, Now now);

    [[nodiscard]] MonotonicTime wakeup() const;
    [[nodiscard]] std::vector<Action> take_actions() { return std::exchange(actions_, {}); }
    [[nodiscard]] ServiceStatus status() const;
    [[nodiscard]] const Chain& chain() const { return *chain_; }
    [[nodiscard]] std::optional<consensus::ConsensusStatus> consensus_status() const { return consensus_.status(); }
    [[nodiscard]] std::optional<consensus::RoundView> round_view() const { return consensus_.view(); }
    void watch_rounds(consensus::RoundWatcher* watcher) { consensus_.watch(watcher); }

  private:
    static constexpr std::size_t kMostQuorums = 1024;  // whose verdict is remembered, of the tip's round on
    // Messages a second that are looked into though nobody here votes, or followed up though nobody could look into
    // them.
    static constexpr unsigned kMostUnverified = 50;
    static constexpr std::size_t kStartPeers = 16;     // that are asked for blocks at the start
    static constexpr std::size_t kStartPoolPeers = 5;  // and for transactions
    static constexpr std::size_t kStallPeers = 8;
    static constexpr std::size_t kFloodPeers = 8;
    static constexpr std::uint16_t kFloodHops = 16;
    static constexpr std::chrono::seconds kFreshCandidate{30};  // §15.4
    static constexpr std::chrono::seconds kMostAhead{60};       // of the clock that a block may be and is kept

    // --- time and consensus ---
    // After every call: consensus runs where it should, its actions are done, peers are asked.
    void settle(Now now);
    void run_consensus(Now now);
    [[nodiscard]] bool rests() const { return settings_.on_demand && !wanted_ && started_ && !broken_; }
    void start_round(Now now);
    [[nodiscard]] std::uint8_t first_iteration();
    [[nodiscard]] std::array<std::chrono::milliseconds, 3> step_timeouts();
    [[nodiscard]] bool do_consensus_actions(Now now);
    void act(consensus::Broadcast& action, Now now);
    void act(consensus::BlockAgreed& action, Now now);
    void act(consensus::BuildCandidate& action, Now now);
    void act(consensus::JudgeCandidate& action, Now now);
    void act(consensus::KeepCandidate& action, Now now);
    void act(consensus::KeepValidationResult& action, Now now);
    void act(consensus::IterationBegun& action, Now now);
    void act(consensus::StepTook& action, Now now);
    void act(consensus::Ask& action, Now now);
    void act(consensus::CannotSign& action, Now now);
    void act(consensus::EquivocationSeen& action, Now now);
    // Ends everything where the store failed.
    void check(const StoreResult<void>& written);
    void break_down(const std::string& text);
    void on_stall(Now now);

    // --- messages ---
    void on_payload(const Address& peer, const MessagePtr& message, const ledger::GetResourceMessage& request, Now now);
    void on_payload(const Address& peer, const MessagePtr& message, const ledger::GetBlocksMessage& request, Now now);
    void on_payload(const Address& peer, const MessagePtr& message, const ledger::GetMempoolMessage& request, Now now);
    void on_payload(const Address& peer, const MessagePtr& message, const ledger::InventoryMessage& offer, Now now);
    void on_payload(const Address& peer, const MessagePtr& message, const ledger::TransactionMessage& one, Now now);
    void on_payload(const Address& peer, const MessagePtr& message, const ledger::BlockMessage& one, Now now);
    void on_payload(const Address& peer, const MessagePtr& message, const ledger::CandidateMessage& one, Now now);
    void on_payload(const Address& peer, const MessagePtr& message, const ledger::QuorumMessage& quorum, Now now);
    template <class Vote>
    void on_payload(const Address& /*peer*/, const MessagePtr& message, const Vote&, Now now) {
        to_consensus(message, now);
    }
    void to_consensus(const MessagePtr& message, Now now);
    void on_next_quorum(const Address& peer, const MessagePtr& message, const ledger::QuorumMessage& quorum, Now now);
    void on_past_quorum(const Address& peer, const MessagePtr& message, const ledger::QuorumMessage& quorum, Now now);
    // Whether it holds; one and the same is looked at once. A bad one is its sender's fault.
    enum class QuorumState : std::uint8_t { good, known, bad };
    [[nodiscard]] QuorumState verify_quorum(const Address& peer, const ledger::QuorumMessage& quorum,
                                            consensus::RoundCommittees& committees);
    void relay_quorum(const MessagePtr& message, const ledger::QuorumMessage& quorum);
    void send(const Address& peer, ledger::MessagePayload payload);
    void request(const Address& peer, ledger::Inventory inventory);
    void flood(ledger::Inventory inventory);
    [[nodiscard]] ledger::GetResourceMessage resource_request(ledger::Inventory inventory, std::uint16_t hops);
    [[nodiscard]] ledger::MessageNonce nonce();
    void claim(const Address& peer, std::uint64_t height, Now now);
    void blame(const std::optional<Address>& peer, Misdeed misdeed, std::string text);

    // --- blocks ---
    // `peer`: none for a block of this node's own consensus.
    struct Incoming {
        std::optional<Address> peer{};
        BlockPtr block;
    };
    // Takes it, and whatever waited for it.
    void take_block(Incoming incoming, Now now);
    void take_one(const Incoming& incoming, Now now);
    void extend(const Incoming& incoming, Now now);
    void take_aside(const Incoming& incoming, Now now);
    void on_refusal(const Incoming& incoming, const BlockRefusal& refusal, Now now);
    void on_new_tip(Now now);
    // The block with its attestation, where it has or we know one; else null.
    [[nodiscard]] BlockPtr attested(const BlockPtr& block) const;
    // A block was agreed on: it is taken where it is here, else asked for.
    void on_agreed(const std::optional<Address>& peer, const ledger::QuorumMessage& quorum, Now now);
    // Of the early block, which is there.
    [[nodiscard]] std::chrono::nanoseconds until_early_block(Now now) const;
    void retry_early_block(Now now);

    ServiceSettings settings_;
    ServicePorts ports_;
    std::unique_ptr<Chain> chain_;
    consensus::Consensus consensus_;
    Branches branches_;
    Sync sync_;
    Serving serving_;
    AttestationCache attestations_;
    StallDetector stall_{MonotonicTime{}};
    std::vector<Action> actions_;
    bool started_ = false;
    bool broken_ = false;
    bool took_up_ = false;                         // a round was started since the process began
    bool wanted_ = false;                          // a block upon this tip
    std::optional<ledger::BlockHash> running_on_;  // the tip that consensus runs on
    Now now_{};                                    // of the last call
    std::deque<Incoming> queue_;                   // blocks to take, within one call
    std::optional<Incoming> early_;                // a block of the next height that is ahead of the clock
    std::set<Bytes> good_quorums_;
    std::set<Bytes> relayed_quorums_;
    Quota unverified_{kMostUnverified, std::chrono::seconds(1)};
};

}  // namespace dusk::chain
