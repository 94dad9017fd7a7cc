// Reads wallet.dat of rusk-wallet and the programs before it, to import it (spec/crypto.md §16.3).
#pragma once

#include "wallet/keystore.hpp"

namespace dusk::wallet {

enum class WalletDatError : std::uint8_t {
    not_a_wallet_dat,     // another kind of file
    unsupported_version,  // a later form than those that can be read
    truncated,            // shorter than its version demands
    trailing_bytes,       // longer than its version demands
    wrong_password,       // or damaged: the format cannot tell the two apart
    bad_content,          // decrypts, but is not a seed
};

// What is wrong and what to do, one sentence.
[[nodiscard]] std::string_view to_string(WalletDatError error);

// By what it begins with.
[[nodiscard]] bool looks_like_wallet_dat(ByteView file);
// The first form had no header: any 96 or 99 bytes may be one.
[[nodiscard]] bool may_be_old_wallet_dat(ByteView file);

// Every form that was released (spec/interfaces.md §8.2): version 0.0.2 (AES-256-GCM), the versions before with the
// same header, 1.0 and 2.0 of wallet-cli, and the files before that (AES-256-CBC). A count of profiles that is missing
// or 0 reads as 1.
[[nodiscard]] Result<WalletSecret, WalletDatError> open_wallet_dat(ByteView file, const SecretBytes& password);

}  // namespace dusk::wallet
