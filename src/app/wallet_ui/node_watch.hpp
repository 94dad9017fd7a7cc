// Asks the node again and again what changes by itself: heights, public accounts, stakes, the mempool.
#pragma once

#include "app/wallet_ui/feed.hpp"

namespace dusk::app::ui {

// For one thread, and with a connection of its own.
class NodeWatch {
  public:
    // `feed` outlives this.
    NodeWatch(WalletNode node, Feed& feed) : node_(std::move(node)), feed_(&feed) {}

    // Once. How long to wait before the next time.
    [[nodiscard]] std::chrono::milliseconds look();

  private:
    [[nodiscard]] Result<void, Failure> look_at_profiles(const WalletState& state);
    [[nodiscard]] Result<void, Failure> look_at_pending(const WalletState& state);

    WalletNode node_;
    Feed* feed_;
    std::uint64_t looked_at_ = ~std::uint64_t{0};  // the last block when accounts were asked for
};

}  // namespace dusk::app::ui
