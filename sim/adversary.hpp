// Who controls the Byzantine provisioners. Their nodes run the same code as all others; the adversary stands between
// them and the network, knows all their keys, and says what it likes.
#pragma once

#include <deque>
#include <functional>

#include "sim/plan.hpp"

namespace dusk::sim {

class Adversary {
  public:
    // What it can do; all as one of its nodes.
    struct Hands {
        std::function<ledger::SignatureBytes(NodeIndex, ByteView)> sign;
        std::function<void(NodeIndex from, const consensus::MessagePtr&)> broadcast;
        std::function<void(NodeIndex from, NodeIndex to, const consensus::MessagePtr&, std::chrono::nanoseconds later)>
            send;
    };

    // `plan` outlives it.
    Adversary(const Plan& plan, Hands hands);

    // One of its nodes wants to broadcast this.
    void on_broadcast(NodeIndex node, const consensus::MessagePtr& message);
    // A message that somebody broadcasts for the first time.
    void saw(const consensus::MessagePtr& message);
    // Attacks by the clock: called at times that `pause` gives.
    void act(NodeIndex node);
    [[nodiscard]] std::optional<std::chrono::nanoseconds> pause(NodeIndex node);
    [[nodiscard]] const std::vector<NodeIndex>& nodes() const { return nodes_; }

  private:
    [[nodiscard]] const Misconduct& conduct(NodeIndex node) const { return *plan_.participants[node].byzantine; }
    [[nodiscard]] bool is_own(NodeIndex node, const ledger::Message& message) const;
    void on_own_candidate(NodeIndex node, const consensus::MessagePtr& message);
    void on_own_vote(NodeIndex node, const consensus::MessagePtr& message);
    void on_relayed(NodeIndex node, const consensus::MessagePtr& message);
    // To all, to a part, or late.
    void say(NodeIndex node, const consensus::MessagePtr& message);
    void say_to_some(NodeIndex node, const consensus::MessagePtr& message, double part);
    void say_something(NodeIndex node, const consensus::MessagePtr& message);

    [[nodiscard]] consensus::MessagePtr signed_candidate(NodeIndex node, ledger::Block block) const;
    [[nodiscard]] ledger::Block broken(ledger::Block block);
    [[nodiscard]] consensus::MessagePtr validation(NodeIndex node, const ledger::ConsensusHeader& header,
                                                   const ledger::Vote& vote) const;
    [[nodiscard]] consensus::MessagePtr ratification(NodeIndex node, const ledger::ConsensusHeader& header,
                                                     const ledger::Vote& vote,
                                                     const ledger::ValidationResult& result) const;
    [[nodiscard]] ledger::Vote some_vote();
    [[nodiscard]] ledger::ConsensusHeader some_header();
    [[nodiscard]] ledger::StepVotes forged_votes(NodeIndex node, const ledger::ConsensusHeader& header,
                                                 ledger::VotingStep step, const ledger::Vote& vote);
    [[nodiscard]] consensus::MessagePtr remembered();
    template <class Payload>
    [[nodiscard]] consensus::MessagePtr remembered_of();

    void stuff(NodeIndex node);
    void forge(NodeIndex node);
    void garble(NodeIndex node);
    void lie(NodeIndex node);
    void pester(NodeIndex node);

    const Plan& plan_;
    Hands hands_;
    Draws draws_;
    std::vector<NodeIndex> nodes_;
    std::deque<consensus::MessagePtr> recent_;  // the last ones, newest last
    std::vector<consensus::MessagePtr> old_;    // some of those before
    ledger::ConsensusHeader last_header_{};     // of the newest vote or candidate
    std::deque<ledger::BlockHash> hashes_;      // of candidates, newest last
};

}  // namespace dusk::sim
