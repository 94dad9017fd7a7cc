// Transactions as blocks carry them and as the ledger keeps them once they are spent (spec/consensus.md §3.3).
#pragma once

#include <optional>
#include <string>

#include "ledger/transaction.hpp"
#include "ledger/wire.hpp"

namespace dusk::ledger {

// 12 bytes and the encoding of the transaction. Version and type are neither checked nor hashed.
struct LedgerTransaction {
    static constexpr std::uint32_t kVersion = 1;
    static constexpr std::uint32_t kType = 1;

    std::uint32_t version = kVersion;
    std::uint32_t type = kType;
    TransactionFormat format = TransactionFormat::boreas;
    Transaction transaction{};

    [[nodiscard]] TransactionId id() const { return transaction.id(); }
    // The leaf under the block's root of transactions.
    [[nodiscard]] TransactionDigest digest() const { return transaction.digest(format); }

    [[nodiscard]] static LedgerTransaction read(WireReader& in);
    // More than 2 MiB: std::length_error.
    void write(Writer& out) const;

    bool operator==(const LedgerTransaction&) const = default;
};

// What became of a transaction of a block; kept in the ledger, never sent.
struct SpentTransaction {
    LedgerTransaction transaction{};
    Height block_height{};
    Gas gas_spent{};
    std::optional<std::string> error{};  // UTF-8, not empty: why the call or deployment failed

    [[nodiscard]] static SpentTransaction read(WireReader& in);
    // A text of more than 2 MiB: std::length_error.
    void write(Writer& out) const;

    bool operator==(const SpentTransaction&) const = default;
};

}  // namespace dusk::ledger
