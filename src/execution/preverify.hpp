// What a pool asks of a transaction before it takes it; `ProofChecks` looks at its signature or proof
// (spec/transactions.md §10, admission).
#pragma once

#include "execution/refusal.hpp"
#include "execution/state_queries.hpp"
#include "ledger/transaction.hpp"

namespace dusk::execution {

inline constexpr ledger::Gas kMinGasLimit{150'000};  // a setting of the released node

// Of the transaction alone: the rules of execution, and that it has a price, the least gas limit, and an argument that
// fits the buffer of the transfer contract. Errors: those of the first two groups of `Refusal` but for signature and
// proof.
[[nodiscard]] Result<void, Refusal> check_for_pool(const ledger::Transaction& transaction);

enum class Readiness : std::uint8_t {
    ready,
    future_nonce,  // nonces between the account's and this one are missing
};
// A refusal, or that the machine failed.
using StateRefusal = std::variant<Refusal, vm::CallError>;

// Of the transaction and a state. Phoenix: no nullifier twice or spent; the root is not looked at, it changes with
// every block. Moonlight: the account holds what the transaction may cost at most, and its nonce is lower.
[[nodiscard]] Result<Readiness, StateRefusal> check_against_state(StateQueries& state,
                                                                  const ledger::Transaction& transaction);

}  // namespace dusk::execution
