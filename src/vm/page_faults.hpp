// Access faults of contract code. Pages of contract memories are guarded; touching one raises SIGSEGV, which is served
// here on the thread that raised it. Every other fault goes on to the handler that was there before: the engine's,
// which makes traps of null table slots and accesses beyond a memory, and after it the program's.
//
// The handler is entered with nothing blocked (SA_NODEFER) on the alternative stack, so that the engine may leave it
// by a jump and the next fault is still delivered.
#pragma once

#include <vector>

#include "vm/memory.hpp"

namespace dusk::vm {

// Puts the handler in front of the present one. Call after the engine has installed its own. Idempotent, thread-safe.
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

}  // namespace dusk::vm
