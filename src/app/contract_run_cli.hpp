// The words of `dusk contract deploy`, `call` and `query`.
#pragma once

#include "app/keys_cli.hpp"

namespace dusk::app {

// Adds them to the group `contract`. `chosen` outlives the parser.
void add_contract_run_commands(CLI::App& contract, Chosen& chosen);

}  // namespace dusk::app
