#include "phoenix/error.hpp"

namespace dusk::phoenix {

std::string_view to_string(NoteError error) {
    switch (error) {
        case NoteError::missing_view_key:
            return "the note is obfuscated: only its receiver's view key opens it";
        case NoteError::not_authentic:
            return "the note does not open with this key";
        case NoteError::malformed_opening:
            return "the note opens with this key, but what it holds is not a value and a blinder";
        case NoteError::commitment_mismatch:
            return "the note opens with this key, but commits to another value";
        case NoteError::sender_not_encrypted:
            return "the note was made by a contract and names no sender key";
        case NoteError::sender_not_prime_order:
            return "the sender of the note is encrypted with points that are not of prime order";
    }
    return "unknown error";
}

}  // namespace dusk::phoenix
