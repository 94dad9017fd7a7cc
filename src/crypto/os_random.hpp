// Randomness of the operating system, for keys, salts and nonces.
#pragma once

#include "base/random.hpp"

namespace dusk::crypto {

// Never short and never an error: the kernel's generator is waited for at start. Safe to share between threads.
class OsRandom final : public RandomSource {
  public:
    void fill(MutableByteView out) override;
};

}  // namespace dusk::crypto
