// What sets one network apart from another (docs/networks.md).
#pragma once

#include <span>
#include <string_view>

#include "ledger/identifiers.hpp"
#include "ledger/quantities.hpp"
#include "phoenix/transfer_verifiers.hpp"

namespace dusk::ledger {

struct Network {
    std::string_view name;
    ChainId chain_id;                 // that its transactions name
    std::uint8_t kadcast_id;          // that its datagrams carry
    phoenix::ProofRules proof_rules;  // which also says what verifier data its transfer contract holds
};

// `devnet`, ours: sound circuits over the development parameters. Chain and Kadcast id 100.
[[nodiscard]] const Network& devnet();
// `rusk`: the released node's local network, with its contracts as they are. Chain and Kadcast id 0.
[[nodiscard]] const Network& rusk_network();
[[nodiscard]] std::span<const Network> networks();
// Null where no network has the name.
[[nodiscard]] const Network* network_named(std::string_view name);

// What contracts are told while the first state of any network is made (spec/transactions.md §12).
inline constexpr ChainId kGenesisChainId{0xFA};

// The key that a tenth of each reward goes to, that owns the contracts unless a genesis file says who does, and that
// signs emergency blocks (spec/consensus.md §1). The same on both networks.
[[nodiscard]] const AccountKey& dusk_key();

}  // namespace dusk::ledger
