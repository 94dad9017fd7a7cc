// The words of `dusk node`.
#pragma once

#include "app/keys_cli.hpp"

namespace dusk::app {

void add_node_commands(CLI::App& dusk, Chosen& chosen);

}  // namespace dusk::app
