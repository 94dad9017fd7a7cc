// The two contracts that every network starts with (spec/transactions.md §1).
//
// They are the official binaries, byte for byte, because the state root is a hash of their memory. A network with sound
// circuits has other verifier data in the transfer contract and no other difference.
#pragma once

#include <array>

#include "base/bytes.hpp"
#include "ledger/network.hpp"
#include "phoenix/transfer_verifiers.hpp"

namespace dusk::execution {

struct GenesisContracts {
    Bytes transfer;
    Bytes stake;
};

// Where the transfer contract holds its verifier data, for 1 to 4 inputs: bytes of the file.
struct VerifierDataSlot {
    std::size_t offset;
    std::size_t size;
};
inline constexpr std::array<VerifierDataSlot, 4> kVerifierDataSlots{
    {{306'625, 1500}, {308'125, 1508}, {309'633, 1516}, {311'149, 1524}}};

// As released; in the program since it was built.
[[nodiscard]] ByteView official_transfer_contract();
[[nodiscard]] ByteView official_stake_contract();
// The snapshot of the released node's local network, TOML.
[[nodiscard]] std::string_view official_localnet_snapshot();

// `contract` with other verifier data in the four places. Throws std::logic_error where the places do not hold the
// released ones, or sizes differ: the program was built of files that do not belong together.
[[nodiscard]] Bytes with_verifier_data(ByteView contract, const phoenix::TransferVerifiers::Encodings& encodings);

[[nodiscard]] GenesisContracts genesis_contracts(const ledger::Network& network);

}  // namespace dusk::execution
