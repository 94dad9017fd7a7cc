// The state of the full-screen wallet, shared by the threads that change it and the one that draws it.
#pragma once

#include <mutex>

#include "app/wallet_ui/state.hpp"

namespace dusk::app::ui {

class Feed {
  public:
    explicit Feed(WalletState state) : state_(std::move(state)) {}

    [[nodiscard]] WalletState state() const {
        const std::scoped_lock lock(mutex_);
        return state_;
    }
    template <class Change>
    void change(const Change& change) {
        const std::scoped_lock lock(mutex_);
        change(state_);
    }

  private:
    mutable std::mutex mutex_;
    WalletState state_;
};

}  // namespace dusk::app::ui
