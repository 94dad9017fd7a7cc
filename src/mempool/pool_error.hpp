// Why a transaction is not taken into the pool (spec/consensus.md §18).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "execution/refusal.hpp"

namespace dusk::mempool {

enum class PoolError : std::uint8_t {
    // Of the transaction.
    old_format,   // an encoding of before Aegis
    other_chain,  // it names another network
    too_long,     // no block has room for it
    refused,      // `refusal` says why
    // Of the transaction and what is there.
    in_pool,        // it is in the pool
    in_ledger,      // it is in a block
    spending_id,    // one in the pool spends the same, and pays as much for a gas or more
    missing_nonce,  // nonces between the account's and this one are not in the pool
    // Of the pool.
    full,                 // it pays no more than the one that pays least, or the room that this makes is too small
    waiting_full,         // too many wait for the nonces before them
    waiting_of_account,   // too many of this account do
    waiting_underpriced,  // one with this nonce waits already, and pays as much for a gas or more
    // Of this node.
    no_state,  // the state did not answer; `text` says why
};
// What is wrong, one sentence.
[[nodiscard]] std::string_view to_string(PoolError error);
// Whether another node may say otherwise, or this one later: what is wrong is not the transaction.
[[nodiscard]] constexpr bool is_of_the_pool(PoolError error) { return error >= PoolError::full; }

struct NotAdmitted {
    PoolError error;
    std::optional<execution::Refusal> refusal{};
    std::string text{};  // more about it, for people

    friend bool operator==(const NotAdmitted&, const NotAdmitted&) = default;
};
// One sentence; refusals as the released node words them, where it has words.
[[nodiscard]] std::string describe(const NotAdmitted& reason);

template <class T>
using PoolResult = Result<T, NotAdmitted>;

[[nodiscard]] inline std::unexpected<NotAdmitted> not_admitted(PoolError error) { return fail(NotAdmitted{error}); }
[[nodiscard]] inline std::unexpected<NotAdmitted> not_admitted(execution::Refusal refusal) {
    return fail(NotAdmitted{PoolError::refused, refusal});
}

}  // namespace dusk::mempool
