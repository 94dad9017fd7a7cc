// Secrets in memory stay out of files on the disk.
#pragma once

namespace dusk::app {

// From here on a crash leaves no core file, whatever collects them, and no other program of the user reads the memory.
void forbid_core_dumps();

}  // namespace dusk::app
