// The powers of the development parameters alone, a part of them at a time (plonk/development.hpp).
#pragma once

#include <vector>

#include "base/executor.hpp"
#include "crypto/g1.hpp"

namespace dusk::plonk {

// `count` powers from number `first` on. About 10 us each after 60 ms.
[[nodiscard]] std::vector<crypto::G1Affine> development_powers(std::size_t first, std::size_t count,
                                                               Executor& executor);

}  // namespace dusk::plonk
