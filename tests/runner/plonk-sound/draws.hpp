// The inputs that the oracle draws from its seeded generator.
#pragma once

#include "crypto/chacha_rng.hpp"
#include "crypto/jubjub_multiply.hpp"

namespace dusk::vectors {

class Draws {
  public:
    explicit Draws(std::uint64_t seed) : random_(seed) {}
    [[nodiscard]] crypto::Fq field() { return crypto::Fq::random(random_); }
    [[nodiscard]] crypto::Fr scalar() { return crypto::Fr::random(random_); }
    [[nodiscard]] crypto::JubJubExtended point() { return crypto::multiply_generator(scalar()); }
    [[nodiscard]] RandomSource& source() { return random_; }

  private:
    crypto::ChaChaRng random_;
};

}  // namespace dusk::vectors
