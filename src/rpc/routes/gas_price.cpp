#include "rpc/routes/gas_price.hpp"

namespace dusk::rpc {
namespace {

__extension__ using Wide = unsigned __int128;

}  // namespace

PriceSummary summary_of(const std::vector<std::uint64_t>& falling) {
    if (falling.empty()) return {};
    Wide sum = 0;
    for (const std::uint64_t price : falling) sum += price;
    const std::size_t count = falling.size();
    const std::size_t middle = count / 2;
    const Wide pair = count % 2 == 1 ? Wide{falling[middle]} * 2 : Wide{falling[middle - 1]} + falling[middle];
    return {.average = static_cast<std::uint64_t>((sum + count - 1) / count),
            .max = falling.front(),
            .median = static_cast<std::uint64_t>(pair / 2),
            .min = falling.back()};
}

}  // namespace dusk::rpc
