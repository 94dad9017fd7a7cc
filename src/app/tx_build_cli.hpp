// `dusk tx notes` and `dusk tx build`.
#pragma once

#include "app/keys_cli.hpp"

namespace dusk::app {

void add_network_options(CLI::App& app, std::string& network, std::optional<unsigned>& chain_id);
void add_tx_build_commands(CLI::App& tx, Chosen& chosen);

}  // namespace dusk::app
