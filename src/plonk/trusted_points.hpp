// Points in the raw format that this program wrote.
#pragma once

#include <vector>

#include "base/executor.hpp"
#include "crypto/g1.hpp"
#include "plonk/proof_error.hpp"

namespace dusk::plonk {

// 97 bytes per point and nothing else. They must be on the curve, but that they are in the subgroup is not checked. 1
// us per point. Errors: bad_point.
[[nodiscard]] Result<std::vector<crypto::G1Affine>, ProofError> read_trusted_raw_points(ByteView bytes,
                                                                                        Executor& executor);

}  // namespace dusk::plonk
