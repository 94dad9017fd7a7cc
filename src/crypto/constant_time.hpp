// Choices that leave no trace in time: by masks, without branches and without addresses that depend on secrets.
#pragma once

#include <cstdint>

#include "crypto/field.hpp"

namespace dusk::crypto {

// All ones for 1, zero for 0. The compiler cannot see that only two values occur, so it makes no branch of it.
[[nodiscard]] inline std::uint64_t mask_of_bit(std::uint64_t bit) {
    std::uint64_t mask = 0 - bit;
    asm("" : "+r"(mask));
    return mask;
}

// All ones where a = b, else zero.
[[nodiscard]] inline std::uint64_t mask_equal(std::uint64_t a, std::uint64_t b) {
    const std::uint64_t difference = a ^ b;
    return mask_of_bit(1 ^ ((difference | (0 - difference)) >> 63));
}

// to = mask ? from : to, for a mask of all ones or zero.
template <class Params>
void select_if(Field<Params>& to, const Field<Params>& from, std::uint64_t mask) {
    Limbs4 limbs;
    for (std::size_t i = 0; i < 4; ++i) {
        limbs[i] = to.montgomery()[i] ^ (mask & (to.montgomery()[i] ^ from.montgomery()[i]));
    }
    to = Field<Params>::from_montgomery(limbs);
}

// Exchanges a and b where the mask is all ones.
template <class Params>
void swap_if(Field<Params>& a, Field<Params>& b, std::uint64_t mask) {
    const Field<Params> old = a;
    select_if(a, b, mask);
    select_if(b, old, mask);
}

}  // namespace dusk::crypto
