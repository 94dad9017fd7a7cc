// The full-screen wallet as it is to stand on a screen of any size.
#pragma once

#include "app/wallet_ui/picture.hpp"
#include "app/wallet_ui/screen.hpp"

namespace dusk::app::ui {

// `now` is what progress is counted against.
[[nodiscard]] Picture drawing_of(const Screen& screen, const WalletState& state, const Size& size,
                                 std::chrono::steady_clock::time_point now);

}  // namespace dusk::app::ui
