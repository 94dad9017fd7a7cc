#include "rpc/routes/fee_routes.hpp"

#include <cmath>

#include "base/cases.hpp"
#include "ledger/charges.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;
using Json = nlohmann::ordered_json;

// Of the past, when it is read: what they spent is asked for one by one.
constexpr std::size_t kMostRead = 3000;
constexpr std::uint64_t kMostReadBlocks = 30;

PaidGas paid(const ledger::SpentTransaction& spent) {
    const ledger::Transaction& transaction = spent.transaction.transaction;
    return {
        .price = transaction.gas_price().value, .spent = spent.gas_spent.value, .limit = transaction.gas_limit().value};
}

Json prices_json(const std::optional<PricePercentiles>& prices) {
    if (!prices) return nullptr;
    return {
        {"p10", prices->p10}, {"p25", prices->p25}, {"p50", prices->p50}, {"p75", prices->p75}, {"p90", prices->p90}};
}

}  // namespace

Json fees_json(const FeeReport& report) {
    Json estimates = Json::array();
    for (const FeeEstimate& one : report.estimates) estimates.push_back({{"blocks", one.blocks}, {"price", one.price}});
    return {{"height", report.height.value},
            {"least_price", 1},
            {"least_deploy_price", ledger::kMinDeployPrice.value},
            {"blocks",
             {{"count", report.blocks},
              {"transactions", report.transactions},
              {"fullness", std::round(report.fullness * 10'000) / 10'000},
              {"prices", prices_json(report.block_prices)}}},
            {"mempool",
             {{"transactions", report.waiting},
              {"gas", report.waiting_gas},
              {"prices", prices_json(report.waiting_prices)}}},
            {"estimates", std::move(estimates)}};
}

void FeeRoutes::read_past() {
    if (std::exchange(has_past_, true)) return;
    const auto tip = parts_.blocks.tip();
    if (!tip || !*tip) return;
    const std::uint64_t last = (*tip)->height.value;
    std::vector<std::pair<ledger::Height, std::vector<PaidGas>>> blocks;
    std::size_t count = 0;
    for (std::uint64_t height = last; height > 0 && last - height < kMostReadBlocks && count < kMostRead; --height) {
        const auto at = parts_.blocks.at({height});
        const auto block =
            at && *at ? parts_.blocks.block((*at)->hash) : chain::StoreResult<std::optional<ledger::Block>>{};
        if (!block || !*block) break;
        std::vector<PaidGas> transactions;
        for (const auto& one : (*block)->transactions) {
            const auto spent = parts_.blocks.transaction(one.id());
            if (spent && *spent) transactions.push_back(paid(**spent));
        }
        count += transactions.size();
        blocks.emplace_back(height, std::move(transactions));
    }
    for (auto one = blocks.rbegin(); one != blocks.rend(); ++one) oracle_.add(one->first, std::move(one->second));
}

void FeeRoutes::on_action(const node::CoreAction& action) {
    // Nobody has asked yet: what happens until then is read with the past.
    if (!has_past_) return;
    std::visit(Cases{[this](const chain::BlockAccepted& accepted) {
                         std::vector<PaidGas> transactions;
                         for (const auto& spent : accepted.spent) transactions.push_back(paid(spent));
                         oracle_.add(accepted.block->header.height, std::move(transactions));
                     },
                     [this](const chain::BlocksReverted& reverted) {
                         if (!reverted.blocks.empty()) oracle_.take_back(reverted.blocks.back()->header.height);
                     },
                     [](const auto&) {}},
               action);
}

std::vector<PaidGas> FeeRoutes::waiting() const {
    std::vector<PaidGas> out;
    for (const auto& one : parts_.node.core().mempool().best()) {
        const ledger::Transaction& transaction = one->transaction;
        const std::uint64_t limit = transaction.gas_limit().value;
        out.push_back({.price = transaction.gas_price().value, .spent = limit, .limit = limit});
    }
    return out;
}

FeeReport FeeRoutes::report() {
    read_past();
    return oracle_.report(waiting());
}

std::uint64_t FeeRoutes::price_for(unsigned blocks) {
    read_past();
    return oracle_.price_for(blocks, waiting());
}

void FeeRoutes::add_to(RouteTable& table) {
    table.add("GET", "/fees", RequestClass::other_http,
              [this](RouteRequest /*request*/) -> asio::awaitable<HttpResponse> {
                  co_return HttpResponse::json(200, fees_json(report()).dump());
              });
}

}  // namespace dusk::rpc
