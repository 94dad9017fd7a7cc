// Why parameters, keys or proofs are refused, and why none is made.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.hpp"

namespace dusk::plonk {

enum class ProofError : std::uint8_t {
    // Reading.
    short_input,           // fewer bytes than the lengths ask for
    trailing_bytes,        // bytes after the last field
    bad_header,            // lengths or counts that contradict each other or the format
    bad_point,             // no compressed or raw point of the subgroup
    bad_scalar,            // a field element that is not canonical
    bad_padding,           // retired bytes that are not zero
    bad_domain,            // more than 2^31 rows
    bad_size,              // sizes, row counts and domain do not fit together
    bad_rows,              // rows of public inputs not ascending, or beyond the circuit
    bad_opening_key,       // the identity in an opening key
    root_of_unity_secret,  // the secret of the parameters is a root of unity of some domain
    not_powers,            // the points of the parameters are not the powers of their secret
    bad_polynomial,        // more coefficients than the domain, or a leading zero
    bad_evaluations,       // stored evaluations are not those of the polynomial
    damaged,               // the digest at the end is not that of the bytes before it
    // Sizes of what is asked for.
    empty,                 // no row, or no power of the secret
    parameters_too_small,  // the circuit needs more powers of the secret
    // Verifying.
    wrong_public_inputs,   // not as many values as the circuit has public rows
    degenerate_challenge,  // the challenge is a point where the equation has no value; negligible for honest proofs
    not_accepted,          // the equation does not hold
    // Proving.
    wrong_circuit,  // other rows, public rows or parameters than the key was made for
    unsatisfied,    // the values violate an identity of the circuit
};

// What is wrong, one sentence.
[[nodiscard]] std::string_view to_string(ProofError error);

}  // namespace dusk::plonk
