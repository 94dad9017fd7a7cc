// Files that the build takes into the program (cmake/embed_binary.cmake).
#pragma once

#include "base/bytes.hpp"

#define DUSK_EMBEDDED(name)                                                                              \
    extern "C" {                                                                                         \
    extern const std::uint8_t dusk_##name##_begin[];                                                     \
    extern const std::uint8_t dusk_##name##_end[];                                                       \
    }                                                                                                    \
    inline ::dusk::ByteView embedded_##name() {                                                          \
        return {dusk_##name##_begin, static_cast<std::size_t>(dusk_##name##_end - dusk_##name##_begin)}; \
    }

namespace dusk::app {

DUSK_EMBEDDED(page)          // the web page; empty where the program was built without it
DUSK_EMBEDDED(demo_counter)  // the bytecode of contracts/samples/counter

}  // namespace dusk::app

#undef DUSK_EMBEDDED
