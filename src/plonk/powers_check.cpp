#include "plonk/powers_check.hpp"

#include <algorithm>
#include <vector>

#include "crypto/msm.hpp"
#include "crypto/pairing.hpp"

namespace dusk::plonk {
namespace {

using crypto::G1Projective;

// What is held at once: 2 MB of weights.
constexpr std::size_t kSlice = std::size_t{1} << 16;

Fq draw_weight(RandomSource& random) {
    ByteArray<16> bytes;
    random.fill(bytes);
    return Fq::from_raw({load_le<std::uint64_t>(bytes.data()), load_le<std::uint64_t>(bytes.data() + 8), 0, 0});
}

}  // namespace

bool are_powers_of_secret(std::span<const G1Affine> powers, const G2Affine& h, const G2Affine& x_h,
                          RandomSource& random, Executor& executor) {
    G1Projective lower;
    G1Projective upper;
    std::vector<Fq> weights;
    for (std::size_t at = 0; at + 1 < powers.size(); at += kSlice) {
        weights.resize(std::min(kSlice, powers.size() - 1 - at));
        for (Fq& weight : weights) weight = draw_weight(random);
        lower += crypto::msm_vartime(powers.subspan(at, weights.size()), weights, executor);
        upper += crypto::msm_vartime(powers.subspan(at + 1, weights.size()), weights, executor);
    }
    const std::array points{upper.to_affine(), -lower.to_affine()};
    const std::array keys{h, x_h};
    return crypto::pairing_product_is_one(points, keys);
}

Result<void, ProofError> check_powers(const PublicParameters& parameters, RandomSource& random, Executor& executor) {
    const OpeningKey& key = parameters.opening_key();
    if (!(parameters.powers().front() == key.g) ||
        !are_powers_of_secret(parameters.powers(), key.h, key.x_h, random, executor)) {
        return fail(ProofError::not_powers);
    }
    return {};
}

}  // namespace dusk::plonk
