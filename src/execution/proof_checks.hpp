// Signatures and proofs of transactions, checked before execution: many at once, on all threads, and once only.
//
// A transaction that was checked for the mempool is not checked again when its block comes, and not by the contract
// either: the answers of the host queries are given in advance. What is not yet checked when a block comes is checked
// here in a batch. A statement that does not hold is left to the contract, which has the last word.
#pragma once

#include <span>
#include <variant>
#include <vector>

#include "base/executor.hpp"
#include "base/random.hpp"
#include "execution/refusal.hpp"
#include "ledger/transaction.hpp"
#include "phoenix/transfer_verifiers.hpp"
#include "vm/queries/host_queries.hpp"
#include "vm/queries/lru_cache.hpp"

namespace dusk::execution {

// Thread-safe.
class ProofChecks {
  public:
    static constexpr std::size_t kMarks = 65'536;  // of about 100 bytes each

    // `verifiers`: of the network, the same as in its transfer contract. `marks`: how many statements that hold are
    // remembered; the least recently used one is forgotten first.
    explicit ProofChecks(phoenix::TransferVerifiers verifiers, std::size_t marks = kMarks)
        : verifiers_(std::move(verifiers)), marks_(marks, marks) {}

    // One verdict for each transaction: its signature (Moonlight) or its proof (Phoenix). Errors: bad_signature,
    // bad_proof. Wrong acceptance has a probability below 2^-126 for anyone who cannot foresee `random`.
    [[nodiscard]] std::vector<Result<void, Refusal>> check(std::span<const ledger::Transaction* const> transactions,
                                                           RandomSource& random, Executor& executor);

    // The same before a block is executed, and tells `queries` what holds. About 2 us for a transaction that was
    // checked before.
    void prepare(std::span<const ledger::Transaction* const> transactions, const vm::HostQueries& queries,
                 RandomSource& random, Executor& executor);

    [[nodiscard]] std::uint64_t hits() const { return marks_.hits(); }
    [[nodiscard]] std::uint64_t misses() const { return marks_.misses(); }

  private:
    using Statements = std::vector<struct ProofStatement>;
    [[nodiscard]] Statements check_all(std::span<const ledger::Transaction* const> transactions, RandomSource& random,
                                       Executor& executor);

    phoenix::TransferVerifiers verifiers_;
    vm::LruCache<std::monostate> marks_;
};

}  // namespace dusk::execution
