#include "walletcore/transactions.hpp"

#include <algorithm>

#include "base/hex.hpp"

namespace dusk::walletcore {

Result<std::optional<ledger::TransactionData>, Status> data_at(In data) {
    if (data == nullptr) return std::nullopt;
    auto read = unarchive<ledger::TransactionData>(read_buffer(data), "data");
    if (!read) return fail(read.error());
    return *std::move(read);
}

void write_transaction(const ledger::Transaction& transaction, NewBuffer out, Out hash) {
    write_buffer(transaction.encode(ledger::TransactionFormat::aegis), out);
    std::ranges::copy(to_hex(transaction.id().bytes), hash);
}

}  // namespace dusk::walletcore
