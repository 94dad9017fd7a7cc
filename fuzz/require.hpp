// What every target says of the code that it runs.
#pragma once

#include <cstdlib>

namespace dusk::fuzz {

inline void require(bool condition) {
    if (!condition) std::abort();
}

}  // namespace dusk::fuzz
