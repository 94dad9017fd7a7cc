// Two points side by side: the form of public keys and stealth addresses in bytes and in archives
// (spec/crypto.md §11.1, §11.2, §17).
#pragma once

#include "crypto/jubjub.hpp"

namespace dusk::phoenix {

inline constexpr std::size_t kPointPairSize = 2 * crypto::JubJubAffine::kSize;
inline constexpr std::size_t kArchivedPointPairSize = 2 * crypto::JubJubExtended::kArchivedSize;

// One inversion for both points, none for points that were decoded (z = 1).
[[nodiscard]] ByteArray<kPointPairSize> encode_pair(const crypto::JubJubExtended& first,
                                                    const crypto::JubJubExtended& second);

[[nodiscard]] ByteArray<kArchivedPointPairSize> archive_pair(const crypto::JubJubExtended& first,
                                                             const crypto::JubJubExtended& second);

// The affine form; without an inversion where z = 1. For public points: time depends on z.
[[nodiscard]] crypto::JubJubAffine to_affine_vartime(const crypto::JubJubExtended& point);

}  // namespace dusk::phoenix
