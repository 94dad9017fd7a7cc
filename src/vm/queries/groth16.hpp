// Groth16 proofs over BN254 (eprint 2016/260): the host query `verify_groth16_bn254`.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "vm/queries/query_error.hpp"

namespace dusk::vm {

// Encodings of arkworks 0.4: the prepared verifying key uncompressed, the proof and the prepared inputs (one point of
// G1) compressed; bytes after them are not looked at. Points are checked for curve and subgroup, the lines of the
// prepared key are taken as they are. Anything that does not decode is a no.
// Error: aborted, where the lines of the key are fewer than the Miller loop needs.
[[nodiscard]] Result<bool, QueryError> verify_groth16_bn254(ByteView prepared_key, ByteView proof,
                                                            ByteView prepared_inputs);

}  // namespace dusk::vm
