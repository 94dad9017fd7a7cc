// A prover key as this program keeps it on a disk, to prove at once the next time: 32 bytes per coefficient, about
// 480 bytes per row of the domain, and a digest of all. The powers of the secret are not in it: they come from the
// public parameters. Not for exchange: that is plonk/prover_file.hpp.
#pragma once

#include "plonk/circuit_key.hpp"

namespace dusk::plonk {

// What a key was made from: a digest of the circuit's rows and of the public parameters. It stands in the file, so that
// a key of another circuit or of other parameters is never used, whatever the name of its file.
using KeyOrigin = ByteArray<32>;

// BLAKE3 of label, selectors, wires and public rows, and of the parameters in the raw format. The circuit ran with its
// selectors.
[[nodiscard]] KeyOrigin key_origin(ByteView label, const CircuitTable& circuit, const ByteArray<32>& parameters);

[[nodiscard]] Bytes write_stored_key(const ProverKey& key, const KeyOrigin& origin);

// The digest at the end tells damage, not malice: whoever can write the file can make keys that prove nothing. About 60
// ms for 2^16 rows. Errors: short_input, trailing_bytes, bad_header (another format or version), damaged,
// wrong_circuit, bad_domain, bad_size, bad_rows, bad_scalar, bad_point, bad_padding, bad_polynomial, empty,
// parameters_too_small.
[[nodiscard]] Result<ProverKey, ProofError> read_stored_key(ByteView bytes, const KeyOrigin& origin,
                                                            const PublicParameters& parameters);
// The same without powers, for who commits elsewhere.
[[nodiscard]] Result<ProverKey, ProofError> read_stored_columns(ByteView bytes, const KeyOrigin& origin);

}  // namespace dusk::plonk
