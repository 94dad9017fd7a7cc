// The wallet file of this program: the secret from which all keys of a wallet are derived, under a password.
// The format is written down in docs/formats/keystore.md.
#pragma once

#include <optional>
#include <string>

#include "base/random.hpp"
#include "base/result.hpp"
#include "crypto/mnemonic.hpp"

namespace dusk::wallet {

// What a wallet is made of: a recovery phrase, or only the seed that follows from one (an imported wallet.dat).
class WalletSecret {
  public:
    WalletSecret(crypto::Mnemonic mnemonic, std::uint8_t profiles)
        : mnemonic_(std::move(mnemonic)), seed_(mnemonic_->seed()), profiles_(profiles) {}
    WalletSecret(crypto::WalletSeed seed, std::uint8_t profiles) : seed_(std::move(seed)), profiles_(profiles) {}

    [[nodiscard]] const crypto::WalletSeed& seed() const { return seed_; }
    // None where only the seed is known: no phrase leads back from it.
    [[nodiscard]] const std::optional<crypto::Mnemonic>& mnemonic() const { return mnemonic_; }
    // How many profiles the owner uses: 1 to 255, from index 0.
    [[nodiscard]] std::uint8_t profiles() const { return profiles_; }

  private:
    std::optional<crypto::Mnemonic> mnemonic_;
    crypto::WalletSeed seed_;
    std::uint8_t profiles_;
};

enum class KeystoreError : std::uint8_t {
    not_a_keystore,   // not JSON of this form
    truncated,        // the text stops early
    unknown_version,  // written by a later version of this program
    bad_cost,         // Argon2id would take more memory or time than any file of ours asks for
    damaged,          // a byte changed: the checksum differs
    wrong_password,
    bad_content,  // decrypts, but is not a wallet secret
    no_memory,    // the system gives less than Argon2id takes
};

// What is wrong and what to do, one sentence.
[[nodiscard]] std::string_view to_string(KeystoreError error);

// What Argon2id costs whoever opens the file, or guesses passwords.
struct KeystoreCost {
    std::uint32_t passes = 3;
    std::uint32_t memory_mib = 256;
};
inline constexpr KeystoreCost kHighestCost{.passes = 16, .memory_mib = 2048};
[[nodiscard]] bool is_valid(const KeystoreCost& cost);  // 1 to 16 passes, 8 to 2048 MiB

// Whether the bytes claim to be a keystore, however damaged.
[[nodiscard]] bool looks_like_keystore(ByteView file);

// What it costs to open the file; nothing where it does not say, or what no file of ours says.
[[nodiscard]] std::optional<KeystoreCost> cost_of_keystore(ByteView file);

// The text of the file. `cost` is valid. Draws the salt (16 bytes), then the nonce (24 bytes). Errors: no_memory.
[[nodiscard]] Result<std::string, KeystoreError> seal_keystore(const WalletSecret& secret, const SecretBytes& password,
                                                               const KeystoreCost& cost, RandomSource& random);

[[nodiscard]] Result<WalletSecret, KeystoreError> open_keystore(ByteView file, const SecretBytes& password);

}  // namespace dusk::wallet
