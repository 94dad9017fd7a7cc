#include "rpc/archive/rich_list.hpp"

#include <algorithm>

#include "rpc/answers.hpp"
#include "rpc/archive/list_json.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;

struct Found {
    std::size_t accounts = 0;
    ledger::Lux total{};
    std::vector<OrderedJson> items{};
};

std::optional<Found> find(vm::Session& session) {
    auto accounts = execution::StateQueries(session).accounts();
    if (!accounts) return {};
    Found out{.accounts = accounts->size()};
    for (const ledger::AccountEntry& one : *accounts) out.total.value += one.data.balance.value;
    const auto end = accounts->begin() + static_cast<std::ptrdiff_t>(std::min(accounts->size(), RichList::kMost));
    std::partial_sort(accounts->begin(), end, accounts->end(), [](const auto& a, const auto& b) {
        return a.data.balance > b.data.balance || (a.data.balance == b.data.balance && a.key < b.key);
    });
    for (auto at = accounts->begin(); at != end; ++at) {
        out.items.push_back({{"rank", out.items.size() + 1},
                             {"account", account_text(crypto::RawG2::from_slice_unchecked(at->key).to_compressed())},
                             {"balance", lux_text(at->data.balance)},
                             {"nonce", at->data.nonce.value}});
    }
    return out;
}

}  // namespace

OrderedJson RichList::answer(std::size_t most) const {
    OrderedJson items = OrderedJson::array();
    for (std::size_t i = 0; i < std::min(most, kept_->items.size()); ++i) items.push_back(kept_->items[i]);
    return {{"height", kept_->height.value},
            {"accounts", kept_->accounts},
            {"total", lux_text(kept_->total)},
            {"items", std::move(items)}};
}

asio::awaitable<Result<OrderedJson, HttpResponse>> RichList::top(std::size_t most) {
    if (kept_ && (is_asking_ || clock_.monotonic_time() - kept_->time < kKept)) co_return answer(most);
    if (is_asking_) co_return fail(too_many_requests());
    const auto tip = parts_.blocks.tip();
    auto session = parts_.session_at_tip();
    if (!session) co_return fail(std::move(session).error());
    is_asking_ = true;
    auto found = co_await parts_.threads.ask([session = *std::move(session)] { return find(*session); });
    is_asking_ = false;
    if (!found) co_return fail(too_many_requests());
    if (!*found) co_return fail(internal_error());
    kept_ = Kept{.height = tip && *tip ? (*tip)->height : ledger::Height{},
                 .time = clock_.monotonic_time(),
                 .accounts = (*found)->accounts,
                 .total = (*found)->total,
                 .items = std::move((*found)->items)};
    co_return answer(most);
}

}  // namespace dusk::rpc
