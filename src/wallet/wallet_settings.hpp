// What a wallet knows without a password: its public keys, and whom it asks.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace dusk::wallet {

// The public parts of a profile, in base58.
struct PublicProfile {
    std::string address{};  // shielded
    std::string account{};  // public
    // Of a wallet that only watches: the key that recognises and opens notes, 64 bytes in hexadecimal; else empty.
    // Whoever has it sees what the profile receives.
    std::string view_key{};
};

// A file in JSON: {"format": "dusk-wallet", "version": 1, "network", "chain_id", "node", "prover", "birthday",
// "watches", "profiles": [{"address", "account", "view_key"}], "proof_milliseconds": [4 numbers], "checksum"}.
struct WalletSettings {
    std::string network = "devnet";
    std::optional<std::uint8_t> chain_id{};             // where it is not that of the network
    std::string node{};                                 // host:port, or with http:// or https://
    std::string prover{};                               // empty: proofs are made on this machine
    std::uint64_t birthday = 0;                         // no note of the wallet is in a block below
    bool watches = false;                               // there are no secret keys
    std::vector<PublicProfile> profiles{};              // 1 to 255
    std::array<std::uint64_t, 4> proof_milliseconds{};  // of the last proof for 1 to 4 notes; 0: none yet

    // The error is a sentence.
    [[nodiscard]] static Result<WalletSettings, std::string> read(ByteView file);
    [[nodiscard]] std::string to_file() const;
};

}  // namespace dusk::wallet
