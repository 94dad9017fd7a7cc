// Blocks, and transactions as the ledger keeps them. Transactions have other encodings of the same; a hash of zeros is
// computed.
#include "ledger/block.hpp"
#include "wire_round_trip.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace dusk;
    const ByteView bytes(data, size);
    if (const auto block = fuzz::check_wire<ledger::Block>(bytes, false)) {
        fuzz::require(!block->header.hash.is_zero());
        (void)ledger::transactions_root(block->transactions);
        (void)ledger::faults_root(block->faults);
    }
    if (const auto spent = fuzz::check_wire<ledger::SpentTransaction>(bytes, false)) {
        (void)spent->transaction.id();
        (void)spent->transaction.digest();
    }
    return 0;
}
