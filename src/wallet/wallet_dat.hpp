// Reads wallet.dat of rusk-wallet, to import it (spec/crypto.md §16.3).
#pragma once

#include "wallet/keystore.hpp"

namespace dusk::wallet {

enum class WalletDatError : std::uint8_t {
    not_a_wallet_dat,     // another kind of file
    unsupported_version,  // a form older or newer than those that can be read
    truncated,            // shorter than its version demands
    trailing_bytes,       // longer than its version demands
    wrong_password,       // or damaged: the format cannot tell the two apart
    bad_content,          // decrypts, but is not a seed
};

// What is wrong and what to do, one sentence.
[[nodiscard]] std::string_view to_string(WalletDatError error);

[[nodiscard]] bool looks_like_wallet_dat(ByteView file);

// Version 0.0.2 (AES-256-GCM), and the versions before with the same header (AES-256-CBC). A count of profiles that is
// missing or 0 reads as 1.
[[nodiscard]] Result<WalletSecret, WalletDatError> open_wallet_dat(ByteView file, const SecretBytes& password);

}  // namespace dusk::wallet
