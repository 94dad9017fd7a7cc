// The words of `dusk db`.
#pragma once

#include "app/keys_cli.hpp"

namespace dusk::app {

// Adds `db` and everything below it. `chosen` outlives the parser.
void add_db_commands(CLI::App& dusk, Chosen& chosen);

}  // namespace dusk::app
