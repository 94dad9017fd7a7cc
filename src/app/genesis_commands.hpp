// What `dusk genesis` does, command by command.
#pragma once

#include "app/outcome.hpp"
#include "base/executor.hpp"

namespace dusk::app {

struct GenesisNew {
    std::filesystem::path file{};
    std::string network = "devnet";
    std::string owner{};                  // of the contracts; empty: the Dusk key
    std::vector<std::string> accounts{};  // "ACCOUNT=DUSK"
    std::vector<std::string> notes{};     // "ADDRESS=DUSK"
    std::vector<std::string> stakes{};    // "ACCOUNT=DUSK"
    std::size_t provisioners = 4;         // of the test wallets, where nothing is listed
    Overwrite overwrite = Overwrite::refuse;
};
// Writes a genesis file: what is listed; else for `devnet` the test wallets, for `rusk` the snapshot of the released
// node's local network.
[[nodiscard]] CommandResult new_genesis(const GenesisNew& command);

struct GenesisBuild {
    std::filesystem::path file{};
    std::filesystem::path folder{};  // of the state store; empty or not there
    std::string network = "devnet";
    std::uint64_t timestamp = 0;  // of the genesis block, unix seconds
};
// Makes the first state in a store of its own, as the main state. On failure the folder is as before.
[[nodiscard]] CommandResult build_genesis(const GenesisBuild& command, Executor& executor);

struct GenesisInfo {
    std::filesystem::path path{};  // a genesis file, or the folder of a state store
    std::string network = "devnet";
};
// What a genesis file holds and the root of its state; or what the main state of a store holds.
[[nodiscard]] CommandResult genesis_info(const GenesisInfo& command, Executor& executor);

}  // namespace dusk::app
