// Genesis files that the commands of `dusk genesis` read, and the states that they make.
#pragma once

#include "app/outcome.hpp"
#include "base/executor.hpp"
#include "execution/genesis_state.hpp"
#include "ledger/genesis_toml.hpp"
#include "ledger/network.hpp"

namespace dusk::app {

// No genesis file is larger: that of the released network has 100 kB.
inline constexpr std::size_t kLargestGenesisFile = std::size_t{16} << 20;

// Errors: file_missing, file_unreadable, file_too_large, bad_genesis (with the line).
[[nodiscard]] Result<ledger::ParsedGenesis, Failure> read_genesis_file(const std::filesystem::path& path);
// A warning for each key that means nothing.
void warn_of_unknown_keys(const ledger::ParsedGenesis& genesis, Outcome& outcome);
// Error: unknown_network.
[[nodiscard]] Result<const ledger::Network*, Failure> find_network(const std::string& name);

// As the main state of a store, or as its only commit, which is what a node begins with.
enum class GenesisForm : std::uint8_t { main, commit };
// The state in a new store in an empty folder. Errors: state, bad_genesis.
[[nodiscard]] Result<ledger::StateRoot, Failure> make_genesis_store(const std::filesystem::path& folder,
                                                                    const ledger::Network& network,
                                                                    const ledger::GenesisSnapshot& snapshot,
                                                                    const vm::StoreOptions& options,
                                                                    GenesisForm form = GenesisForm::main);

}  // namespace dusk::app
