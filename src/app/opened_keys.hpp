// The secret keys that transactions are made with.
#pragma once

#include <optional>

#include "app/outcome.hpp"
#include "crypto/bls_signature.hpp"
#include "phoenix/keys.hpp"

namespace dusk::app {

// A wallet file and a profile, or the keys of a provisioner.
struct SigningKey {
    std::filesystem::path file{};
    std::uint8_t profile = 0;
    PasswordSource password{};
};

struct OpenedKeys {
    crypto::BlsSecretKey account;
    std::optional<phoenix::SecretKey> notes;  // none in the keys of a provisioner
};

// Asks for the password where none is named. Errors: file, wrong_password, bad_input, refused (no secret key is in the
// file).
[[nodiscard]] Result<OpenedKeys, Failure> open_keys(const SigningKey& key);
// The same of a wallet only. Errors: also refused (there are no keys of notes in the file).
[[nodiscard]] Result<phoenix::SecretKey, Failure> open_note_key(const SigningKey& key);

}  // namespace dusk::app
