// What the chain asks of the contract states: the port that `ContractStates` implements over `execution`.
#pragma once

#include <span>

#include "chain/block_store.hpp"
#include "consensus/provisioners.hpp"
#include "consensus/round.hpp"
#include "ledger/voter.hpp"

namespace dusk::execution {
struct BlockReceipts;
}

namespace dusk::chain {

// Why a block is refused, as far as its execution goes.
struct TransitionFailure {
    bool of_the_block = false;  // every node finds it
    std::string text;           // for people
};

// What a block did, once it was executed.
struct Transition {
    ledger::StateRoot root{};
    std::vector<ledger::SpentTransaction> spent{};
    // Events of the stake contract, in order, without reverted ones; none: one of them cannot be read, so that the
    // stakes are to be asked for anew.
    std::optional<std::vector<consensus::StakeChange>> stakes{std::in_place};
    // With the events of all contracts; null in models without contracts.
    std::shared_ptr<const execution::BlockReceipts> receipts{};
};

// What a candidate is made of besides transactions.
struct CandidateFrame {
    ledger::BlockHeader header{};  // all that is known before execution; the time is the earliest it may have
    ledger::StateRoot base{};
    std::vector<ledger::Voter> voters{};
};

class States {
  public:
    States() = default;
    States(const States&) = delete;
    States& operator=(const States&) = delete;
    virtual ~States() = default;

    // Executes a block on the state `base` and compares state and bloom with its header; does not store it. The last
    // few results are remembered by the block's hash, which must be that of its content, so that a candidate is not
    // executed again when it is accepted.
    [[nodiscard]] virtual Result<Transition, TransitionFailure> verify(const ledger::Block& block,
                                                                       const ledger::StateRoot& base,
                                                                       std::span<const ledger::Voter> voters) = 0;
    // Stores the state of a block that was verified. Durable when it returns.
    [[nodiscard]] virtual Result<void, TransitionFailure> commit(const ledger::Block& block) = 0;
    [[nodiscard]] virtual bool has(const ledger::StateRoot& root) = 0;
    // No block on another branch will be asked for: the states below it, and those in `dropped`, are not needed any
    // more. Nothing happens where that was done before. A failure costs disk space only.
    virtual void finalize(const ledger::StateRoot& root, std::span<const ledger::StateRoot> dropped) = 0;
    // Drops all states but these: what an interrupted call left behind. At start.
    virtual void keep_only(std::span<const ledger::StateRoot> roots) = 0;

    [[nodiscard]] virtual Result<consensus::Provisioners, TransitionFailure> provisioners(
        const ledger::StateRoot& root) = 0;
    // The stakes that the last block changed, as they were before it: none where there was no stake.
    struct FormerStake {
        crypto::BlsPublicKey key;
        std::optional<consensus::Provisioner> before;
    };
    [[nodiscard]] virtual Result<std::vector<FormerStake>, TransitionFailure> former_stakes(
        const ledger::StateRoot& root) = 0;
};

}  // namespace dusk::chain
