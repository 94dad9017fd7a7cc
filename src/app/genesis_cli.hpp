// The words of `dusk genesis`.
#pragma once

#include "app/keys_cli.hpp"

namespace dusk::app {

// Adds `genesis` and everything below it. `chosen` outlives the parser.
void add_genesis_commands(CLI::App& dusk, Chosen& chosen);

}  // namespace dusk::app
