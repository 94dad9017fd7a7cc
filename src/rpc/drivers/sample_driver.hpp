// For tests: a driver as the official tools make them, which their build file names.
#pragma once

#include <fstream>
#include <iterator>

#include "base/bytes.hpp"

namespace dusk::rpc {

inline Bytes sample_driver() {
    std::ifstream file(DUSK_TEST_DRIVER, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace dusk::rpc
