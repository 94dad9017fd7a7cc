// What the exported functions that make transactions share.
#pragma once

#include <optional>
#include <vector>

#include "base/archive.hpp"
#include "ledger/transaction_archive.hpp"
#include "walletcore/exports.hpp"

namespace dusk::walletcore {

template <class T>
[[nodiscard]] Result<T, Status> unarchive(ByteView bytes, std::string_view what) {
    // The reference checks a copy that its allocator made.
    constexpr std::size_t kAllocatorAlignment = 8;
    auto value = archive_read<T>(bytes, kAllocatorAlignment);
    if (value) return *std::move(value);
    return fail(fail_with(Status::unarchiving, std::string(what) + ": " + describe(value.error())));
}

// None for a null pointer.
[[nodiscard]] Result<std::optional<ledger::TransactionData>, Status> data_at(In data);

// The form that clients submit, and the id as 64 hexadecimal digits.
void write_transaction(const ledger::Transaction& transaction, NewBuffer out, Out hash);

struct Terms {
    ledger::Gas gas_limit;
    ledger::GasPrice gas_price;
    ledger::ChainId chain;
};
[[nodiscard]] inline Terms terms_of(In gas_limit, In gas_price, std::uint32_t chain_id) {
    return {{amount(gas_limit)}, {amount(gas_price)}, static_cast<ledger::ChainId>(chain_id & 0xff)};
}

}  // namespace dusk::walletcore
