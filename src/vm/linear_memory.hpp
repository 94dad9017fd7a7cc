// What the engine knows of a memory.
#pragma once

#include <dusk_wasm.h>

namespace dusk::vm {

// base: 4 GiB of address space; length: bytes that belong to the memory now; maximum: 2^32 bytes, or 2^42 for 64-bit
// addresses; needs_data: active data segments are written at the next instantiation.
using LinearMemory = dusk_wasm_memory;

}  // namespace dusk::vm
