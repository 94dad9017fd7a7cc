// Why a note does not open for a key.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.hpp"

namespace dusk::phoenix {

enum class NoteError : std::uint8_t {
    missing_view_key,        // the note is obfuscated and no key was given
    not_authentic,           // the key is not the receiver's, or the encrypted bytes were changed
    malformed_opening,       // decrypted, but the blinder is not a scalar
    commitment_mismatch,     // decrypted, but the note commits to another value or blinder
    sender_not_encrypted,    // a contract made the note: there is no sender key in it
    sender_not_prime_order,  // a point of the sender's encryption or key is the identity or outside the subgroup
};

// What is wrong, one sentence.
[[nodiscard]] std::string_view to_string(NoteError error);

}  // namespace dusk::phoenix
