// What happened in the pool, for interfaces and for what keeps the pool on the disk.
#pragma once

#include <string_view>
#include <variant>

#include "mempool/checked_transaction.hpp"

namespace dusk::mempool {

struct Added {
    TransactionPtr transaction{};
    ledger::TransactionId id{};
    WallTime time{};
};

enum class RemovalReason : std::uint8_t {
    included,   // in a block
    conflict,   // a block spent the same
    replaced,   // by one that pays more and spends the same
    evicted,    // the pool is full, and others pay more
    expired,    // it was there too long
    discarded,  // it cannot be executed
};
// A word for interfaces: "included".
[[nodiscard]] std::string_view to_string(RemovalReason reason);

// With the reasons evicted, expired and discarded what followed it by nonce goes too, for the same reason.
struct Removed {
    ledger::TransactionId id{};
    RemovalReason reason{};
};

// It waits for the nonces before it: "missing_intermediate_nonce".
inline constexpr std::string_view kDeferredReason = "missing_intermediate_nonce";
struct Deferred {
    ledger::TransactionId id{};
};

enum class DropReason : std::uint8_t {
    replaced,         // by one with the same nonce that pays more
    superseded,       // one with the same nonce waits that pays as much or more
    full,             // too many wait
    account_limit,    // too many of this account wait
    retry_exhausted,  // the nonces before it did not come in time
    retry_failed,     // another rule stood against it when they had come
};
// As the released node calls it: "replaced_in_prequeue".
[[nodiscard]] std::string_view to_string(DropReason reason);

// It does not wait any more, and is not in the pool.
struct Dropped {
    ledger::TransactionId id{};
    DropReason reason{};
};

using PoolEvent = std::variant<Added, Removed, Deferred, Dropped>;

}  // namespace dusk::mempool
