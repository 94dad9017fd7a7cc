// What a network starts with: the snapshot files of the released networks (spec/transactions.md §12).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bls_signature.hpp"
#include "phoenix/keys.hpp"

namespace dusk::genesis {

struct PhoenixBalance {
    phoenix::PublicKey address;
    std::uint64_t seed = 0;            // of the randomness of the notes
    std::vector<std::uint64_t> notes;  // lux
};

struct AccountBalance {
    crypto::BlsPublicKey address;
    std::uint64_t balance = 0;  // lux
};

struct Stake {
    crypto::BlsPublicKey account;
    crypto::BlsPublicKey owner;
    std::uint64_t amount = 0;       // lux
    std::uint64_t eligibility = 0;  // block height
    std::uint64_t reward = 0;       // lux
};

struct Snapshot {
    std::optional<crypto::BlsPublicKey> owner;  // of the contracts
    std::vector<PhoenixBalance> phoenix_balances;
    std::vector<AccountBalance> accounts;
    std::vector<Stake> stakes;
};

// Reads TOML. Keys that are not known are ignored, as the reference does. The error is for people: bad TOML, a missing
// or wrong field, a snapshot with a base state or without a seed, which has no fixed root.
[[nodiscard]] Result<Snapshot, std::string> parse_snapshot(std::string_view toml);

}  // namespace dusk::genesis
