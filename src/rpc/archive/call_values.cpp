#include "rpc/archive/call_values.hpp"

#include <map>

namespace dusk::rpc {
namespace {

// Of one request; what is beyond stays null.
constexpr std::size_t kMostJson = std::size_t{8} << 20;

std::vector<OrderedJson> read_all(DriverShelf& shelf, const std::vector<CodedValue>& values) {
    std::map<ledger::ContractId, std::shared_ptr<DataDriver>> drivers;
    std::vector<OrderedJson> out;
    std::size_t bytes = 0;
    for (const CodedValue& one : values) {
        out.emplace_back(nullptr);
        if (bytes > kMostJson) continue;
        auto at = drivers.find(one.contract);
        if (at == drivers.end()) {
            auto found = shelf.find(one.contract);
            at = drivers.emplace(one.contract, found ? *std::move(found) : nullptr).first;
        }
        if (at->second == nullptr) continue;
        auto value =
            one.is_event ? at->second->decode_event(one.name, one.data) : at->second->decode_input(one.name, one.data);
        if (!value) continue;
        bytes += 16 * one.data.size() + 64;
        out.back() = *std::move(value);
    }
    return out;
}

}  // namespace

boost::asio::awaitable<std::vector<OrderedJson>> read_values(QueryThreads& threads, DriverShelf& drivers,
                                                             std::vector<CodedValue> values) {
    if (values.empty()) co_return std::vector<OrderedJson>{};
    const std::size_t count = values.size();
    auto out = co_await threads.ask([&drivers, values = std::move(values)]() { return read_all(drivers, values); });
    co_return out ? *std::move(out) : std::vector<OrderedJson>(count);
}

}  // namespace dusk::rpc
