// What `dusk tx notes` does: finds the notes that a wallet can spend in a state of this machine.
#pragma once

#include "app/opened_keys.hpp"
#include "base/executor.hpp"

namespace dusk::app {

struct FindNotes {
    SigningKey key{};
    std::filesystem::path state{};   // the folder of a state store, or
    std::string genesis{};           // a genesis file; "devnet" or "rusk": that of the official local network
    std::string root{};              // which commit of the store, hex; empty: the main state, or the only commit
    std::string network = "devnet";  // whose contracts a genesis file is built with
    std::filesystem::path out{};
    Overwrite overwrite = Overwrite::refuse;
};

// Writes the notes that are worth something and not spent, with their openings, for the owner to read only. Every note
// of the state is looked at: about 10 us each, and 1.5 kB of memory.
// Errors: usage, file, wrong_password, bad_input, state.
[[nodiscard]] CommandResult find_notes(const FindNotes& command, Executor& executor);

}  // namespace dusk::app
