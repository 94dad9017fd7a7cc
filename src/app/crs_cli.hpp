// The words of `dusk crs`.
#pragma once

#include "app/keys_cli.hpp"

namespace dusk::app {

// Adds `crs` and everything below it. `chosen` outlives the parser.
void add_crs_commands(CLI::App& dusk, Chosen& chosen);

}  // namespace dusk::app
