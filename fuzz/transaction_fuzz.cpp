// Transactions on the wire, in every format: what decodes encodes to bytes that decode to the same transaction, and
// from then on they do not change; formats do not mix; names and executed forms hold together.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "ledger/transaction_archive.hpp"
#include "ledger/transaction_json.hpp"
#include "require.hpp"

namespace {

using namespace dusk;
using namespace dusk::ledger;
using fuzz::require;
using enum TransactionFormat;

void check(const Transaction& transaction, TransactionFormat format, ByteView input) {
    const Bytes bytes = transaction.encode(format);
    require(bytes.size() <= input.size() && bytes.size() == transaction.encoded_size(format));
    const auto again = Transaction::decode(bytes, format);
    require(again.has_value() && *again == transaction && again->encode(format) == bytes);
    require(again->id() == transaction.id() && again->spending_ids() == transaction.spending_ids());

    const Transaction executed = transaction.as_executed();
    require(executed.id() == transaction.id());
    const Bytes argument = spend_argument(transaction);
    const auto read = archive_read<Transaction>(argument);
    require(read.has_value() && *read == executed && archive_write(*read) == argument);
    (void)transaction.digest(format);
    (void)transaction_json(transaction).dump();
    if (const PhoenixTransaction* hidden = transaction.phoenix()) (void)hidden->public_inputs();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    const auto old = Transaction::decode(bytes, pre_aegis);
    const auto legacy = Transaction::decode(bytes, aegis);
    const auto today = Transaction::decode(bytes, boreas);
    require(!legacy || (old.has_value() && *old == *legacy));
    require(!today || !old);
    const auto any = decode_any(bytes);
    require(any.has_value() == (old.has_value() || today.has_value()));
    for (const auto* decoded : {&old, &legacy, &today}) {
        if (!*decoded) require(!to_string(decoded->error()).empty());
    }
    if (any) check(any->transaction, any->format, bytes);
    return 0;
}
