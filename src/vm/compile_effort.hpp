// What compiling a module can cost, from one walk over its code: the things that make the compiler need more than time
// linear in the size (docs/design/vm-limits.md). It says where a module is compiled, never whether it is valid.
#pragma once

#include <optional>

#include "base/bytes.hpp"

namespace dusk::vm {

// Sums over all functions.
struct CompileEffort {
    std::uint64_t functions = 0;
    std::uint64_t locals = 0;          // parameters and locals that are declared
    std::uint64_t branch_targets = 0;  // of `br_table`
    std::uint64_t loop_depths = 0;     // for each loop, how many loops it is in, itself included
    std::uint64_t loop_locals = 0;     // for each loop, the locals that are written in it
    std::uint64_t live_values = 0;     // for each begin and end of a block and each branch, locals and operands there
    std::uint64_t carried_values = 0;  // parameters and results of calls, blocks and branches

    // Such a module is compiled in seconds, also when it was made to take long.
    [[nodiscard]] bool is_ordinary() const;
};

// Nothing: the code cannot be read, so that nothing is known of it. Time is linear in the number of bytes, but for a
// logarithm of the nesting; memory as well.
[[nodiscard]] std::optional<CompileEffort> compile_effort(ByteView bytecode);

}  // namespace dusk::vm
