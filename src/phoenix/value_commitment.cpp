#include "phoenix/value_commitment.hpp"

#include "base/secret.hpp"
#include "crypto/jubjub_multiply.hpp"

namespace dusk::phoenix {

using crypto::Fr;
using crypto::JubJubAffine;

JubJubAffine value_commitment(std::uint64_t value, const Fr& blinder) {
    const Secret<Fr> scalar(Fr::from_u64(value));
    return (crypto::multiply_generator(scalar.reveal()) + crypto::multiply_generator_nums(blinder)).to_affine();
}

JubJubAffine transparent_value_commitment(std::uint64_t value) {
    return crypto::generator_multiples().multiply_vartime(Fr::from_u64(value)).to_affine();
}

}  // namespace dusk::phoenix
