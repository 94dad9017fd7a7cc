// `dusk wallet ui`: the wallet on the whole terminal.
#pragma once

#include "app/wallet_folder.hpp"
#include "base/executor.hpp"
#include "base/random.hpp"

namespace dusk::app {

struct WalletUi {
    WalletOptions wallet{};
    std::string prover{};  // instead of the one in the settings
};
// Until a person leaves. The password is asked for once, before; the keys stay in memory until the end. Errors:
// no_terminal; those of opening a wallet.
[[nodiscard]] CommandResult wallet_ui(const WalletUi& command, RandomSource& random, Executor& executor);

}  // namespace dusk::app
