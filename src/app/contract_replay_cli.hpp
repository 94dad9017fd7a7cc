// The words of `dusk replay`.
#pragma once

#include "app/keys_cli.hpp"

namespace dusk::app {

// Adds `replay`. `chosen` outlives the parser.
void add_replay_command(CLI::App& dusk, Chosen& chosen);

}  // namespace dusk::app
