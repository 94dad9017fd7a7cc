// Genesis files: the format of the released node's snapshots (spec/transactions.md §12).
//
//     owner = "base58 of 96 bytes"                  [[moonlight_account]]
//     base_state = "address"                        address = "base58 of 96 bytes"
//                                                   balance = 1_000_000_000
//     [[phoenix_balance]]                           [[stake]]
//     address = "base58 of 64 bytes"                address = "base58 of 96 bytes"
//     seed = 0xdead_beef                            owner = "base58 of 96 bytes"
//     notes = [1_000_000_000]                       amount = 1_000_000_000_000
//                                                   eligibility = 0
//                                                   reward = 0
//
// Everything but addresses, balances and amounts may be missing. Amounts are lux, at most 2^63 - 1.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "ledger/genesis_snapshot.hpp"

namespace dusk::ledger {

enum class GenesisFault : std::uint8_t {
    not_toml,      // `detail` says why
    missing,       // a key that must be there
    wrong_type,    // a value of another type than the key has
    out_of_range,  // an amount, height or seed below 0 or above 2^63 - 1
    bad_account,   // no account key in base58
    bad_address,   // no Phoenix address in base58
};

struct GenesisError {
    GenesisFault fault;
    std::size_t line = 0;  // from 1; of the table where a key is missing
    std::string key{};     // as in "stake[2].amount"
    std::string detail{};
    bool operator==(const GenesisError&) const = default;
};
// "line 12: stake[2].amount is missing"
[[nodiscard]] std::string describe(const GenesisError& error);

struct ParsedGenesis {
    GenesisSnapshot snapshot;
    // Keys that mean nothing. The released node passes over them without a word.
    struct UnknownKey {
        std::size_t line;
        std::string key;
    };
    std::vector<UnknownKey> unknown_keys;
};

// Linear in the text.
[[nodiscard]] Result<ParsedGenesis, GenesisError> parse_genesis(std::string_view toml);
// Reads back as the same. Error: out_of_range (line 0).
[[nodiscard]] Result<std::string, GenesisError> genesis_toml(const GenesisSnapshot& snapshot);

}  // namespace dusk::ledger
