#include "rpc/fee_oracle.hpp"

#include <algorithm>
#include <array>

#include "ledger/limits.hpp"

namespace dusk::rpc {
namespace {

constexpr std::uint64_t kLeastPrice = 1;
constexpr std::array<unsigned, 3> kAsked{1, 2, 5};
// Of the windows of the past: in so many of 100 the price would have been enough.
constexpr std::size_t kSure = 90;
// A block with so many of 100 parts of its gas spent had no room for another transaction.
constexpr std::uint64_t kFull = 90;
__extension__ using Wide = unsigned __int128;

std::uint64_t above(std::uint64_t price) { return price == ~std::uint64_t{0} ? price : price + 1; }

}  // namespace

std::optional<PricePercentiles> percentiles_of(std::span<const PaidGas> transactions) {
    std::vector<PaidGas> rising(transactions.begin(), transactions.end());
    std::ranges::sort(rising, {}, &PaidGas::price);
    Wide total = 0;
    for (const PaidGas& one : rising) total += one.spent;
    if (total == 0) return {};
    const auto at = [&](unsigned percent) {
        Wide sum = 0;
        for (const PaidGas& one : rising) {
            sum += one.spent;
            if (sum * 100 >= total * percent) return one.price;
        }
        return rising.back().price;
    };
    return PricePercentiles{.p10 = at(10), .p25 = at(25), .p50 = at(50), .p75 = at(75), .p90 = at(90)};
}

void FeeOracle::add(ledger::Height height, std::vector<PaidGas> transactions) {
    take_back(height);
    Block block{.height = height, .transactions = std::move(transactions)};
    for (const PaidGas& one : block.transactions) block.gas += one.spent;
    blocks_.push_back(std::move(block));
    if (blocks_.size() > kMostBlocks) blocks_.pop_front();
}

void FeeOracle::take_back(ledger::Height height) {
    while (!blocks_.empty() && blocks_.back().height >= height) blocks_.pop_back();
}

bool FeeOracle::is_full(const Block& block) const {
    return block.transactions.size() >= ledger::kMostBlockTransactions ||
           Wide{block.gas} * 100 >= Wide{most_gas_.value} * kFull;
}

std::uint64_t FeeOracle::price_of(const Block& block) const {
    if (!is_full(block) || block.transactions.empty()) return kLeastPrice;
    return above(std::ranges::min(block.transactions, {}, &PaidGas::price).price);
}

std::uint64_t FeeOracle::by_past(unsigned blocks) const {
    const std::size_t window = std::min<std::size_t>(blocks, blocks_.size());
    if (window == 0) return kLeastPrice;
    std::vector<std::uint64_t> prices;
    for (const Block& block : blocks_) prices.push_back(price_of(block));
    std::vector<std::uint64_t> enough;
    for (std::size_t i = 0; i + window <= prices.size(); ++i) {
        enough.push_back(*std::min_element(prices.begin() + static_cast<std::ptrdiff_t>(i),
                                           prices.begin() + static_cast<std::ptrdiff_t>(i + window)));
    }
    std::ranges::sort(enough);
    return enough[(enough.size() - 1) * kSure / 100];
}

std::uint64_t FeeOracle::by_waiting(unsigned blocks, std::span<const PaidGas> waiting) const {
    // Limits are often far above what is spent: as far as they were in the blocks that are known.
    double spent = 0;
    double limits = 0;
    for (const Block& block : blocks_) {
        for (const PaidGas& one : block.transactions) {
            spent += static_cast<double>(one.spent);
            limits += static_cast<double>(one.limit);
        }
    }
    const double part = limits > 0 ? spent / limits : 1;
    const double room = static_cast<double>(most_gas_.value) * blocks;
    const std::size_t places = std::size_t{ledger::kMostBlockTransactions} * blocks;
    double before = 0;
    std::size_t count = 0;
    for (const PaidGas& one : waiting) {
        before += static_cast<double>(one.limit) * part;
        if (++count >= places || before >= room) return above(one.price);
    }
    return kLeastPrice;
}

std::uint64_t FeeOracle::price_for(unsigned blocks, std::span<const PaidGas> waiting) const {
    // Who waits longer never has to pay more.
    std::uint64_t out = std::max(by_past(1), by_waiting(1, waiting));
    for (unsigned i = 2; i <= std::min<unsigned>(blocks, kMostBlocks); ++i) {
        out = std::min(out, std::max(by_past(i), by_waiting(i, waiting)));
    }
    return out;
}

FeeReport FeeOracle::report(std::span<const PaidGas> waiting) const {
    FeeReport out{.blocks = blocks_.size(), .waiting = waiting.size(), .waiting_prices = percentiles_of(waiting)};
    std::vector<PaidGas> all;
    double gas = 0;
    for (const Block& block : blocks_) {
        all.insert(all.end(), block.transactions.begin(), block.transactions.end());
        gas += static_cast<double>(block.gas);
        out.height = block.height;
    }
    out.transactions = all.size();
    out.block_prices = percentiles_of(all);
    if (!blocks_.empty() && most_gas_.value > 0) {
        out.fullness = gas / (static_cast<double>(most_gas_.value) * static_cast<double>(blocks_.size()));
    }
    for (const PaidGas& one : waiting) out.waiting_gas += one.limit;
    for (const unsigned blocks : kAsked) out.estimates.push_back({blocks, price_for(blocks, waiting)});
    return out;
}

}  // namespace dusk::rpc
