// What somebody else needs to compute the quotient of a proof on a coset (plonk/quotient.hpp), beside the key of the
// circuit: the blinded columns and the challenges. It passes between instances of the module; it is not kept.
#pragma once

#include <optional>

#include "plonk/quotient.hpp"

namespace dusk::walletcore {

struct CosetWork {
    plonk::ProofColumns columns;
    plonk::Challenges challenges{};  // those that the quotient depends on; the others are zero
};

// Seven challenges of 32 bytes, then six columns: u32 LE number ‖ coefficients of 32 bytes. All in the Montgomery form.
[[nodiscard]] SecretBytes write_coset_work(const plonk::ProofColumns& columns, const plonk::Challenges& challenges);
// Columns of at most 2^17 + 10 coefficients; only the last, the public inputs, may have none. Nothing: it is not that.
[[nodiscard]] std::optional<CosetWork> read_coset_work(ByteView bytes);

// Coefficients of 32 bytes, exactly `count` of them. Nothing: other bytes.
[[nodiscard]] std::optional<plonk::SecretPolynomial> read_coefficients(ByteView bytes, std::size_t count);

}  // namespace dusk::walletcore
