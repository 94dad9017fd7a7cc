// The words of `dusk devnet`.
#pragma once

#include "app/keys_cli.hpp"

namespace dusk::app {

void add_devnet_commands(CLI::App& dusk, Chosen& chosen);

}  // namespace dusk::app
