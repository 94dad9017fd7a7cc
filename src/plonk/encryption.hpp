// ElGamal encryption of points in circuits: spec/plonk-sound.md §7. Same values as crypto/elgamal.hpp.
#pragma once

#include "plonk/points.hpp"

namespace dusk::plonk {

struct WitnessEncryption {
    TorsionFreeWitnessPoint c1;  // k G
    TorsionFreeWitnessPoint c2;  // plaintext + k pk
};

// k is below the order of JubJub; zero passes. 2350 rows. Error of the composer: scalar_not_canonical.
[[nodiscard]] WitnessEncryption encrypt(Composer& composer, const TorsionFreeWitnessPoint& pk,
                                        const TorsionFreeWitnessPoint& plaintext, Witness k);

}  // namespace dusk::plonk
