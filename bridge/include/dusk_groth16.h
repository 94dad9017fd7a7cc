/* Groth16 proofs over BN254, by the arkworks crates: the encodings and the arithmetic of the released network. */
#ifndef DUSK_GROTH16_H
#define DUSK_GROTH16_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DUSK_GROTH16_INVALID 0    /* not valid, or one of the three does not decode */
#define DUSK_GROTH16_VALID 1
#define DUSK_GROTH16_TOO_SHORT 2  /* the prepared key has fewer lines than the Miller loop needs */

/* `key`: a prepared verifying key, uncompressed; `proof` and `inputs` (one point of G1): compressed. Bytes after them
 * are ignored. One of the outcomes above, or DUSK_BRIDGE_PANIC. */
int32_t dusk_groth16_bn254_verify(const uint8_t *key, size_t key_size, const uint8_t *proof, size_t proof_size,
                                  const uint8_t *inputs, size_t inputs_size);

#ifdef __cplusplus
}
#endif

#endif
