// What the engine knows of a memory. Shared with the Rust side of the engine: dusk_wasm.h has the same layout.
#pragma once

#include <cstdint>

namespace dusk::vm {

struct LinearMemory {
    std::uint8_t* base = nullptr;  // 4 GiB of address space
    std::uint64_t length = 0;      // bytes that belong to the memory now
    std::uint64_t maximum = 0;     // bytes: 2^32, or 2^42 for 64-bit addresses
    bool needs_data = false;       // active data segments are written at the next instantiation
};

}  // namespace dusk::vm
