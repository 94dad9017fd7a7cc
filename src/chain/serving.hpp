// What other nodes are given when they ask (spec/consensus.md §15.6). What a node has forgotten of the past it leaves
// out, as one that never had it: who asked gets no answer for it and asks another node.
#pragma once

#include <deque>
#include <map>

#include "base/allowance.hpp"
#include "chain/service_actions.hpp"
#include "chain/transaction_pool.hpp"

namespace dusk::chain {

// How much a requester may be sent. The address it names, or that its datagram came from, need not be its own: without
// a limit a few bytes would send a hundred blocks, or a list of ten thousand transactions, to somebody else.
class ServingBudget {
  public:
    static constexpr std::size_t kMostRequesters = 256;
    static constexpr std::uint64_t kBurst = std::uint64_t{32} << 20;     // bytes
    static constexpr std::uint64_t kPerSecond = std::uint64_t{8} << 20;  // bytes
    static constexpr std::uint64_t kTotalBurst = std::uint64_t{256} << 20;
    static constexpr std::uint64_t kTotalPerSecond = std::uint64_t{64} << 20;

    // Whether so much may be sent; then it is counted.
    bool take(const ledger::SocketAddress& requester, std::uint64_t bytes, MonotonicTime now);

  private:
    struct Requester {
        Allowance allowance;
        MonotonicTime asked{};  // last
    };
    Allowance total_{kTotalPerSecond, kTotalBurst, MonotonicTime{}};
    std::map<ledger::SocketAddress, Requester> requesters_;
};

// Candidates that were asked for by their iteration. In an emergency all nodes ask all others for the same few again
// and again, and to read one from the store is to decode all its transactions. Of two candidates of an iteration it
// gives the one that the store gave first.
class ServedCandidates {
  public:
    static constexpr std::uint64_t kMostBytes = std::uint64_t{16} << 20;  // as encoded

    // Null where it is not there.
    struct Entry {
        ledger::ConsensusHeader header{};
        MessagePtr candidate;
        std::uint64_t bytes = 0;
    };
    [[nodiscard]] const Entry* find(const ledger::ConsensusHeader& header) const;
    void put(Entry entry);

  private:
    std::deque<Entry> entries_;  // oldest first
    std::uint64_t bytes_ = 0;
};

class Serving {
  public:
    // Both outlive it. `most`: entries of a list or an answer.
    Serving(BlockStore& store, TransactionPool& pool, std::size_t most) : store_(store), pool_(pool), most_(most) {}

    // Blocks after the one that is named: nothing where it is unknown or the last.
    [[nodiscard]] std::optional<ledger::Inventory> blocks_after(const ledger::BlockHash& locator,
                                                                const ledger::SocketAddress& requester,
                                                                MonotonicTime now);
    [[nodiscard]] std::optional<ledger::Inventory> pooled(const ledger::SocketAddress& requester, MonotonicTime now);
    // What of it is not here.
    [[nodiscard]] std::optional<ledger::Inventory> missing(const ledger::Inventory& offered);
    // What of it is here, as messages. No answer is more than the budget of the requester, whose address it is sent to
    // whoever wrote it.
    [[nodiscard]] std::vector<MessagePtr> answers(const ledger::Inventory& wanted,
                                                  const ledger::SocketAddress& requester, MonotonicTime now);

  private:
    // Nothing where it is empty or above the budget.
    [[nodiscard]] std::optional<ledger::Inventory> list_for(const ledger::SocketAddress& requester,
                                                            ledger::Inventory list, MonotonicTime now);
    [[nodiscard]] std::size_t limit(const ledger::Inventory& inventory) const;
    [[nodiscard]] bool has(const ledger::InventoryItem& item);
    [[nodiscard]] std::optional<ledger::MessagePayload> find(const ledger::InventoryItem& item);
    struct Answer {
        MessagePtr message;
        std::uint64_t bytes = 0;
    };
    [[nodiscard]] std::optional<Answer> answer(const ledger::InventoryItem& item);

    BlockStore& store_;
    TransactionPool& pool_;
    std::size_t most_;
    ServingBudget budget_;
    ServedCandidates candidates_;
};

}  // namespace dusk::chain
