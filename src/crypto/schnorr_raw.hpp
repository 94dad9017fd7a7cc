// Verification of a Schnorr signature from archives that a contract hands over, whose limbs nobody checked:
// spec/crypto.md §18. Same outcome as the network's arithmetic for every input.
//
// Inputs with reduced limbs take the fast path; for others every step is repeated as the network computes it (about
// ten times slower). Variable time: the values are public.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace dusk::crypto::schnorr {

enum class RawVerifyError : std::uint8_t {
    bad_length,         // an argument is not of its archive's size
    invalid_point,      // as `VerifyError`
    invalid_signature,  // as `VerifyError`
    // The network's code divides by zero here and aborts the execution: a point with z = 0 passed for torsion free.
    aborted,
};
[[nodiscard]] std::string_view to_string(RawVerifyError error);

// Key: 160 bytes; signature: 192 bytes; message: 32 bytes, limbs in Montgomery form. Errors as listed; the key is
// judged before the signature and the signature before the equation.
[[nodiscard]] Result<void, RawVerifyError> verify_raw(ByteView key_archive, ByteView signature_archive,
                                                      ByteView message_limbs);

}  // namespace dusk::crypto::schnorr
