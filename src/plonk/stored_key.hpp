// A prover key as this program keeps it on a disk, to prove at once the next time: about 480 bytes per row of the
// domain, 577 with the powers of the secret. Numbers and points are in the form that they have in memory, and each
// column has a digest of its own, so that all are read at once. Not for exchange: that is plonk/prover_file.hpp.
#pragma once

#include "plonk/circuit_key.hpp"

namespace dusk::plonk {

// What a key was made from: a digest of the circuit's rows and of the public parameters. It stands in the file, so that
// a key of another circuit or of other parameters is never used, whatever the name of its file.
using KeyOrigin = ByteArray<32>;

// BLAKE3 of label, selectors, wires and public rows, and of a digest of the parameters. The circuit ran with its
// selectors.
[[nodiscard]] KeyOrigin key_origin(ByteView label, const CircuitTable& circuit, const ByteArray<32>& parameters);

// With the powers of the key, if it has them.
[[nodiscard]] Bytes write_stored_key(const ProverKey& key, const KeyOrigin& origin);

// A key that was written without powers has none. The digests tell damage, not malice: whoever can write the file can
// make keys that prove nothing. About 20 ms on one core for 2^16 rows with their powers. Errors: short_input,
// trailing_bytes, bad_header (another format or version), damaged, wrong_circuit, bad_domain, bad_size, bad_rows,
// bad_scalar, bad_point, bad_padding, bad_polynomial, empty.
[[nodiscard]] Result<ProverKey, ProofError> read_stored_key(ByteView bytes, const KeyOrigin& origin,
                                                            Executor& executor);

}  // namespace dusk::plonk
