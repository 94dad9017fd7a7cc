// The small circuits of hashes, trees, signatures and encryption.
#pragma once

#include "draws.hpp"
#include "plonk/composer.hpp"

namespace dusk::vectors {

void poseidon(plonk::Composer& c, Draws& draws);
void merkle_opening(plonk::Composer& c, Draws& draws);
void schnorr(plonk::Composer& c, Draws& draws);
void schnorr_double(plonk::Composer& c, Draws& draws);
void schnorr_var_gen(plonk::Composer& c, Draws& draws);
void elgamal(plonk::Composer& c, Draws& draws);

}  // namespace dusk::vectors
