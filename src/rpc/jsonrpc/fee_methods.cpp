#include <algorithm>

#include "rpc/jsonrpc/backend.hpp"
#include "rpc/jsonrpc/fee_estimate.hpp"
#include "rpc/jsonrpc/values.hpp"
#include "rpc/routes/gas_price.hpp"

namespace dusk::rpc::jsonrpc {
namespace {

Json estimate(const Backend& backend, std::uint64_t blocks) {
    std::vector<Offer> offers;
    std::vector<std::uint64_t> prices;
    std::uint64_t gas = 0;
    for (const auto& one : backend.parts.node.core().mempool().best()) {
        offers.push_back({.price = one->transaction.gas_price(), .limit = one->transaction.gas_limit()});
        prices.push_back(offers.back().price.value);
        gas += std::min(offers.back().limit.value, UINT64_MAX - gas);
    }
    const ledger::Gas block_gas = backend.parts.settings.block_gas_limit;
    const PriceSummary sums = summary_of(prices);
    const auto at = [&](unsigned percent) { return u64(percentile(offers, percent).value); };
    return {{"price", u64(price_for(offers, block_gas, blocks).value)},
            {"mempool",
             {{"transactions", offers.size()},
              {"gas", u64(gas)},
              {"min", u64(sums.min)},
              {"p10", at(10)},
              {"p25", at(25)},
              {"median", u64(sums.median)},
              {"p75", at(75)},
              {"p90", at(90)},
              {"max", u64(sums.max)},
              {"average", u64(sums.average)}}},
            {"block_gas_limit", u64(block_gas.value)}};
}

}  // namespace

void add_fee_methods(MethodTable& table, const Backend& backend) {
    using namespace schema;
    const Json price = ref("U64");
    table.add({.name = "fees.estimate",
               .meaning = "What to pay for a gas, in lux, by what waits in the mempool.",
               .params = {{"blocks", integer(1, 100), false, "within how many blocks; 1 without it"}},
               .result = object({{"price", described(price, "to be in one of these blocks, if nothing else comes")},
                                 {"mempool", object({{"transactions", integer()},
                                                     {"gas", described(price, "limits of all of them")},
                                                     {"min", price},
                                                     {"p10", price},
                                                     {"p25", price},
                                                     {"median", price},
                                                     {"p75", price},
                                                     {"p90", price},
                                                     {"max", price},
                                                     {"average", price}})},
                                 {"block_gas_limit", price}}),
               .handler = at_once([backend](const Params& params) -> Answer<Json> {
                   return estimate(backend, params.number("blocks", 1));
               })});
}

}  // namespace dusk::rpc::jsonrpc
