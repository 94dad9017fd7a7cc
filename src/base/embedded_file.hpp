// Files that become part of the program when it is built.
#pragma once

#include <cstdint>

// In a source file, outside of namespaces: the content of the file at `path` (a text) is `name`, of `name_size` bytes.
// Names are those of the whole program. The build has to know that the source depends on the file.
// clang-format off
#define DUSK_EMBEDDED_FILE(name, path)                \
    asm(".pushsection .rodata, \"a\"\n"               \
        ".hidden " #name "\n.hidden " #name "_size\n" \
        ".globl " #name "\n.globl " #name "_size\n"   \
        ".balign 16\n" #name ":\n"                    \
        ".incbin \"" path "\"\n"                      \
        #name "_end:\n"                               \
        ".balign 8\n" #name "_size:\n"                \
        ".quad " #name "_end - " #name "\n"           \
        ".popsection\n");                             \
    extern "C" const std::uint8_t name[];             \
    extern "C" const std::uint64_t name##_size
// clang-format on
