// Thrown where a run shows what must not happen.
#pragma once

#include <stdexcept>

namespace dusk::sim {

class Violation : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

}  // namespace dusk::sim
