// The words of `dusk prover`.
#pragma once

#include "app/keys_cli.hpp"

namespace dusk::app {

void add_prover_command(CLI::App& dusk, Chosen& chosen);

}  // namespace dusk::app
