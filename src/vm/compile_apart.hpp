// Compiling in a process of its own, which can be stopped: the compiler cannot, and a module can be made to cost it
// hours and all memory (docs/design/vm-limits.md).
#pragma once

#include <chrono>
#include <filesystem>

#include "vm/engine.hpp"

namespace dusk::vm {

struct CompileLimits {
    std::chrono::seconds cpu_time{120};
    std::uint64_t memory_bytes = std::uint64_t{4} << 30;  // address space
    // The program `dusk-compile`. Empty: the one beside this program.
    std::filesystem::path program{};
};

// Why there is no module.
struct CompileFailure {
    enum class Kind : std::uint8_t {
        invalid,  // no valid module
        limit,    // it took more than it may: nothing is known of the module
        system,   // no such program, no memory, no process: the same
    };
    Kind kind;
    std::string text;  // for people
};

// Compiles bytecode in a process that ends when it exceeds the limits or when this one does. Blocks. Thread-safe.
[[nodiscard]] Result<Module, CompileFailure> compile_apart(const Engine& engine, ByteView bytecode,
                                                           const CompileLimits& limits);

// How the program ends: `dusk-compile SECONDS BYTES` reads bytecode from its standard input and writes the module, or
// what is wrong, to its standard output.
inline constexpr int kCompiled = 0;
inline constexpr int kInvalid = 1;
inline constexpr int kNotCompiled = 2;

}  // namespace dusk::vm
