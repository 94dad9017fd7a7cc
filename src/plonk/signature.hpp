// Schnorr signatures in circuits: spec/plonk-sound.md §7. The rows hold for signatures of crypto/schnorr.hpp (single)
// and crypto/schnorr_bound.hpp (double, own generator), and for no others.
#pragma once

#include "plonk/points.hpp"

namespace dusk::plonk {

// u G + c pk = R. 3748 rows. Error of the composer: scalar_not_canonical (u).
void verify_signature(Composer& composer, Witness u, const WitnessPoint& r, const TorsionFreeWitnessPoint& pk,
                      Witness message);

// u G + c pk = R and u G' + c pk' = R', with a tagged challenge over both keys. 6758 rows. Error: as above.
void verify_signature_double(Composer& composer, Witness u, const WitnessPoint& r, const WitnessPoint& r_prime,
                             const TorsionFreeWitnessPoint& pk, const TorsionFreeWitnessPoint& pk_prime,
                             Witness message);

// u g + c pk = R for the key's own generator, which is part of the challenge.
void verify_signature_var_gen(Composer& composer, Witness u, const WitnessPoint& r, const TorsionFreeWitnessPoint& pk,
                              const TorsionFreeWitnessPoint& generator, Witness message);

}  // namespace dusk::plonk
