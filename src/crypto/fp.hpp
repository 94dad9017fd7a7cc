// The base field of BLS12-381, Fp, and its quadratic extension Fp2 = Fp[i] / (i^2 + 1): what the curve points and
// their encodings need of it, on the arithmetic of blst. spec/crypto.md §2.3.
//
// Invariant of `Fp` and `Fp2` values here: limbs below p, in Montgomery form with radix 2^384, least significant limb
// first. That is also their archived form.
#pragma once

#include <blst.h>

#include <cstddef>
#include <optional>

#include "base/bytes.hpp"
#include "crypto/error.hpp"

namespace dusk::crypto {

using Fp = blst_fp;
using Fp2 = blst_fp2;

inline constexpr std::size_t kFpSize = 48;

// 48 bytes big-endian. Errors: bad_length, not_canonical (not below p).
[[nodiscard]] Result<Fp, DecodeError> decode_fp(ByteView bytes);
[[nodiscard]] ByteArray<kFpSize> encode_fp(const Fp& x);

// 48 bytes, limbs as little-endian words, as archives hold them. None when they are not below p.
[[nodiscard]] std::optional<Fp> fp_from_limbs(std::span<const std::uint8_t, kFpSize> limbs);
void fp_to_limbs(const Fp& x, std::span<std::uint8_t, kFpSize> limbs);

// The small integer as a field element.
[[nodiscard]] Fp fp_from_u64(std::uint64_t value);

// One name per operation for both fields, so that the two groups share their code.
[[nodiscard]] Fp add(const Fp& a, const Fp& b);
[[nodiscard]] Fp2 add(const Fp2& a, const Fp2& b);
[[nodiscard]] Fp multiply(const Fp& a, const Fp& b);
[[nodiscard]] Fp2 multiply(const Fp2& a, const Fp2& b);
[[nodiscard]] Fp square(const Fp& a);
[[nodiscard]] Fp2 square(const Fp2& a);
[[nodiscard]] Fp negate(const Fp& a);
[[nodiscard]] Fp2 negate(const Fp2& a);
// One of the two roots; which one is unspecified. None for a non-residue.
[[nodiscard]] std::optional<Fp> square_root(const Fp& a);
[[nodiscard]] std::optional<Fp2> square_root(const Fp2& a);
[[nodiscard]] bool is_zero(const Fp& a);
[[nodiscard]] bool is_zero(const Fp2& a);
using dusk::equal;  // of bytes, stays visible
[[nodiscard]] bool equal(const Fp& a, const Fp& b);
[[nodiscard]] bool equal(const Fp2& a, const Fp2& b);
// Fp: the integer is above (p - 1) / 2. Fp2: c1 is, or c1 = 0 and c0 is.
[[nodiscard]] bool is_lexicographically_largest(const Fp& a);
[[nodiscard]] bool is_lexicographically_largest(const Fp2& a);

}  // namespace dusk::crypto
