// The accounts that hold most, on the last state. Going through all accounts takes a while, so the answer is kept for a
// minute.
#pragma once

#include "execution/state_queries.hpp"
#include "rpc/archive/list_text.hpp"
#include "rpc/routes/node_parts.hpp"

namespace dusk::rpc {

class RichList {
  public:
    static constexpr std::size_t kMost = 1000;
    static constexpr std::chrono::seconds kKept{60};

    RichList(const NodeParts& parts, const Clock& clock) : parts_(parts), clock_(clock) {}

    // {"height", "accounts", "total", "items": [{"rank", "account", "balance", "nonce"}]}. The error is the answer.
    [[nodiscard]] boost::asio::awaitable<Result<OrderedJson, HttpResponse>> top(std::size_t most);

  private:
    struct Kept {
        ledger::Height height{};
        MonotonicTime time{};
        std::size_t accounts = 0;
        ledger::Lux total{};
        std::vector<OrderedJson> items{};
    };
    [[nodiscard]] OrderedJson answer(std::size_t most) const;

    NodeParts parts_;
    const Clock& clock_;
    std::optional<Kept> kept_{};
    bool is_asking_ = false;
};

}  // namespace dusk::rpc
