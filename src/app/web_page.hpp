// The web page in this program (web/).
#pragma once

#include "rpc/page_files.hpp"

namespace dusk::app {

// Null where the program was built without it.
[[nodiscard]] const rpc::PageFiles* web_page();

}  // namespace dusk::app
