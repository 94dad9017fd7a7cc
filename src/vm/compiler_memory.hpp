// The memory that compiling contracts leaves behind.
#pragma once

namespace dusk::vm {

// Gives it back to the system, instead of keeping it for the next contract: about 20 MB after those of genesis. Waits
// for what is compiled now.
void give_back_compiler_memory();

}  // namespace dusk::vm
