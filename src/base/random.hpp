// Where randomness comes from: passed in, so that every use can be replayed from a seed.
#pragma once

#include "base/bytes.hpp"

namespace dusk {

class RandomSource {
  public:
    RandomSource() = default;
    RandomSource(const RandomSource&) = delete;
    RandomSource& operator=(const RandomSource&) = delete;
    virtual ~RandomSource() = default;

    // Overwrites all of `out`. One call is one draw: generators may round a draw up to whole words.
    virtual void fill(MutableByteView out) = 0;
};

}  // namespace dusk
