#include "plonk/proof_error.hpp"

namespace dusk::plonk {

std::string_view to_string(ProofError error) {
    switch (error) {
        case ProofError::short_input:
            return "The bytes end before the last field does.";
        case ProofError::trailing_bytes:
            return "There are bytes after the last field.";
        case ProofError::bad_header:
            return "The lengths in the header contradict each other.";
        case ProofError::bad_point:
            return "A commitment is not the encoding of a point of the group.";
        case ProofError::bad_scalar:
            return "A field element is not below the modulus.";
        case ProofError::bad_padding:
            return "Bytes that are no longer in use are not zero.";
        case ProofError::bad_domain:
            return "The circuit has more rows than any domain.";
        case ProofError::bad_size:
            return "The numbers of rows and the size of the domain do not fit together.";
        case ProofError::bad_rows:
            return "The rows of public inputs are not ascending rows of the circuit.";
        case ProofError::bad_opening_key:
            return "The opening key holds the identity.";
        case ProofError::root_of_unity_secret:
            return "The secret of the parameters is a root of unity.";
        case ProofError::not_powers:
            return "The points are not the powers of one secret.";
        case ProofError::bad_polynomial:
            return "A polynomial of the key is too long or has a leading zero.";
        case ProofError::damaged:
            return "The stored key is damaged: its digest does not match.";
        case ProofError::bad_evaluations:
            return "Stored evaluations are not those of their polynomial.";
        case ProofError::empty:
            return "The circuit has no row, or the parameters no point.";
        case ProofError::parameters_too_small:
            return "The circuit needs parameters of a higher degree.";
        case ProofError::wrong_public_inputs:
            return "The number of public inputs is not that of the circuit.";
        case ProofError::degenerate_challenge:
            return "The proof's challenge lies where the equation has no value.";
        case ProofError::not_accepted:
            return "The proof does not prove the statement.";
        case ProofError::wrong_circuit:
            return "The key was made for another circuit or from other parameters.";
        case ProofError::unsatisfied:
            return "The values do not satisfy the circuit.";
    }
    return "Unknown.";
}

}  // namespace dusk::plonk
