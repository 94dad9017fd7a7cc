// What stands on each page between its head and its foot.
#pragma once

#include "app/wallet_ui/picture.hpp"
#include "app/wallet_ui/screen.hpp"

namespace dusk::app::ui {

// Lines of a page on a screen of this size: those that are there, the selected one among the first `size.rows`.
[[nodiscard]] std::vector<Line> page_lines(const Screen& screen, const WalletState& state, const Size& size);

// An amount as people read it: "1,234.5 DUSK".
[[nodiscard]] std::string amount_text(ledger::Lux amount);

}  // namespace dusk::app::ui
