#include "vm/queries/groth16.hpp"

#include "dusk_groth16.h"

namespace dusk::vm {

Result<bool, QueryError> verify_groth16_bn254(ByteView prepared_key, ByteView proof, ByteView prepared_inputs) {
    const int outcome = dusk_groth16_bn254_verify(prepared_key.data(), prepared_key.size(), proof.data(), proof.size(),
                                                  prepared_inputs.data(), prepared_inputs.size());
    if (outcome != DUSK_GROTH16_VALID && outcome != DUSK_GROTH16_INVALID) return fail(QueryError::aborted);
    return outcome == DUSK_GROTH16_VALID;
}

}  // namespace dusk::vm
