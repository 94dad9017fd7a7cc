#include "rpc/jsonrpc/backend.hpp"
#include "rpc/jsonrpc/values.hpp"

namespace dusk::rpc::jsonrpc {
namespace {

Json prices_json(const std::optional<PricePercentiles>& prices) {
    if (!prices) return nullptr;
    return {{"p10", u64(prices->p10)},
            {"p25", u64(prices->p25)},
            {"p50", u64(prices->p50)},
            {"p75", u64(prices->p75)},
            {"p90", u64(prices->p90)}};
}

Json estimate(const Backend& backend, std::uint64_t blocks) {
    const FeeReport report = backend.fees.report();
    return {{"price", u64(backend.fees.price_for(static_cast<unsigned>(blocks)))},
            {"height", report.height.value},
            {"mempool",
             {{"transactions", report.waiting},
              {"gas", u64(report.waiting_gas)},
              {"prices", prices_json(report.waiting_prices)}}},
            {"blocks",
             {{"count", report.blocks},
              {"transactions", report.transactions},
              {"fullness", report.fullness},
              {"prices", prices_json(report.block_prices)}}},
            {"block_gas_limit", u64(backend.parts.settings.block_gas_limit.value)}};
}

}  // namespace

void add_fee_methods(MethodTable& table, const Backend& backend) {
    using namespace schema;
    const Json price = ref("U64");
    const Json prices =
        described(or_null(object({{"p10", price}, {"p25", price}, {"p50", price}, {"p75", price}, {"p90", price}})),
                  "below which so many of 100 parts of the gas are; null where there is none");
    table.add(
        {.name = "fees.estimate",
         .meaning = "What to pay for a gas, in lux, by the last blocks and by what waits.",
         .params = {{"blocks", integer(1, FeeOracle::kMostBlocks), false, "within how many blocks; 1 without it"}},
         .result = object({{"price", described(price, "with which it is likely to be in one of these blocks")},
                           {"height", ref("Height")},
                           {"mempool", object({{"transactions", integer()},
                                               {"gas", described(price, "limits of all of them")},
                                               {"prices", prices}})},
                           {"blocks", object({{"count", integer()},
                                              {"transactions", integer()},
                                              {"fullness", described({{"type", "number"}}, "of their gas, 0 to 1")},
                                              {"prices", prices}})},
                           {"block_gas_limit", price}}),
         .handler = at_once([backend](const Params& params) -> Answer<Json> {
             return estimate(backend, params.number("blocks", 1));
         })});
}

}  // namespace dusk::rpc::jsonrpc
