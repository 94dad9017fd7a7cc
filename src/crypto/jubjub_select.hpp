// Choices among points in constant time.
#pragma once

#include "crypto/constant_time.hpp"
#include "crypto/jubjub.hpp"

namespace dusk::crypto {

inline void select_if(JubJubNiels& to, const JubJubNiels& from, std::uint64_t mask) {
    select_if(to.v_plus_u, from.v_plus_u, mask);
    select_if(to.v_minus_u, from.v_minus_u, mask);
    select_if(to.z, from.z, mask);
    select_if(to.t2d, from.t2d, mask);
}

inline void select_if(JubJubAffineNiels& to, const JubJubAffineNiels& from, std::uint64_t mask) {
    select_if(to.v_plus_u, from.v_plus_u, mask);
    select_if(to.v_minus_u, from.v_minus_u, mask);
    select_if(to.t2d, from.t2d, mask);
}

// Either Niels form becomes that of the negated point where the mask is all ones.
template <class Niels>
void negate_if(Niels& n, std::uint64_t mask) {
    swap_if(n.v_plus_u, n.v_minus_u, mask);
    select_if(n.t2d, -n.t2d, mask);
}

}  // namespace dusk::crypto
