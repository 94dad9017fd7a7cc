// Openings of KZG commitments over the trusted setup of Ethereum's mainnet (EIP-4844): the host query
// `verify_kzg_proof`.
#pragma once

#include "base/bytes.hpp"

namespace dusk::vm {

// Whether the polynomial behind `commitment` has the value `y` at `z`. Points are compressed and in the subgroup, the
// identity included; numbers are big-endian and below the order of the group. Anything else is a no. About 0.8 ms.
[[nodiscard]] bool verify_kzg_opening(const ByteArray<48>& commitment, const ByteArray<32>& z, const ByteArray<32>& y,
                                      const ByteArray<48>& proof);

}  // namespace dusk::vm
