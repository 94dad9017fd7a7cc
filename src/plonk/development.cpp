#include "plonk/development.hpp"

#include <stdexcept>

#include "crypto/chacha_rng.hpp"
#include "crypto/sha2.hpp"

namespace dusk::plonk {

ByteArray<32> ceremony_seed_key(ByteView seed) { return crypto::sha256(seed); }

Result<Ceremony, CeremonyError> development_ceremony(unsigned log2_degree, Executor& executor) {
    auto ceremony = Ceremony::start(log2_degree);
    if (!ceremony) return ceremony;
    crypto::ChaChaRng random(ceremony_seed_key(as_bytes(kDevelopmentSeed)));
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

}  // namespace dusk::plonk
