// Files that the build takes into the program (embedded_binary.cpp.in).
#pragma once

#include "base/bytes.hpp"

namespace dusk::app {

// The web page, packed (rpc/page_files.hpp); empty where the program was built without it.
[[nodiscard]] ByteView embedded_page();
// The bytecode of contracts/samples/counter.
[[nodiscard]] ByteView embedded_demo_counter();

}  // namespace dusk::app
