// `dusk tx`.
#pragma once

#include "app/keys_cli.hpp"

namespace dusk::app {

void add_tx_commands(CLI::App& dusk, Chosen& chosen);

}  // namespace dusk::app
