// BIP-39 recovery phrases in English: 12 to 24 words that stand for 16 to 32 bytes of entropy and a checksum.
#pragma once

#include <string>

#include "base/random.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

namespace dusk::crypto {

// The 64 bytes from which all keys of a wallet are derived (key_derivation.hpp).
using WalletSeed = SecretArray<64>;

struct MnemonicError {
    enum class Kind : std::uint8_t {
        bad_word_count,  // not 12, 15, 18, 21 or 24 words; or not 16, 20, 24, 28 or 32 bytes of entropy
        unknown_word,    // not in the list
        bad_checksum,    // all words are known, but they do not belong together
    };
    Kind kind;
    std::size_t place = 0;  // of the unknown word, from 1; or the number of words (bytes) found
    // The word of the list that may be meant by the unknown one; empty where none is near. It is close to what was
    // typed, maybe a secret of another kind: show it to nobody but who typed it.
    std::string_view suggestion{};
};

// One sentence that names places, never words.
[[nodiscard]] std::string to_string(const MnemonicError& error);

class Mnemonic {
  public:
    // Words separated by white space, in upper or lower case.
    [[nodiscard]] static Result<Mnemonic, MnemonicError> parse(std::string_view phrase);
    // 16, 20, 24, 28 or 32 bytes.
    [[nodiscard]] static Result<Mnemonic, MnemonicError> from_entropy(ByteView entropy);
    // A new phrase of 12, 15, 18, 21 or 24 words, from one draw.
    [[nodiscard]] static Result<Mnemonic, MnemonicError> generate(std::size_t words, RandomSource& random);

    [[nodiscard]] const SecretBytes& entropy() const { return entropy_; }
    [[nodiscard]] std::size_t word_count() const { return entropy_.size() * 3 / 4; }
    // The words in lower case with one space between them.
    [[nodiscard]] SecretBytes phrase() const;
    // PBKDF2-HMAC-SHA-512 of the phrase, 2048 rounds. Dusk wallets use no passphrase; one that is not ASCII must be
    // in the form NFKD of Unicode.
    [[nodiscard]] WalletSeed seed(std::string_view passphrase = {}) const;

  private:
    explicit Mnemonic(SecretBytes entropy) : entropy_(std::move(entropy)) {}
    SecretBytes entropy_;
};

}  // namespace dusk::crypto
