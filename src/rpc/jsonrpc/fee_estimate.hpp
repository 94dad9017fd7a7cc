// What to pay for a gas so that a block takes a transaction soon, by what waits now.
#pragma once

#include <vector>

#include "ledger/quantities.hpp"

namespace dusk::rpc::jsonrpc {

// A transaction of the mempool.
struct Offer {
    ledger::GasPrice price{};
    ledger::Gas limit{};
};

// The least price with which a transaction has a place in one of the next `blocks` blocks, if nothing else comes: what
// pays more is counted with its whole limit of gas. `falling`: those that pay most first. At least 1.
[[nodiscard]] ledger::GasPrice price_for(const std::vector<Offer>& falling, ledger::Gas block_gas,
                                         std::uint64_t blocks);
// The price below which `percent` of 100 offers are; 1 without any.
[[nodiscard]] ledger::GasPrice percentile(const std::vector<Offer>& falling, unsigned percent);

}  // namespace dusk::rpc::jsonrpc
