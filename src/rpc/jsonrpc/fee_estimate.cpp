#include "rpc/jsonrpc/fee_estimate.hpp"

namespace dusk::rpc::jsonrpc {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t kLeastPrice = 1;

}  // namespace

ledger::GasPrice price_for(const std::vector<Offer>& falling, ledger::Gas block_gas, std::uint64_t blocks) {
    const Wide room = Wide{block_gas.value} * blocks;
    Wide taken = 0;
    for (const Offer& one : falling) {
        taken += one.limit.value;
        // Among equal prices the order is of no meaning: pay one more.
        if (taken >= room) return {one.price.value == UINT64_MAX ? UINT64_MAX : one.price.value + 1};
    }
    return {kLeastPrice};
}

ledger::GasPrice percentile(const std::vector<Offer>& falling, unsigned percent) {
    if (falling.empty()) return {kLeastPrice};
    const std::size_t last = falling.size() - 1;
    return falling[last - last * percent / 100].price;
}

}  // namespace dusk::rpc::jsonrpc
