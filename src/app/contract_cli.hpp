// The words of `dusk contract`.
#pragma once

#include "app/keys_cli.hpp"

namespace dusk::app {

// Adds `contract` and everything below it. `chosen` outlives the parser.
void add_contract_commands(CLI::App& dusk, Chosen& chosen);

}  // namespace dusk::app
