// Access faults of contract code. Pages of contract memories are guarded; touching one raises SIGSEGV, which is served
// here on the thread that raised it. Every other fault goes on to the handler that was there before: the engine's,
// which makes traps of null table slots and accesses beyond a memory, and after it the program's.
//
// A stored page that the disk does not give (a file that was cut, a damaged disk) raises SIGBUS where it is mapped. In
// a contract memory it ends the session, elsewhere the function of `reads_mapped`.
//
// The handler is entered with nothing blocked (SA_NODEFER) on the alternative stack, so that the engine may leave it
// by a jump and the next fault is still delivered.
#pragma once

#include <type_traits>
#include <vector>

#include "vm/memory.hpp"

namespace dusk::vm {

// Puts the handler in front of the present ones of SIGSEGV and SIGBUS. Call after the engine has installed its own.
// Idempotent, thread-safe.
void install_page_fault_handler();

// While it lives, this thread serves the faults of `memories` (and of outer objects), which may grow meanwhile.
class ServedMemories {
  public:
    explicit ServedMemories(const std::vector<ContractMemory*>& memories);
    ~ServedMemories();
    ServedMemories(const ServedMemories&) = delete;
    ServedMemories& operator=(const ServedMemories&) = delete;

  private:
    friend struct FaultServer;
    const std::vector<ContractMemory*>* memories_;
    ServedMemories* outer_;
};

// Runs `read(argument)`, which reads mapped pages, on this thread. False: the disk did not give one, and `read` was
// left by a jump where it stood. So it must not throw, and hold nothing that has to be given back.
[[nodiscard]] bool reads_mapped(void (*read)(void*), void* argument);

template <class Read>
[[nodiscard]] bool reads_mapped(Read&& read) {
    using Function = std::remove_reference_t<Read>;
    return reads_mapped([](void* argument) { (*static_cast<Function*>(argument))(); }, &read);
}

}  // namespace dusk::vm
