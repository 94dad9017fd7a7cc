// How many files and connections this process may have at once.
#pragma once

#include <cstdint>

namespace dusk::app {

// Raises the limit to what the system allows. What it is then.
std::uint64_t raise_open_files();

}  // namespace dusk::app
