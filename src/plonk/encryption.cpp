#include "plonk/encryption.hpp"

namespace dusk::plonk {

WitnessEncryption encrypt(Composer& composer, const TorsionFreeWitnessPoint& pk,
                          const TorsionFreeWitnessPoint& plaintext, Witness k) {
    const Composer::Scope scope(composer, "encryption");
    const auto shared = mul_point(composer, k, pk);
    const auto c1 = mul_generator(composer, k, crypto::kJubJubGenerator);
    return {.c1 = c1, .c2 = add(composer, plaintext, shared)};
}

}  // namespace dusk::plonk
