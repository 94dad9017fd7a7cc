// The words of `dusk net`.
#pragma once

#include "app/keys_cli.hpp"

namespace dusk::app {

void add_net_commands(CLI::App& dusk, Chosen& chosen);

}  // namespace dusk::app
