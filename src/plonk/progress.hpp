// How far long work is.
#pragma once

#include <cstddef>
#include <functional>

namespace dusk::plonk {

// Called now and then by the thread that waits, with what is done of how much.
using Progress = std::function<void(std::size_t done, std::size_t total)>;

}  // namespace dusk::plonk
