// The block that a generator proposes (spec/transactions.md §10, producer): the same steps as of any block, over
// transactions of which nobody knows yet whether they can be executed.
#pragma once

#include <chrono>
#include <functional>

#include "base/clock.hpp"
#include "execution/execute_block.hpp"
#include "ledger/limits.hpp"

namespace dusk::execution {

struct CandidateLimits {
    ledger::Gas gas{3'000'000'000};
    // That transactions may take, with 12 bytes and their number before each of them.
    std::size_t bytes = ledger::kMostBlockBytes;
    std::size_t transactions = ledger::kMostBlockTransactions;
    std::chrono::nanoseconds time = std::chrono::seconds(3);
};

// The next transaction to try, best first; null: there is no more. It lives until the candidate is made.
using NextTransaction = std::function<const ledger::LedgerTransaction*()>;

struct Candidate {
    ExecutedBlock block;
    std::vector<const ledger::LedgerTransaction*> transactions;  // in the block, in order
    struct Dropped {
        const ledger::LedgerTransaction* transaction;
        Refusal reason;
        std::string text;  // as the released node words it
    };
    // Cannot be executed on this state. Those that only found no room or came too early are in no list.
    std::vector<Dropped> dropped;
    bool ran_out_of_time = false;
};

// Tries transactions until there are no more, or the number or time is used up; the time is looked at before each. One
// that is too large for what is left, or comes in another format than Boreas, is passed over. One with a future nonce
// waits for the transaction before it. One that spends more gas than is left, or whose refund fails, is undone by
// executing the others again; after the first of the former only those are tried whose gas limit fits, so that this
// happens once.
// Errors: those of `BlockFault` that are not of the block; fees, no_voters, rewards.
[[nodiscard]] BlockResult<Candidate> build_candidate(const vm::Machine& machine, const BlockFrame& frame,
                                                     const NextTransaction& next, const CandidateLimits& limits,
                                                     const Clock& clock);

}  // namespace dusk::execution
