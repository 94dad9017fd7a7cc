// Pedersen commitments to values (spec/crypto.md §11.3).
#pragma once

#include "crypto/jubjub.hpp"

namespace dusk::phoenix {

// value G + blinder G'. Constant time in both. A transparent note has the blinder 0.
[[nodiscard]] crypto::JubJubAffine value_commitment(std::uint64_t value, const crypto::Fr& blinder);

// value G. Variable time: the value of a transparent note is public.
[[nodiscard]] crypto::JubJubAffine transparent_value_commitment(std::uint64_t value);

}  // namespace dusk::phoenix
