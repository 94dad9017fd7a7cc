// Modules that are made to cost the compiler time and memory.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.hpp"

namespace dusk::compile_limits {

struct Sample {
    std::string name;
    Bytes module;
};

// Functions of straight-line code that make a module of about this many bytes.
[[nodiscard]] Sample straight_line(std::size_t bytes);
// One function with a body of exactly this many bytes.
[[nodiscard]] Sample one_function(std::size_t bytes);
[[nodiscard]] Sample tiny_functions(std::size_t count);
// One br_table with this many targets out of 100 blocks.
[[nodiscard]] Sample jump_table(std::size_t targets);
[[nodiscard]] Sample nested_blocks(std::size_t depth);
[[nodiscard]] Sample nested_loops(std::size_t depth);
// A function with this many locals, all read and written.
[[nodiscard]] Sample many_locals(std::size_t locals);
// Loops within each other whose innermost one reads and writes every local: a value of each local for each loop.
[[nodiscard]] Sample locals_in_loops(std::size_t locals, std::size_t depth);

}  // namespace dusk::compile_limits
