// A prover key as this program keeps it on a disk, to prove at once the next time: 32 bytes per coefficient, about
// 480 bytes per row of the domain, and a digest of all. The powers of the secret are not in it: they come from the
// public parameters. Not for exchange: that is plonk/prover_file.hpp.
#pragma once

#include "plonk/circuit_key.hpp"

namespace dusk::plonk {

[[nodiscard]] Bytes write_stored_key(const ProverKey& key);

// The digest tells damage, not malice: whoever asks must know the verifier data that the key is to have, and compare
// them. About 60 ms for 2^16 rows. Errors: short_input, trailing_bytes, bad_header (another format or version),
// damaged, bad_domain, bad_size, bad_rows, bad_scalar, bad_point, bad_padding, bad_polynomial, empty,
// parameters_too_small.
[[nodiscard]] Result<ProverKey, ProofError> read_stored_key(ByteView bytes, const PublicParameters& parameters);

}  // namespace dusk::plonk
