// Asks a person before something happens that cannot be taken back.
#pragma once

#include "app/outcome.hpp"

namespace dusk::app {

// Shows the text at the terminal and waits for "yes" or "y". `already` (--yes) answers for the person. Errors:
// declined; no_terminal (nobody can be asked, and --yes was not given).
[[nodiscard]] Result<void, Failure> confirm(const std::string& text, bool already);

}  // namespace dusk::app
