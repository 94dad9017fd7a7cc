// The words of `dusk wallet`.
#pragma once

#include "app/keys_cli.hpp"

namespace dusk::app {

// Adds `wallet` and everything below it. `chosen` outlives the parser.
void add_wallet_commands(CLI::App& dusk, Chosen& chosen);

// Those that make transactions, below `wallet`.
void add_wallet_pay_commands(CLI::App& wallet, Chosen& chosen);

}  // namespace dusk::app
