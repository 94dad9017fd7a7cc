// A native stack for contract calls. The engine gives each contract 512 KiB from the place where it is entered first,
// and calls nest 48 deep, so that a chain of contracts can use 24 MiB and more: far beyond what threads have.
#pragma once

#include <cstddef>
#include <type_traits>

namespace dusk::vm {

// 48 contracts of 512 KiB, and as much again for what the host does between them. Only what is used takes memory.
inline constexpr std::size_t kExecutionStackBytes = std::size_t{64} << 20;

// Runs `run(argument)` on the execution stack of this thread, which is made at the first use, and returns after it.
// On that stack already, it is an ordinary call. `run` must not throw. False: there is no memory for a stack; nothing
// ran.
bool run_on_execution_stack(void (*run)(void*), void* argument);

template <class Body>
bool run_on_execution_stack(Body&& body) {
    using Function = std::remove_reference_t<Body>;
    return run_on_execution_stack([](void* argument) { (*static_cast<Function*>(argument))(); }, &body);
}

}  // namespace dusk::vm
