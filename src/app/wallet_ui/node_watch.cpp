#include "app/wallet_ui/node_watch.hpp"

#include <algorithm>

namespace dusk::app::ui {

using std::chrono::milliseconds;

milliseconds NodeWatch::look() {
    constexpr milliseconds kPause{500};
    constexpr milliseconds kPauseInTrouble{2000};
    const WalletState state = feed_->state();
    const auto heights = node_.heights();
    Result<void, Failure> all{};
    if (!heights) all = fail(heights.error());
    if (all && heights->last != looked_at_) {
        all = look_at_profiles(state);
        if (all) looked_at_ = heights->last;
    }
    if (all) all = look_at_pending(state);
    feed_->change([&](WalletState& now) {
        now.trouble = all ? std::string() : all.error().message;
        if (heights) now.chain = *heights;
    });
    return all ? kPause : kPauseInTrouble;
}

Result<void, Failure> NodeWatch::look_at_profiles(const WalletState& state) {
    for (std::size_t i = 0; i < state.profiles.size(); ++i) {
        const auto account = ledger::AccountKey::from_base58(state.profiles[i].account);
        if (!account) continue;
        const auto status = node_.account(state.profiles[i].account);
        if (!status) return fail(status.error());
        const auto stake = node_.stake(*account);
        if (!stake) return fail(stake.error());
        feed_->change([&](WalletState& now) {
            now.profiles[i].status = *status;
            now.profiles[i].stake = *stake;
        });
    }
    return {};
}

Result<void, Failure> NodeWatch::look_at_pending(const WalletState& state) {
    for (const PendingView& one : state.pending) {
        const auto waits = node_.is_in_mempool(one.id);
        if (!waits) return fail(waits.error());
        feed_->change([&](WalletState& now) {
            const auto found = std::ranges::find(now.pending, one.id, &PendingView::id);
            if (found != now.pending.end()) found->in_mempool = *waits;
        });
    }
    return {};
}

}  // namespace dusk::app::ui
