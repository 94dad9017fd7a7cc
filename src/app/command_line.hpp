// The command line of `dusk`: from its words to an exit status.
#pragma once

namespace dusk::app {

// Results go to the standard output, warnings and errors to the standard error; with --json everything is one JSON
// object on the standard output. The return value is an ExitCode.
[[nodiscard]] int run(int argc, const char* const* argv);

}  // namespace dusk::app
