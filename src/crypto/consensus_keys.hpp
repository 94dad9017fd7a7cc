// The provisioner's key file <name>.keys in both of its formats, and <name>.cpk (spec/crypto.md §16.2). Bytes in,
// bytes out: reading and writing files is app's.
#pragma once

#include <string>

#include "base/random.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "crypto/bls_signature.hpp"

namespace dusk::crypto {

struct ConsensusKeys {
    BlsSecretKey secret_key;
    BlsPublicKey public_key;

    // Whether the public key is that of the secret key. A file may hold any two keys, and the protocol takes them.
    [[nodiscard]] bool belong_together() const { return secret_key.public_key() == public_key; }
};

enum class ConsensusKeysFormat : std::uint8_t {
    current,  // JSON, AES-256-GCM under PBKDF2
    old,      // 16 bytes of IV, AES-256-CBC under SHA-256
};

enum class ConsensusKeysError : std::uint8_t {
    truncated,       // the end of the file is missing
    damaged,         // the password fits, but bytes were changed; or the text is not of the format
    wrong_password,  // or the salt or IV of the current format was changed
    bad_secret_key,  // decrypts to a secret key that is no scalar
    bad_public_key,  // decrypts to a public key that is no point of the group
};

// What is wrong and what to do, one sentence.
[[nodiscard]] std::string_view to_string(ConsensusKeysError error);

struct OpenedConsensusKeys {
    ConsensusKeys keys;
    ConsensusKeysFormat format;  // a file of the old format should be written anew
};

// What does not parse as the current format is taken for the old one.
[[nodiscard]] Result<OpenedConsensusKeys, ConsensusKeysError> open_consensus_keys(ByteView file, ByteView password);

// The file in the current format. Draws the salt (32 bytes), then the nonce (12 bytes).
[[nodiscard]] std::string seal_consensus_keys(const ConsensusKeys& keys, ByteView password, RandomSource& random);

// Whether the bytes may be a key file: text of the current format, or as long as one of the old format.
[[nodiscard]] bool looks_like_consensus_keys(ByteView file);

}  // namespace dusk::crypto
