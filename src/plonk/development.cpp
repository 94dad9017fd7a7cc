#include "plonk/development.hpp"

#include <stdexcept>

#include "crypto/chacha_rng.hpp"
#include "crypto/sha2.hpp"
#include "plonk/development_powers.hpp"
#include "plonk/fixed_base.hpp"

namespace dusk::plonk {

ByteArray<32> ceremony_seed_key(ByteView seed) { return crypto::sha256(seed); }

namespace {

crypto::ChaChaRng development_random() { return crypto::ChaChaRng(ceremony_seed_key(as_bytes(kDevelopmentSeed))); }

// The first draw of the only contribution.
const Fq& development_secret() {
    static const Fq secret = [] {
        crypto::ChaChaRng random = development_random();
        return draw_ceremony_secret(random).value().reveal();
    }();
    return secret;
}

}  // namespace

Result<Ceremony, CeremonyError> development_ceremony(unsigned log2_degree, Executor& executor) {
    auto ceremony = Ceremony::start(log2_degree);
    if (!ceremony) return ceremony;
    crypto::ChaChaRng random = development_random();
    const auto done =
        ceremony->contribute(std::string(kDevelopmentName), random, executor, CeremonySecret::known_to_all);
    if (!done) return fail(done.error());
    return ceremony;
}

PublicParameters development_parameters(Executor& executor) {
    const auto ceremony = development_ceremony(kDevelopmentLog2Degree, executor);
    auto parameters = ceremony->parameters();
    // The draws of a fixed seed: the tests see that they are usable.
    if (!parameters) throw std::logic_error("the development parameters are not usable");
    return std::move(*parameters);
}

std::vector<G1Affine> development_powers(std::size_t first, std::size_t count, Executor& executor) {
    std::vector<Fq> scalars(count);
    const std::array<std::uint64_t, 1> exponent{first};
    Fq power = development_secret().pow_vartime(exponent);
    for (Fq& scalar : scalars) {
        scalar = power;
        power *= development_secret();
    }
    return multiples_vartime(G1Affine::generator(), scalars, executor);
}

bool has_development_secret(const OpeningKey& opening_key) {
    return crypto::G2Projective(opening_key.h) * development_secret() == opening_key.x_h;
}

bool has_development_secret(const OpeningKey& opening_key, std::span<const G1Affine> powers) {
    return has_development_secret(opening_key) ||
           (powers.size() > 1 && crypto::G1Projective(powers[0]) * development_secret() == powers[1]);
}

}  // namespace dusk::plonk
