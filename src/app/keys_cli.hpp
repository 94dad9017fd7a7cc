// The words of `dusk keys`.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "app/outcome.hpp"

namespace dusk::app {

// Set by the parser when a subcommand was chosen.
struct Chosen {
    std::function<CommandResult()> command;
    bool json = false;
};

// Adds `keys` and everything below it. `chosen` outlives the parser.
void add_keys_commands(CLI::App& dusk, Chosen& chosen);

}  // namespace dusk::app
