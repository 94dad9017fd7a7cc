// The first state of a network, made by calls of its contracts (spec/transactions.md §12).
#pragma once

#include "execution/genesis_contracts.hpp"
#include "ledger/block_names.hpp"
#include "ledger/genesis_snapshot.hpp"
#include "vm/machine.hpp"

namespace dusk::execution {

enum class GenesisStateError : std::uint8_t {
    base_state,      // a snapshot that adds to another state: not supported
    no_seed,         // notes without a seed: their state has no fixed root
    too_much_stake,  // the stakes add up to more than 64 bits
    call,            // a contract refused a call, or the store failed
};

struct GenesisStateFailure {
    GenesisStateError kind;
    std::string text;  // what is wrong, for people
};

// Commits the state without accounts, then that of the snapshot; each is a commit of the store. Roots are those of the
// released builder. About a second for mainnet's snapshot, most of it compiling the contracts.
struct GenesisState {
    ledger::StateRoot empty;
    ledger::StateRoot root;
};
[[nodiscard]] Result<GenesisState, GenesisStateFailure> build_genesis_state(vm::Machine& machine,
                                                                            const GenesisContracts& contracts,
                                                                            const ledger::GenesisSnapshot& snapshot);

}  // namespace dusk::execution
