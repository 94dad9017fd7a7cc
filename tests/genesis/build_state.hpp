// The first state of a network, made by calls of the official contracts (spec/transactions.md §12).
#pragma once

#include "snapshot.hpp"
#include "vm/machine.hpp"

namespace dusk::genesis {

// Contracts are told this chain id while the first state is made, whatever the network.
inline constexpr std::uint8_t kGenesisChainId = 0xFA;

struct OfficialContracts {
    Bytes transfer;
    Bytes stake;
};

// Commits the state without accounts, then that of the snapshot, and returns the root of the latter. `dusk_key`
// receives a part of the rewards, and owns the contracts unless the snapshot says who does.
[[nodiscard]] vm::CallResult<vm::Hash> build_state(vm::Machine& machine, const OfficialContracts& contracts,
                                                   const Snapshot& snapshot, const crypto::BlsPublicKey& dusk_key);

}  // namespace dusk::genesis
