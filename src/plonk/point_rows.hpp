// Rows that several point gadgets share. Only for them: nothing is checked here.
#pragma once

#include "plonk/points.hpp"

namespace dusk::plonk::detail {

// p + q, whose value the caller computed. 2 rows.
[[nodiscard]] WitnessPoint add_rows(Composer& composer, const WitnessPoint& p, const WitnessPoint& q,
                                    const crypto::JubJubAffine& sum);
// P or the identity for a bit that the caller knows to be 0 or 1. 2 rows.
[[nodiscard]] WitnessPoint pick(Composer& composer, Witness bit, const WitnessPoint& if_one);

}  // namespace dusk::plonk::detail
