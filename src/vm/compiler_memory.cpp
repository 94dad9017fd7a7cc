#include "vm/compiler_memory.hpp"

#include <dusk_wasm.h>

namespace dusk::vm {

void give_back_compiler_memory() { dusk_wasm_give_back_memory(); }

}  // namespace dusk::vm
