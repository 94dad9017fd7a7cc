// `dusk chain`.
#pragma once

#include "app/keys_cli.hpp"

namespace dusk::app {

void add_chain_commands(CLI::App& dusk, Chosen& chosen);

}  // namespace dusk::app
